import { expect, test } from "vitest";
import { emptyDraft, jobFromJson, newStage, toNewJob } from "./job-draft";

test("a draft becomes levels without gaps, one question to a line, and seconds", () => {
  const draft = emptyDraft("ko");
  const [stage] = draft.stages;
  if (!stage) throw new Error("a draft starts with a stage");
  draft.stages = [{ ...stage, questions: " 첫 질문?\n\n 둘째 질문? ", minutes: 1.5, competency: "competency-1" }];
  const job = toNewJob(draft);
  expect(job.competencies?.[0]?.anchors?.map(({ level }) => level)).toEqual([1, 2, 3, 4]);
  expect(job.stages?.[0]).toMatchObject({
    questions: ["첫 질문?", "둘째 질문?"],
    time_budget_seconds: 90,
    competency_id: "competency-1",
  });
});

test("keys stay unique after a removal", () => {
  const [first, second] = [newStage([]), newStage([newStage([])])];
  expect(newStage([second]).key).not.toBe(second.key);
  expect(first.key).not.toBe(second.key);
});

test.each(["", "[]", "null", "{"])("%j is no job", (text) => {
  expect(jobFromJson(text)).toBeNull();
});
