import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Empty } from "../../shared/Empty";
import { useI18n } from "../../shared/i18n";
import { Loaded } from "../../shared/Loaded";
import { NodeReadiness } from "../../shared/NodeReadiness";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { Table } from "../../shared/Table";
import { useSession } from "../../shared/session";
import { useFormat } from "../../shared/use-format";
import { EnrolNode } from "./EnrolNode";
import { NodeAccess } from "./NodeAccess";
import { NodeClock } from "./NodeClock";
import { NodePull } from "./NodePull";
import { NodeVersion } from "./NodeVersion";

export function NodeList() {
  const { t } = useI18n();
  const format = useFormat();
  const query = useQuery(queries.nodes);
  const mayChange = useSession().session?.role === "admin";
  const [enrolling, setEnrolling] = useState<string | null>(null);
  const open = (
    <button type="button" className="button primary" onClick={() => setEnrolling("")}>
      {t("enrol.open")}
    </button>
  );
  return (
    <Page title={t("nav.nodes")} actions={mayChange && enrolling === null && open}>
      {enrolling !== null && <EnrolNode key={enrolling} name={enrolling} nodes={query.data ?? []} onClose={() => setEnrolling(null)} />}
      <Loaded query={query}>
        {(nodes) =>
          nodes.length === 0 ? (
            <Empty>{t("nodes.empty")}</Empty>
          ) : (
            <Table
              caption={t("nav.nodes")}
              rows={nodes}
              keyOf={(node) => node.node_id}
              columns={[
                {
                  heading: t("nodes.name"),
                  cell: (node) => (
                    <div>
                      <strong className="whole">{node.display_name}</strong>
                      {node.node_id !== node.display_name && <div className="quiet small">{node.node_id}</div>}
                    </div>
                  ),
                },
                { heading: t("nodes.state"), cell: (node) => <NodeReadiness node={node} /> },
                { heading: t("nodes.clock"), cell: (node) => <NodeClock node={node} /> },
                {
                  heading: t("nodes.access"),
                  cell: (node) => <NodeAccess node={node} mayChange={mayChange} onEnrol={setEnrolling} />,
                },
                { heading: t("nodes.rooms"), cell: (node) => <span className="whole">{`${node.rooms_open} / ${node.rooms_max}`}</span> },
                {
                  heading: t("nodes.room"),
                  cell: (node) => (
                    <a href={node.room_url} target="_blank" rel="noreferrer">
                      {node.room_url}
                    </a>
                  ),
                },
                {
                  heading: t("nodes.version"),
                  cell: (node) => (
                    <>
                      <NodeVersion node={node} />
                      <NodePull node={node} />
                    </>
                  ),
                },
                { heading: t("nodes.lastSeen"), cell: (node) => format.date(node.last_seen) },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
