import { expect, test } from "vitest";
import { en } from "../../shared/i18n/en";
import type { Key } from "../../shared/i18n";
import { faultPlace } from "./fault-place";
import { emptyDraft, newStage, toNewJob } from "./job-draft";

const t = (key: Key) => en[key];
const draft = emptyDraft("en");
const job = toNewJob({ ...draft, stages: [...draft.stages, { ...newStage(draft.stages), title: "Closing" }] });

test.each([
  ["title", "Job title"],
  ["body.family", "Job family"],
  ["competencies", "Competencies"],
  ["competencies.competency-1", "Competency 1"],
  ["stages.stage-2", "Stage 2 (Closing)"],
  ["body.stages.0.questions", "Stage 1"],
  ["stages.gone", "Stage gone"],
  ["corpus_questions.0", "corpus_questions.0"],
])("%s is where the form says %s", (where, place) => {
  expect(faultPlace(t, where, job)).toBe(place);
});
