import { useRef, useState } from "react";
import type { SubmitEvent } from "react";
import { codeOf, errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { kiosk, KioskError } from "../../shared/kiosk";
import type { Joined } from "../../shared/kiosk";
import { codeProblem, displayCode, normaliseCode } from "./join-code";
import styles from "./JoinForm.module.css";
import { NodeReadiness } from "./NodeReadiness";

type Problem = { kind: "input"; key: "join.incomplete" | "join.badCharacter" } | { kind: "server"; code: string; seconds: number };

interface Props {
  onJoined: (joined: Joined) => void;
  /** Why the page came back to the code, if it did. */
  reason: string | null;
}

export function JoinForm({ onJoined, reason }: Props) {
  const { t } = useI18n();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(reason === null ? null : { kind: "server", code: reason, seconds: 0 });
  const input = useRef<HTMLInputElement>(null);

  async function join() {
    const wrong = codeProblem(typed);
    if (wrong) {
      setProblem({ kind: "input", key: wrong });
      input.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      onJoined(await kiosk.join(normaliseCode(typed)));
    } catch (error) {
      const seconds = error instanceof KioskError ? error.retryAfterSeconds : 0;
      setProblem({ kind: "server", code: codeOf(error), seconds });
      setBusy(false);
      input.current?.focus();
    }
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy) void join();
  };
  const text = problem === null ? null : problem.kind === "input" ? t(problem.key) : errorText(t, problem.code, problem.seconds);
  return (
    <section className={`card stack wide ${styles.join}`} aria-labelledby="join-heading">
      <div className="stack tight">
        <h1 id="join-heading">{t("join.heading")}</h1>
        <p>{t("join.lead")}</p>
      </div>
      <NodeReadiness />
      <form className="stack" onSubmit={submit} noValidate>
        <div className="field">
          <label htmlFor="code">{t("join.label")}</label>
          <input
            ref={input}
            id="code"
            className={`input ${styles.code}`}
            value={displayCode(typed)}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
            inputMode="text"
            aria-invalid={problem !== null}
            aria-describedby="code-hint code-problem"
          />
          <p id="code-hint" className="hint">
            {t("join.hint")}
          </p>
        </div>
        <div id="code-problem" role="alert">
          {text !== null && <p className="message bad">{text}</p>}
        </div>
        <button type="submit" className="button primary" aria-disabled={busy}>
          {busy ? t("join.busy") : t("join.submit")}
        </button>
      </form>
    </section>
  );
}
