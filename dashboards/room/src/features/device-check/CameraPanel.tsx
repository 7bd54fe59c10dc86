import { CameraPicture } from "../../shared/CameraPicture";
import type { DeviceProblem } from "../../shared/devices";
import { useI18n } from "../../shared/i18n";
import type { Key } from "../../shared/i18n";
import styles from "./DeviceCheck.module.css";
import { DeviceSelect } from "./DeviceSelect";
import { PictureCheck } from "./PictureCheck";
import type { DeviceCheck } from "./use-device-check";

const PROBLEMS: Record<DeviceProblem, Key> = {
  refused: "devices.cameraRefused",
  missing: "devices.cameraMissing",
  busy: "devices.cameraBusy",
  insecure: "devices.cameraInsecure",
};

export function CameraPanel({ check, token }: { check: DeviceCheck; token: string }) {
  const { t } = useI18n();
  const { camera } = check;
  return (
    <div className={`stack ${styles.panel}`}>
      <h2>{t("devices.camera")}</h2>
      {camera?.track && (
        <>
          <CameraPicture track={camera.track} label={t("devices.preview")} className={styles.preview} />
          <p className="message good">{t("devices.cameraGood")}</p>
          <PictureCheck track={camera.track} token={token} />
          <DeviceSelect
            id="camera"
            kind="videoinput"
            devices={check.devices}
            current={camera.track.getSettings().deviceId ?? ""}
            onChoose={(id) => void check.open("camera", id)}
          />
          <button type="button" className="button" onClick={() => check.close("camera")}>
            {t("devices.turnCameraOff")}
          </button>
        </>
      )}
      {camera?.problem && (
        <p role="status" className="message warn">
          {t(PROBLEMS[camera.problem])}
        </p>
      )}
      {camera === null && <p className="message">{t("devices.cameraOff")}</p>}
      {!camera?.track && (
        <button type="button" className="button" onClick={() => void check.open("camera")}>
          {camera === null ? t("devices.turnCameraOn") : t("devices.retry")}
        </button>
      )}
    </div>
  );
}
