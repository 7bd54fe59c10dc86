import { useState } from "react";
import { codeOf, errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { kiosk } from "../../shared/kiosk";

const STATE_MS = 10_000;
/** A guess of an expression needs the consent to observation, and goes with it. */
const OF_THE_CAMERA = new Set(["observation", "emotion"]);

interface Props {
  token: string;
  noticeVersion: string;
}

/** Says that a program looks at the camera's picture, and takes that consent back by one press; the picture stays on. */
export function CameraNotice({ token, noticeVersion }: Props) {
  const { t } = useI18n();
  const [state, setState] = useState<"looking" | "stopping" | "stopped">("looking");
  const [failure, setFailure] = useState<string | null>(null);

  async function stop() {
    setState("stopping");
    setFailure(null);
    try {
      // The newest consent counts: the others are given again as they stand.
      const { purposes } = await kiosk.state(token, AbortSignal.timeout(STATE_MS));
      await kiosk.consent(token, purposes.filter((purpose) => !OF_THE_CAMERA.has(purpose)), noticeVersion);
      setState("stopped");
    } catch (error) {
      setFailure(codeOf(error));
      setState("looking");
    }
  }

  if (state === "stopped") {
    return (
      <p role="status" className="message">
        {t("camera.stopped")}
      </p>
    );
  }
  return (
    <div className="message row between">
      <p>{t("camera.looking")}</p>
      <button type="button" className="button small" disabled={state === "stopping"} onClick={() => void stop()}>
        {t("camera.stop")}
      </button>
      <div role="alert">{failure !== null && <p>{errorText(t, failure)}</p>}</div>
    </div>
  );
}
