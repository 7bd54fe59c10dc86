import type { ResumeFact } from "@interview/api-client";
import { useState } from "react";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import styles from "./ResumeFacts.module.css";

const KINDS = ["person", "employment", "education", "skill", "certificate", "language"] as const;

/** What the resume states, by kind; a fact chosen shows the line of the resume it was found in. */
export function ResumeFacts({ facts }: { facts: readonly ResumeFact[] }) {
  const { t } = useI18n();
  const [shown, setShown] = useState<ResumeFact | null>(null);
  return (
    <section className="card stack" aria-labelledby="facts">
      <h2 id="facts">{t("candidates.facts")}</h2>
      <p className="quiet small">{t("candidates.factsAbout")}</p>
      <dl className={styles.kinds}>
        {KINDS.map((kind) => {
          const entries = byEntry(facts.filter((fact) => fact.kind === kind));
          return (
            entries.length > 0 && (
              <div key={kind}>
                <dt>{knownText(t, "fact", kind)}</dt>
                <dd>
                  <ul className={kind === "employment" || kind === "education" ? styles.entries : styles.tags}>
                    {entries.map((entry, index) => (
                      <li key={index} className={styles.tags}>
                        {entry.map((fact) => (
                          <button
                            key={fact.field}
                            type="button"
                            className={styles.fact}
                            aria-pressed={fact === shown}
                            onClick={() => {
                              setShown(fact === shown ? null : fact);
                            }}
                          >
                            {fact.text}
                          </button>
                        ))}
                      </li>
                    ))}
                  </ul>
                </dd>
              </div>
            )
          );
        })}
      </dl>
      <div role="status">{shown && <InLine fact={shown} />}</div>
    </section>
  );
}

function InLine({ fact }: { fact: ResumeFact }) {
  const { t } = useI18n();
  // Positions count characters, not the halves some of them have in JavaScript.
  const characters = Array.from(fact.line);
  const part = (from: number, to?: number) => characters.slice(from, to).join("");
  return (
    <p className={styles.line}>
      <span className="quiet">{t("candidates.factInLine")}: </span>
      {part(0, fact.start_char)}
      <mark>{part(fact.start_char, fact.end_char)}</mark>
      {part(fact.end_char)}
    </p>
  );
}

function byEntry(facts: readonly ResumeFact[]): ResumeFact[][] {
  const entries = new Map<number, ResumeFact[]>();
  for (const fact of facts) entries.set(fact.entry, [...(entries.get(fact.entry) ?? []), fact]);
  return [...entries.values()];
}
