import type { JobTemplate, NewJob } from "@interview/api-client";
import { useState } from "react";
import type { SubmitEvent } from "react";
import { AskTwice } from "../../shared/AskTwice";
import { useI18n } from "../../shared/i18n";
import { useKeptDraft } from "../../shared/use-kept-draft";
import { CompetencyFields } from "./CompetencyFields";
import { emptyDraft, FORM_DRAFT, newCompetency, newStage, planText, toNewJob, withTemplate } from "./job-draft";
import type { JobDraft } from "./job-draft";
import styles from "./Jobs.module.css";
import { StageFields } from "./StageFields";
import { TemplatePicker } from "./TemplatePicker";
import { TextField } from "./TextField";

interface Props {
  busy: boolean;
  onSubmit: (job: NewJob) => void;
  /** What was refused stands there no more. */
  onReplaced: () => void;
}

export function JobForm({ busy, onSubmit, onReplaced }: Props) {
  const { t, language } = useI18n();
  const [draft, setDraft, forget, kept] = useKeptDraft(FORM_DRAFT, () => emptyDraft(language));
  const [untouched, setUntouched] = useState(() => planText(emptyDraft(language)));
  const [cleared, setCleared] = useState(0);
  const change = (part: Partial<JobDraft>) => setDraft((now) => ({ ...now, ...part }));
  const { competencies, stages } = draft;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy) onSubmit(toNewJob(draft));
  };
  const fill = (template: JobTemplate) => {
    setUntouched(planText(withTemplate(draft, template)));
    setDraft((now) => withTemplate(now, template));
    onReplaced();
  };
  const clear = () => {
    forget();
    setUntouched(planText(emptyDraft(language)));
    setCleared((times) => times + 1);
    onReplaced();
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      {kept && <p className="quiet small">{t("jobs.kept")}</p>}
      <TemplatePicker key={`template-${cleared}`} typed={planText(draft) !== untouched} onChoose={fill} />
      <div className="card stack">
        <div className={styles.fields}>
          <TextField id="title" label={t("jobs.title")} required value={draft.title} onChange={(title) => change({ title })} />
          <TextField id="company" label={t("jobs.company")} required value={draft.company} onChange={(company) => change({ company })} />
          <TextField
            id="family"
            label={t("jobs.family")}
            hint={t("jobs.familyHint")}
            required
            value={draft.family}
            onChange={(family) => change({ family })}
          />
          <div className="field">
            <label htmlFor="job-language">{t("language")}</label>
            <select
              id="job-language"
              className="input"
              value={draft.language}
              onChange={(event) => change({ language: event.target.value === "ko" ? "ko" : "en" })}
            >
              <option value="en">{t("language.en")}</option>
              <option value="ko">{t("language.ko")}</option>
            </select>
          </div>
        </div>
        <TextField id="description" label={t("jobs.description")} rows={4} value={draft.description} onChange={(description) => change({ description })} />
        <TextField id="ideal" label={t("jobs.ideal")} hint={t("jobs.idealHint")} rows={3} value={draft.ideal} onChange={(ideal) => change({ ideal })} />
      </div>
      <section className="card stack" aria-labelledby="draft-competencies">
        <h2 id="draft-competencies">{t("jobs.competencies")}</h2>
        {competencies.map((competency) => (
          <CompetencyFields
            key={competency.key}
            competency={competency}
            onChange={(next) => change({ competencies: competencies.map((each) => (each.key === next.key ? next : each)) })}
            onRemove={() => change({ competencies: competencies.filter(({ key }) => key !== competency.key) })}
          />
        ))}
        <div>
          <button type="button" className="button small" onClick={() => change({ competencies: [...competencies, newCompetency(competencies)] })}>
            {t("jobs.addCompetency")}
          </button>
        </div>
      </section>
      <section className="card stack" aria-labelledby="draft-stages">
        <h2 id="draft-stages">{t("jobs.stages")}</h2>
        {stages.map((stage) => (
          <StageFields
            key={stage.key}
            stage={stage}
            competencies={competencies}
            onChange={(next) => change({ stages: stages.map((each) => (each.key === next.key ? next : each)) })}
            onRemove={() => change({ stages: stages.filter(({ key }) => key !== stage.key) })}
          />
        ))}
        <div>
          <button type="button" className="button small" onClick={() => change({ stages: [...stages, newStage(stages)] })}>
            {t("jobs.addStage")}
          </button>
        </div>
      </section>
      <div>
        <button type="submit" className="button primary" aria-disabled={busy}>
          {t("jobs.save")}
        </button>
      </div>
      <AskTwice
        key={`clear-${cleared}`}
        label={t("jobs.clear")}
        question={t("jobs.clearAsk")}
        yes={t("jobs.clearYes")}
        danger
        action={{ isPending: false, error: null, mutate: clear }}
      />
    </form>
  );
}
