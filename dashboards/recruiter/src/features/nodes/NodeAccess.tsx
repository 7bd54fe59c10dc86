import type { NodeFacts } from "@interview/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shared/api";
import { AskTwice } from "../../shared/AskTwice";
import { useI18n } from "../../shared/i18n";
import { queries } from "../../shared/queries";
import { useFormat } from "../../shared/use-format";

interface Props {
  node: NodeFacts;
  /** Only administrators may let nodes in and shut them out. */
  mayChange: boolean;
  onEnrol: (name: string) => void;
}

const LOOKS = { none: "warn", enrolled: "good", expired: "bad", revoked: "bad" } as const;

/** Whether the hub lets a node in, until when, and the way to change that. */
export function NodeAccess({ node, mayChange, onEnrol }: Props) {
  const { t } = useI18n();
  const format = useFormat();
  const when =
    node.identity === "revoked"
      ? t("access.since", { date: format.date(node.revoked_at) })
      : node.enrolled_until && t("access.until", { date: format.date(node.enrolled_until) });
  return (
    <div className="stack">
      <div>
        <span className={`badge ${LOOKS[node.identity]}`}>{t(`access.${node.identity}`)}</span>
        {when && <div className="small quiet">{when}</div>}
      </div>
      {mayChange &&
        (node.identity === "enrolled" ? (
          <Revoke node={node} />
        ) : (
          <div>
            <button type="button" className="button small" onClick={() => onEnrol(node.node_id)}>
              {t(node.identity === "none" ? "enrol.open" : "enrol.again")}
            </button>
          </div>
        ))}
    </div>
  );
}

/** Asked twice, because the node is cut off at once. */
function Revoke({ node }: { node: NodeFacts }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const revocation = useMutation({
    mutationFn: () => api.revokeNode(node.node_id),
    onSettled: () => client.invalidateQueries({ queryKey: queries.nodes.queryKey }),
  });
  return (
    <AskTwice
      label={t("revoke.open")}
      question={t("revoke.confirm", { name: node.display_name })}
      yes={t("revoke.yes")}
      action={revocation}
    />
  );
}
