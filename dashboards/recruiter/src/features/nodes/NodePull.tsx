import type { NodeFacts } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";

/** How far a node is with the release that was announced to it, where it fetches releases itself. */
export function NodePull({ node }: { node: NodeFacts }) {
  const { t } = useI18n();
  const pull = node.pull;
  if (!pull) return null;
  const { state, version } = pull;
  return (
    <div>
      <div className="quiet small">{t("pull.itself")}</div>
      {state === "failed" && <span className="badge bad">{t("pull.notTaken", { version })}</span>}
      {state !== "" && state !== "failed" && state !== "active" && (
        <div className="small">{t(`pull.${state}`, { version, percent: `${pull.received_percent}` })}</div>
      )}
      {pull.reason && <div className="quiet small">{pull.reason}</div>}
    </div>
  );
}
