import type { StreamStatus } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";

export function LiveBadge({ stream }: { stream: StreamStatus | null }) {
  const { t } = useI18n();
  return (
    <div role="status">
      {stream === "live" && <span className="badge good">● {t("live.live")}</span>}
      {stream === "connecting" && <span className="badge">{t("live.connecting")}</span>}
      {stream === "waiting" && <span className="badge warn">{t("live.waiting")}</span>}
      {stream === "refused" && <span className="badge bad">{t("live.refused")}</span>}
    </div>
  );
}
