import type { Question } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import type { Key } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { useFormat } from "../../shared/use-format";
import { TechnicalDetails } from "./TechnicalDetails";
import styles from "./Trace.module.css";

const DIGEST_SHOWN = 12;

/** What a prompt lets the model do, in words: the end of its name says it. */
function wordedKey(promptVersion: string): Key {
  if (promptVersion.endsWith("-chosen")) return "trace.chosen";
  return promptVersion.endsWith("-written") ? "trace.written" : "trace.byModel";
}

/** How a question came about: the answer before it, what still lacked, the model that was asked, what was refused. */
export function Trace({ question }: { question: Question }) {
  const { t } = useI18n();
  const format = useFormat();
  const { answer_read_as, lacking, language_ms, model_digest, prompt_version, refused, seed } = question;
  const { prompt_tokens, reused_tokens, generated_tokens } = question;
  const asked = prompt_version !== "";
  if (!asked && answer_read_as === "" && lacking.length === 0) return null;
  const facts: [string, string][] = [];
  const technical: [string, string][] = [];
  if (answer_read_as) facts.push([t("trace.readAs"), knownText(t, "reading", answer_read_as)]);
  if (lacking.length > 0) facts.push([t("trace.lacking"), lacking.map((facet) => knownText(t, "facet", facet)).join(", ")]);
  if (asked) {
    facts.push([t("trace.worded"), t(wordedKey(prompt_version))]);
    facts.push([t("trace.latency"), format.duration(language_ms)]);
    technical.push([t("trace.prompt"), prompt_version], [t("trace.seed"), String(seed)]);
  }
  if (prompt_tokens > 0) {
    const counts = { asked: prompt_tokens, kept: reused_tokens, answered: generated_tokens };
    technical.push([t("trace.tokens"), t("trace.tokenCounts", counts)]);
  }
  if (model_digest) technical.push([t("trace.model"), model_digest.slice(0, DIGEST_SHOWN)]);
  return (
    <details className={styles.trace}>
      <summary>{t("trace.title")}</summary>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {refused.length > 0 && (
        <>
          <p className="quiet small">{t("trace.refused")}</p>
          <ul className="stack tight">
            {refused.map((proposal, index) => (
              <li key={index}>
                <blockquote>{proposal.text}</blockquote>
                <span className="quiet small">{knownText(t, "fallback", proposal.reason)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <TechnicalDetails facts={technical} />
    </details>
  );
}
