import type { Question } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import styles from "./Sources.module.css";

/** What a question rests on, folded away. */
export function Sources({ sources }: { sources: Question["sources"] }) {
  const { t } = useI18n();
  if (sources.length === 0) return null;
  return (
    <details className={styles.sources}>
      <summary>{t("transcript.sources", { count: sources.length })}</summary>
      <ul className="stack tight">
        {sources.map((source, index) => (
          <li key={index}>
            <span className="badge">{knownText(t, "source", source.kind)}</span>
            {source.kind !== "turn" && <span className="quiet small"> {source.reference}</span>}
            <blockquote>{source.text}</blockquote>
          </li>
        ))}
      </ul>
    </details>
  );
}
