import type { JobTemplate, NewJob } from "@interview/api-client";

/** The form's own shape: text as typed, one question to a line. */
export interface CompetencyDraft {
  key: string;
  name: string;
  definition: string;
  /** Percent of the score, as typed; "" where all competencies weigh alike. */
  weight: string;
  /** Anchor texts, level 1 first. */
  anchors: string[];
}

export interface StageDraft {
  key: string;
  title: string;
  /** Key of a competency, "" for a stage that rates nothing. */
  competency: string;
  questions: string;
  followUps: number;
  minutes: number;
  closing: boolean;
}

export interface JobDraft {
  company: string;
  title: string;
  family: string;
  language: "en" | "ko";
  ideal: string;
  description: string;
  competencies: CompetencyDraft[];
  stages: StageDraft[];
}

/** Under which names what is typed is kept: in the form, and as JSON. */
export const FORM_DRAFT = "new-job";
export const JSON_DRAFT = "new-job-json";

export const ANCHORS_MIN = 2;
export const ANCHORS_MAX = 7;
const ANCHORS_FIRST = 4;

/** A key not yet taken: "competency-1", "competency-2", … */
function freeKey(stem: string, taken: readonly { key: string }[]): string {
  let number = taken.length + 1;
  while (taken.some(({ key }) => key === `${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

export function newCompetency(existing: readonly CompetencyDraft[]): CompetencyDraft {
  return { key: freeKey("competency", existing), name: "", definition: "", weight: "", anchors: Array<string>(ANCHORS_FIRST).fill("") };
}

export function newStage(existing: readonly StageDraft[]): StageDraft {
  const key = freeKey("stage", existing);
  return { key, title: "", competency: "", questions: "", followUps: 2, minutes: 5, closing: false };
}

export function emptyDraft(language: "en" | "ko"): JobDraft {
  const competencies = [newCompetency([])];
  const stages = [newStage([])];
  return { company: "", title: "", family: "", language, ideal: "", description: "", competencies, stages };
}

/** `draft` with the plan of `template` in place of its own; what the job is for stays. */
export function withTemplate(draft: JobDraft, template: JobTemplate): JobDraft {
  return {
    ...draft,
    language: template.language,
    competencies: template.competencies.map((competency) => ({
      key: competency.id,
      name: competency.name,
      definition: competency.definition,
      weight: competency.weight === null || competency.weight === undefined ? "" : String(competency.weight),
      anchors: (competency.anchors ?? []).map(({ text }) => text),
    })),
    stages: template.stages.map((stage) => ({
      key: stage.id,
      title: stage.title,
      competency: stage.competency_id ?? "",
      questions: (stage.questions ?? []).join("\n"),
      followUps: stage.follow_up_depth,
      minutes: stage.time_budget_seconds / 60,
      closing: stage.closing,
    })),
  };
}

/** All that a template would take the place of, to compare. */
export const planText = ({ competencies, stages }: JobDraft) => JSON.stringify([competencies, stages]);

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export function toNewJob(draft: JobDraft): NewJob {
  return {
    company_name: draft.company.trim(),
    corpus_questions: [],
    title: draft.title.trim(),
    family: draft.family.trim(),
    language: draft.language,
    ideal: draft.ideal.trim(),
    description: draft.description.trim(),
    competencies: draft.competencies.map(({ key, name, definition, anchors, weight }) => ({
      id: key,
      name: name.trim(),
      definition: definition.trim(),
      weight: weight.trim() === "" ? null : Number(weight),
      anchors: anchors.map((text, index) => ({ level: index + 1, text: text.trim() })),
    })),
    stages: draft.stages.map((stage) => ({
      id: stage.key,
      title: stage.title.trim(),
      competency_id: stage.competency === "" ? null : stage.competency,
      questions: lines(stage.questions),
      follow_up_depth: stage.followUps,
      time_budget_seconds: Math.round(stage.minutes * 60),
      closing: stage.closing,
    })),
  };
}

/** The job in `text`, unchecked beyond being a JSON object: the server names every fault. Null when it is none. */
export function jobFromJson(text: string): NewJob | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as NewJob) : null;
  } catch {
    return null;
  }
}
