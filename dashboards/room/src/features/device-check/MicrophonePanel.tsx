import { useRef } from "react";
import type { DeviceProblem } from "../../shared/devices";
import { useI18n } from "../../shared/i18n";
import type { Key } from "../../shared/i18n";
import { LevelMeter } from "../../shared/LevelMeter";
import { VOICE_LEVEL, VOICE_NEEDED_MS } from "../../shared/sound-level";
import styles from "./DeviceCheck.module.css";
import { DeviceSelect } from "./DeviceSelect";
import type { DeviceCheck } from "./use-device-check";

const PROBLEMS: Record<DeviceProblem, Key> = {
  refused: "devices.microphoneRefused",
  missing: "devices.microphoneMissing",
  busy: "devices.microphoneBusy",
  insecure: "devices.microphoneInsecure",
};

interface Props {
  check: DeviceCheck;
  heard: boolean;
  onHeard: () => void;
}

export function MicrophonePanel({ check, heard, onHeard }: Props) {
  const { t } = useI18n();
  const voiceMs = useRef(0);
  const { microphone } = check;

  const listen = (level: number, elapsedMs: number) => {
    if (level < VOICE_LEVEL || voiceMs.current >= VOICE_NEEDED_MS) return;
    voiceMs.current += elapsedMs;
    if (voiceMs.current >= VOICE_NEEDED_MS) onHeard();
  };

  return (
    <div className={`stack ${styles.panel}`}>
      <h2>{t("devices.microphone")}</h2>
      {microphone?.track && (
        <>
          <LevelMeter track={microphone.track} label={t("devices.level")} onLevel={listen} />
          <p role="status" className={heard ? "message good" : "message"}>
            {heard ? t("devices.heard") : t("devices.say")}
          </p>
          <DeviceSelect
            id="microphone"
            kind="audioinput"
            devices={check.devices}
            current={microphone.track.getSettings().deviceId ?? ""}
            onChoose={(id) => void check.open("microphone", id)}
          />
        </>
      )}
      {microphone?.problem && (
        <>
          <p role="alert" className="message warn">
            {t(PROBLEMS[microphone.problem])}
          </p>
          <button type="button" className="button" onClick={() => void check.open("microphone")}>
            {t("devices.retry")}
          </button>
        </>
      )}
    </div>
  );
}
