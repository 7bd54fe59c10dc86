import type { NodeFacts } from "@interview/api-client";
import { useI18n } from "./i18n";
import { knownText } from "./known-text";
import { useFormat } from "./use-format";

/** Whether a node can hold an interview now, in words, with what is wrong and what happened to its record. */
export function NodeReadiness({ node }: { node: NodeFacts }) {
  const { t } = useI18n();
  const format = useFormat();
  const full = node.rooms_open >= node.rooms_max;
  const [look, key] = !node.online
    ? (["bad", "node.offline"] as const)
    : node.problems.length > 0
      ? (["warn", "node.problems"] as const)
      : full
        ? (["warn", "node.full"] as const)
        : (["good", "node.ready"] as const);
  return (
    <div>
      <span className={`badge ${look}`}>{t(key)}</span>
      {node.problems.map((code) => (
        <div key={code} className="small quiet">
          {knownText(t, "problem", code)}
        </div>
      ))}
      {node.incidents.map(({ code, noticed_at }) => (
        <div key={code + noticed_at} className="small quiet">
          {format.date(noticed_at)}: {knownText(t, "incident", code)}
        </div>
      ))}
    </div>
  );
}
