import { useI18n } from "../../shared/i18n";
import { errorText } from "../../shared/error-text";
import type { LinkStatus } from "./keep-linked";

const OWN_WORDS = new Set(["connection_lost", "unreachable"]);

export function LinkMessage({ status }: { status: LinkStatus }) {
  const { t } = useI18n();
  return (
    <div role="status">
      {status.kind === "connecting" && <p className="message">{t("room.connecting")}</p>}
      {status.kind === "waiting" && (
        <div className="message warn">
          <p>
            {OWN_WORDS.has(status.code) ? t("room.reconnecting") : errorText(t, status.code)}{" "}
            {status.seconds >= 2 && t("room.reconnectingIn", { seconds: Math.round(status.seconds) })}
          </p>
        </div>
      )}
    </div>
  );
}
