import { useEffect, useState } from "react";
import { useI18n } from "../../shared/i18n";
import { kiosk } from "../../shared/kiosk";

const CHECK_MS = 5_000;

/** Says so while the room is not ready; silent otherwise. */
export function NodeReadiness() {
  const { t } = useI18n();
  const [ready, setReady] = useState(true);
  useEffect(() => {
    const stop = new AbortController();
    const check = async () => {
      const node = await kiosk.node(stop.signal).catch(() => null);
      if (!stop.signal.aborted) setReady(node?.ready ?? false);
    };
    void check();
    const timer = setInterval(() => void check(), CHECK_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, []);
  return <div role="status">{!ready && <p className="message warn">{t("node.notReady")}</p>}</div>;
}
