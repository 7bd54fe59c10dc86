import type { NodeFacts } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { useFormat } from "../../shared/use-format";

/** How far a node's clock is from the coordinator's, and whether it follows a time source. */
export function NodeClock({ node }: { node: NodeFacts }) {
  const { t } = useI18n();
  const format = useFormat();
  const difference = format.duration(node.clock_skew_ms);
  return (
    <div>
      {node.clock_wrong ? (
        <span className="badge warn">{t(node.clock_skew_ms < 0 ? "clock.behind" : "clock.ahead", { difference })}</span>
      ) : (
        <span>{t("clock.right")}</span>
      )}
      <div className="quiet small">{t(`clock.${node.clock_sync}`)}</div>
    </div>
  );
}
