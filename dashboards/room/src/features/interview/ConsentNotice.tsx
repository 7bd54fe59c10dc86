import { type ReactNode, useState } from "react";
import { codeOf, errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { kiosk } from "../../shared/kiosk";

const STATE_MS = 10_000;

interface Props {
  token: string;
  noticeVersion: string;
  /** The purposes that one press takes back. */
  purposes: ReadonlySet<string>;
  /** On the button. */
  takeBack: string;
  /** In place of the notice, once that is done. */
  done: string;
  children: ReactNode;
}

/** Says what goes on by the candidate's consent; taking that back is as easy as giving it. */
export function ConsentNotice({ token, noticeVersion, purposes, takeBack, done, children }: Props) {
  const { t } = useI18n();
  const [state, setState] = useState<"given" | "stopping" | "stopped">("given");
  const [failure, setFailure] = useState<string | null>(null);

  async function stop() {
    setState("stopping");
    setFailure(null);
    try {
      // The newest consent counts: the others are given again as they stand.
      const given = (await kiosk.state(token, AbortSignal.timeout(STATE_MS))).purposes;
      await kiosk.consent(token, given.filter((purpose) => !purposes.has(purpose)), noticeVersion);
      setState("stopped");
    } catch (error) {
      setFailure(codeOf(error));
      setState("given");
    }
  }

  if (state === "stopped") {
    return (
      <p role="status" className="message">
        {done}
      </p>
    );
  }
  return (
    <div className="message row between">
      <p>{children}</p>
      <button type="button" className="button small" disabled={state === "stopping"} onClick={() => void stop()}>
        {takeBack}
      </button>
      <div role="alert">{failure !== null && <p>{errorText(t, failure)}</p>}</div>
    </div>
  );
}
