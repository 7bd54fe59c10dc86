import { useState } from "react";
import { codeOf, errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { kiosk } from "../../shared/kiosk";

const STATE_MS = 10_000;

interface Props {
  token: string;
  noticeVersion: string;
  /** It ended by itself; what was recorded before is kept, and can still be deleted. */
  ended: boolean;
}

/** Says that the voice is recorded, for as long as it is; taking the consent back is as easy as giving it. */
export function RecordingNotice({ token, noticeVersion, ended }: Props) {
  const { t } = useI18n();
  const [state, setState] = useState<"recording" | "stopping" | "stopped">("recording");
  const [failure, setFailure] = useState<string | null>(null);

  async function stop() {
    setState("stopping");
    setFailure(null);
    try {
      // The newest consent counts: the others are given again as they stand.
      const { purposes } = await kiosk.state(token, AbortSignal.timeout(STATE_MS));
      await kiosk.consent(token, purposes.filter((purpose) => purpose !== "recording"), noticeVersion);
      setState("stopped");
    } catch (error) {
      setFailure(codeOf(error));
      setState("recording");
    }
  }

  if (state === "stopped") {
    return (
      <p role="status" className="message">
        {t("recording.stopped")}
      </p>
    );
  }
  return (
    <div className="message row between">
      <p>
        {!ended && <span className="badge bad">{t("recording.badge")}</span>} {t(ended ? "recording.ended" : "recording.on")}
      </p>
      <button type="button" className="button small" disabled={state === "stopping"} onClick={() => void stop()}>
        {t(ended ? "recording.delete" : "recording.stop")}
      </button>
      <div role="alert">{failure !== null && <p>{errorText(t, failure)}</p>}</div>
    </div>
  );
}
