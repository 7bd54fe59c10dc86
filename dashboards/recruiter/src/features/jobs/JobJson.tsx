import type { NewJob } from "@interview/api-client";
import { useState } from "react";
import type { SubmitEvent } from "react";
import { drafts } from "../../shared/drafts";
import { useI18n } from "../../shared/i18n";
import { useKeptDraft } from "../../shared/use-kept-draft";
import { emptyDraft, FORM_DRAFT, JSON_DRAFT, jobFromJson, toNewJob } from "./job-draft";
import type { JobDraft } from "./job-draft";
import styles from "./Jobs.module.css";

/** What the form holds: every field there is, with its name. */
const ofForm = (language: "en" | "ko") => toNewJob((drafts.load(FORM_DRAFT) as JobDraft | null) ?? emptyDraft(language));

interface Props {
  busy: boolean;
  onSubmit: (job: NewJob) => void;
}

export function JobJson({ busy, onSubmit }: Props) {
  const { t, language } = useI18n();
  const [text, setText] = useKeptDraft(JSON_DRAFT, () => JSON.stringify(ofForm(language), null, 2));
  const [wrong, setWrong] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const job = jobFromJson(text);
    setWrong(job === null);
    if (job && !busy) onSubmit(job);
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor="job-json">{t("jobs.json")}</label>
        <textarea
          id="job-json"
          className={`input ${styles.json ?? ""}`}
          rows={18}
          spellCheck={false}
          aria-invalid={wrong}
          value={text}
          onChange={(event) => {
            const typed = event.target.value;
            setText(() => typed);
          }}
        />
      </div>
      <div role="alert">{wrong && <p className="message bad">{t("jobs.jsonWrong")}</p>}</div>
      <div>
        <button type="submit" className="button primary" aria-disabled={busy}>
          {t("jobs.save")}
        </button>
      </div>
    </form>
  );
}
