import type { NewJob } from "@interview/api-client";
import type { Translate } from "@interview/design";
import type { Key } from "../../shared/i18n";

const LABELS: Record<string, Key> = {
  company_id: "jobs.company",
  company_name: "jobs.company",
  title: "jobs.title",
  family: "jobs.family",
  language: "language",
  description: "jobs.description",
  ideal: "jobs.ideal",
  competencies: "jobs.competencies",
  stages: "jobs.stages",
};

const LISTS = { competencies: "jobs.competencyName", stages: "jobs.stageTitle" } as const;

/** The server's name of a place in the job, as the form labels it: "stages.stage-2" is the second stage, by its title. */
export function faultPlace(t: Translate<Key>, where: string, job: NewJob | undefined): string {
  const [field = "", id] = where.replace(/^body\./, "").split(".");
  const label = LABELS[field];
  if (!label) return where;
  if (id === undefined || !(field === "competencies" || field === "stages")) return t(label);
  const entries: { id: string; name: string }[] =
    field === "stages"
      ? (job?.stages ?? []).map((stage) => ({ id: stage.id, name: stage.title }))
      : (job?.competencies ?? []).map((competency) => ({ id: competency.id, name: competency.name }));
  const place = entries.findIndex((entry, index) => entry.id === id || String(index) === id);
  const name = entries[place]?.name ?? "";
  return `${t(LISTS[field])} ${place < 0 ? id : String(place + 1)}${name === "" ? "" : ` (${name})`}`;
}
