import { useI18n } from "../../shared/i18n";
import type { LostDevices } from "./use-lost-devices";

/** What went away, and how to go on. */
export function DeviceMessage({ lost }: { lost: LostDevices }) {
  const { t } = useI18n();
  return (
    <>
      {lost.microphone && (
        <div role="alert" className="message warn row between">
          <p>{t("room.microphoneLost")}</p>
          <button type="button" className="button primary" onClick={() => void lost.reopen("microphone")}>
            {t("room.microphoneAgain")}
          </button>
        </div>
      )}
      {lost.camera && (
        <div role="status" className="message row between">
          <p>{t("room.cameraLost")}</p>
          <button type="button" className="button" onClick={() => void lost.reopen("camera")}>
            {t("room.cameraAgain")}
          </button>
        </div>
      )}
    </>
  );
}
