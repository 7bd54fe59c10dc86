import { useI18n } from "../../shared/i18n";
import { ANCHORS_MAX, ANCHORS_MIN } from "./job-draft";
import type { CompetencyDraft } from "./job-draft";
import styles from "./Jobs.module.css";
import { TextField } from "./TextField";

interface Props {
  competency: CompetencyDraft;
  onChange: (competency: CompetencyDraft) => void;
  onRemove: () => void;
}

export function CompetencyFields({ competency, onChange, onRemove }: Props) {
  const { t } = useI18n();
  const { anchors, key } = competency;
  const change = (part: Partial<CompetencyDraft>) => onChange({ ...competency, ...part });
  return (
    <div className={`stack ${styles.part ?? ""}`}>
      <TextField id={`${key}-name`} label={t("jobs.competencyName")} required value={competency.name} onChange={(name) => change({ name })} />
      <TextField
        id={`${key}-definition`}
        label={t("jobs.definition")}
        required
        value={competency.definition}
        onChange={(definition) => change({ definition })}
      />
      <div className="field">
        <label htmlFor={`${key}-weight`}>{t("jobs.weight")}</label>
        <input
          id={`${key}-weight`}
          className="input"
          type="number"
          min="0.01"
          max="100"
          step="any"
          value={competency.weight}
          onChange={(event) => change({ weight: event.target.value })}
        />
        <p className="hint">{t("jobs.weightHint")}</p>
      </div>
      <fieldset className="stack tight">
        <legend>{t("jobs.anchors")}</legend>
        {anchors.map((text, index) => (
          <div key={index} className={styles.anchorRow}>
            <label htmlFor={`${key}-anchor-${index}`}>{index + 1}</label>
            <input
              id={`${key}-anchor-${index}`}
              className="input"
              required
              value={text}
              onChange={(event) => change({ anchors: anchors.with(index, event.target.value) })}
            />
          </div>
        ))}
      </fieldset>
      <div className="row">
        <button type="button" className="button small" disabled={anchors.length >= ANCHORS_MAX} onClick={() => change({ anchors: [...anchors, ""] })}>
          {t("jobs.addLevel")}
        </button>
        <button
          type="button"
          className="button small"
          disabled={anchors.length <= ANCHORS_MIN}
          onClick={() => change({ anchors: anchors.slice(0, -1) })}
        >
          {t("jobs.removeLevel")}
        </button>
        <button type="button" className="button small danger" onClick={onRemove}>
          {t("jobs.removeCompetency")}
        </button>
      </div>
    </div>
  );
}
