import { useI18n } from "../../shared/i18n";
import { ConsentNotice } from "./ConsentNotice";

/** A guess of an expression needs the consent to observation, and goes with it. */
const OF_THE_CAMERA = new Set(["observation", "emotion"]);

interface Props {
  token: string;
  noticeVersion: string;
}

/** Says that a program looks at the camera's picture, until that consent is taken back; the picture stays on. */
export function CameraNotice(props: Props) {
  const { t } = useI18n();
  return (
    <ConsentNotice {...props} purposes={OF_THE_CAMERA} takeBack={t("camera.stop")} done={t("camera.stopped")}>
      {t("camera.looking")}
    </ConsentNotice>
  );
}
