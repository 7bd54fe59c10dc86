import { useI18n } from "../../shared/i18n";
import { ConsentNotice } from "./ConsentNotice";

const OF_THE_VOICE = new Set(["recording"]);

interface Props {
  token: string;
  noticeVersion: string;
  /** It ended by itself; what was recorded before is kept, and can still be deleted. */
  ended: boolean;
}

/** Says that the voice is recorded, for as long as it is. */
export function RecordingNotice({ ended, ...rest }: Props) {
  const { t } = useI18n();
  return (
    <ConsentNotice
      {...rest}
      purposes={OF_THE_VOICE}
      takeBack={t(ended ? "recording.delete" : "recording.stop")}
      done={t("recording.stopped")}
    >
      {!ended && <span className="badge bad">{t("recording.badge")}</span>} {t(ended ? "recording.ended" : "recording.on")}
    </ConsentNotice>
  );
}
