import { expect, test } from "vitest";
import { emptyDraft, jobFromJson, newStage, toNewJob, withTemplate } from "./job-draft";

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

test("a template fills the plan, keeps what the job is for, and can be sent as it is", () => {
  const draft = { ...emptyDraft("en"), title: "Nurse" };
  const filled = withTemplate(draft, {
    id: "standard",
    language: "ko",
    name: "표준 면접",
    description: "",
    competencies: [{ id: "skill", name: "직무 역량", definition: "쓴다.", weight: 100, anchors: [{ level: 1, text: "말한다." }] }],
    stages: [
      { id: "skill", title: "직무 역량", competency_id: "skill", questions: ["무엇을 하셨나요?"], follow_up_depth: 1, time_budget_seconds: 240, closing: false },
    ],
  });
  expect(filled.title).toBe("Nurse");
  const job = toNewJob(filled);
  expect(job.language).toBe("ko");
  expect(job.competencies?.[0]).toMatchObject({ id: "skill", weight: 100 });
  expect(job.stages?.[0]).toMatchObject({ id: "skill", competency_id: "skill", time_budget_seconds: 240, follow_up_depth: 1 });
});

test("an empty weight is none", () => {
  expect(toNewJob(emptyDraft("en")).competencies?.[0]?.weight).toBeNull();
});
