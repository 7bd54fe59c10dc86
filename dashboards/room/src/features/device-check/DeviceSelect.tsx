import { useI18n } from "../../shared/i18n";

interface Props {
  id: string;
  kind: "audioinput" | "videoinput";
  devices: MediaDeviceInfo[];
  current: string;
  onChoose: (deviceId: string) => void;
}

/** Shown only when there is a choice. */
export function DeviceSelect({ id, kind, devices, current, onChoose }: Props) {
  const { t } = useI18n();
  const choices = devices.filter((device) => device.kind === kind && device.deviceId !== "");
  if (choices.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor={id}>{t("devices.which")}</label>
      <select id={id} className="input" value={current} onChange={(event) => onChoose(event.target.value)}>
        {choices.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label === "" ? `${t("devices.which")} ${index + 1}` : device.label}
          </option>
        ))}
      </select>
    </div>
  );
}
