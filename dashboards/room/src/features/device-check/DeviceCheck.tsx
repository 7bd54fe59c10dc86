import { useState } from "react";
import { useI18n } from "../../shared/i18n";
import type { Tracks } from "../../shared/devices";
import { CameraPanel } from "./CameraPanel";
import styles from "./DeviceCheck.module.css";
import { MicrophonePanel } from "./MicrophonePanel";
import { useDeviceCheck } from "./use-device-check";

interface Props {
  token: string;
  onReady: (tracks: Tracks) => void;
}

const WITHOUT: Tracks = { microphone: null, camera: null };

export function DeviceCheck({ token, onReady }: Props) {
  const { t } = useI18n();
  const check = useDeviceCheck();
  const [heard, setHeard] = useState(false);
  const { microphone } = check;

  const goOn = () => onReady(check.take());
  const typing = () => {
    check.close("microphone");
    goOn();
  };

  return (
    <section className="card stack wide" aria-labelledby="devices-heading">
      <div className="stack tight">
        <h1 id="devices-heading">{t("devices.heading")}</h1>
        <p>{t("devices.lead")}</p>
      </div>
      {check.status !== "open" ? (
        <div className="row">
          <button type="button" className="button primary" disabled={check.status === "opening"} onClick={() => void check.openAll()}>
            {check.status === "opening" ? t("devices.opening") : t("devices.open")}
          </button>
          <button type="button" className="button plain" onClick={() => onReady(WITHOUT)}>
            {t("devices.typing")}
          </button>
        </div>
      ) : (
        <>
          <div className={styles.panels}>
            <MicrophonePanel check={check} heard={heard} onHeard={() => setHeard(true)} />
            <CameraPanel check={check} token={token} />
          </div>
          <div className="row">
            {microphone?.track ? (
              <>
                <button type="button" className="button primary" disabled={!heard} onClick={goOn}>
                  {t("devices.continue")}
                </button>
                <button type="button" className="button plain" onClick={typing}>
                  {t("devices.typing")}
                </button>
              </>
            ) : (
              <button type="button" className="button primary" onClick={typing}>
                {t("devices.continueTyping")}
              </button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
