import { ApiError } from "@interview/api-client";
import type { NewJob } from "@interview/api-client";
import type { Translate } from "@interview/design";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api } from "../../shared/api";
import { drafts } from "../../shared/drafts";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import type { Key } from "../../shared/i18n";
import { en } from "../../shared/i18n/en";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { faultPlace } from "./fault-place";
import { FORM_DRAFT, JSON_DRAFT } from "./job-draft";
import { JobForm } from "./JobForm";
import { JobJson } from "./JobJson";

export function NewJobPage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [pasting, setPasting] = useState(false);
  const creation = useMutation({
    mutationFn: (job: NewJob) => api.createJob(job),
    onSuccess: async (job) => {
      drafts.drop(FORM_DRAFT);
      drafts.drop(JSON_DRAFT);
      await client.invalidateQueries({ queryKey: queries.jobs.queryKey });
      await navigate(`/jobs/${job.id}`);
    },
  });
  const turn = () => {
    setPasting(!pasting);
    creation.reset();
  };
  const Input = pasting ? JobJson : JobForm;
  return (
    <Page
      title={t("jobs.new")}
      actions={
        <button type="button" className="button small" aria-pressed={pasting} onClick={turn}>
          {t(pasting ? "jobs.useForm" : "jobs.useJson")}
        </button>
      }
    >
      <Input busy={creation.isPending} onSubmit={(job) => creation.mutate(job)} onReplaced={() => creation.reset()} />
      <div role="alert">{creation.isError && <Refusal error={creation.error} job={creation.variables} />}</div>
    </Page>
  );
}

const said = (value: unknown) => (typeof value === "string" ? value : "");

/** One fault the server found, in the reader's language: where it is, and what; an unknown one in the server's words. */
function faultText(t: Translate<Key>, detail: Record<string, unknown>, job: NewJob | undefined): string {
  const known = `fault.${said(detail.fault)}`;
  const text = known in en ? t(known as Key) : said(detail.message);
  return [faultPlace(t, said(detail.where), job), text].filter(Boolean).join(": ");
}

/** The refusal with every fault the server found. */
function Refusal({ error, job }: { error: Error; job: NewJob | undefined }) {
  const { t } = useI18n();
  const details = error instanceof ApiError ? error.details : [];
  return (
    <div className="message bad stack tight">
      <p>{errorText(t, error)}</p>
      <ul>
        {details.map((detail, index) => (
          <li key={index} className="small">
            {faultText(t, detail, job)}
          </li>
        ))}
      </ul>
    </div>
  );
}
