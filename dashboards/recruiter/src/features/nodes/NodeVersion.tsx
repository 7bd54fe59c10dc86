import type { NodeFacts } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";

/** What a node runs; where a new release did not prove itself, that it is back on the old one, and why. */
export function NodeVersion({ node }: { node: NodeFacts }) {
  const { t } = useI18n();
  const release = node.release;
  const actual = [release?.actual, node.version].find(Boolean);
  if (!release || release.state === "active") return <span className="whole">{actual}</span>;
  return (
    <div>
      <div className="whole">{actual}</div>
      <span className={`badge ${release.state === "failed" ? "bad" : "warn"}`}>{t(`release.${release.state}`)}</span>
      <div className="small">{t("release.wanted", { target: release.target })}</div>
      <div className="quiet small">{release.reason}</div>
    </div>
  );
}
