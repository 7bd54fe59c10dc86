import type { Interview } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import styles from "./EngineFacts.module.css";

/** Which models and versions this interview rests on, folded away. */
export function EngineFacts({ interview }: { interview: Interview }) {
  const { t } = useI18n();
  const prompts = [...new Set(interview.competencies.flatMap(({ rating }) => (rating ? [rating.prompt_version] : [])))];
  return (
    <details className={`card ${styles.facts}`}>
      <summary>{t("facts.title")}</summary>
      <dl>
        {interview.engines.map((engine) => (
          <div key={engine.role}>
            <dt>{knownText(t, "role", engine.role)}</dt>
            <dd>
              {engine.name} ({engine.profile}) {engine.digest && <code title={engine.digest}>{engine.digest.slice(0, 12)}</code>}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("facts.prompts")}</dt>
          <dd>{prompts.length === 0 ? "–" : prompts.join(", ")}</dd>
        </div>
        <div>
          <dt>{t("facts.rubric")}</dt>
          <dd>{interview.kit.rubric_version}</dd>
        </div>
        <div>
          <dt>{t("facts.node")}</dt>
          <dd>{interview.node_id}</dd>
        </div>
        <div>
          <dt>{t("facts.events")}</dt>
          <dd>{interview.events}</dd>
        </div>
      </dl>
    </details>
  );
}
