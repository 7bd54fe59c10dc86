import type { Question } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import styles from "./Sources.module.css";
import { TechnicalDetails } from "./TechnicalDetails";

/** What a question rests on, folded away. */
export function Sources({ sources }: { sources: Question["sources"] }) {
  const { t } = useI18n();
  if (sources.length === 0) return null;
  const references = sources.map(({ kind, reference }) => [knownText(t, "source", kind), reference] as const);
  return (
    <details className={styles.sources}>
      <summary>{t("transcript.sources", { count: sources.length })}</summary>
      <ul className="stack tight">
        {sources.map((source, index) => (
          <li key={index}>
            <span className="badge">{knownText(t, "source", source.kind)}</span>
            <blockquote>{source.text}</blockquote>
          </li>
        ))}
      </ul>
      <TechnicalDetails facts={references} />
    </details>
  );
}
