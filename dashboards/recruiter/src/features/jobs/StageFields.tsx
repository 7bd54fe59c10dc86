import { useI18n } from "../../shared/i18n";
import type { CompetencyDraft, StageDraft } from "./job-draft";
import styles from "./Jobs.module.css";
import { TextField } from "./TextField";

interface Props {
  stage: StageDraft;
  competencies: CompetencyDraft[];
  onChange: (stage: StageDraft) => void;
  onRemove: () => void;
}

const FOLLOW_UPS = [0, 1, 2, 3];

export function StageFields({ stage, competencies, onChange, onRemove }: Props) {
  const { t } = useI18n();
  const { key } = stage;
  const change = (part: Partial<StageDraft>) => onChange({ ...stage, ...part });
  return (
    <div className={`stack ${styles.part ?? ""}`}>
      <div className={styles.fields}>
        <TextField id={`${key}-title`} label={t("jobs.stageTitle")} required value={stage.title} onChange={(title) => change({ title })} />
        <div className="field">
          <label htmlFor={`${key}-competency`}>{t("jobs.stageCompetency")}</label>
          <select
            id={`${key}-competency`}
            className="input"
            value={stage.competency}
            onChange={(event) => change({ competency: event.target.value })}
          >
            <option value="">{t("jobs.noCompetency")}</option>
            {competencies.map((competency) => (
              <option key={competency.key} value={competency.key}>
                {competency.name || competency.key}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${key}-follow-ups`}>{t("jobs.followUps")}</label>
          <select
            id={`${key}-follow-ups`}
            className="input"
            value={stage.followUps}
            onChange={(event) => change({ followUps: Number(event.target.value) })}
          >
            {FOLLOW_UPS.map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${key}-minutes`}>{t("jobs.minutes")}</label>
          <input
            id={`${key}-minutes`}
            className="input"
            type="number"
            min={0.5}
            max={60}
            step={0.5}
            value={stage.minutes}
            onChange={(event) => change({ minutes: event.target.valueAsNumber || 0 })}
          />
        </div>
      </div>
      <TextField
        id={`${key}-questions`}
        label={t("jobs.questions")}
        rows={3}
        required
        value={stage.questions}
        onChange={(questions) => change({ questions })}
      />
      <div className="row between">
        <label className={styles.check}>
          <input type="checkbox" checked={stage.closing} onChange={(event) => change({ closing: event.target.checked })} />
          {t("jobs.closing")}
        </label>
        <button type="button" className="button small danger" onClick={onRemove}>
          {t("jobs.removeStage")}
        </button>
      </div>
    </div>
  );
}
