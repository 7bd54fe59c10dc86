import type { PlaybookDesk as Desk } from "@interview/api-client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Empty } from "../../shared/Empty";
import { useI18n } from "../../shared/i18n";
import { Loaded } from "../../shared/Loaded";
import { queries } from "../../shared/queries";
import { Table } from "../../shared/Table";
import { useFormat } from "../../shared/use-format";
import { RunBadge } from "./RunBadge";
import { RunView } from "./RunView";
import { StartRun } from "./StartRun";

/** Playbooks: start one, watch it, look at those before. For administrators, where playbooks are switched on. */
export function PlaybookDesk() {
  const { t } = useI18n();
  const query = useQuery(queries.playbooks);
  if (query.isPending || query.data?.switched_on === false) return null;
  return (
    <section className="stack" aria-labelledby="playbooks-title">
      <h2 id="playbooks-title">{t("playbooks.title")}</h2>
      <Loaded query={query}>{(desk) => <Open desk={desk} />}</Loaded>
    </section>
  );
}

function Open({ desk }: { desk: Desk }) {
  const { t } = useI18n();
  const format = useFormat();
  const [starting, setStarting] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const under = desk.runs.find(({ status }) => status === "waiting" || status === "running");
  const watched = shown ?? under?.id ?? null;
  return (
    <>
      {!desk.runner_online && (
        <p className="message warn">
          {desk.runner_seen_at ? t("playbooks.runnerSilent", { date: format.date(desk.runner_seen_at) }) : t("playbooks.noRunner")}
        </p>
      )}
      {starting ? (
        <StartRun
          offers={desk.offers}
          onStarted={(id) => {
            setStarting(false);
            setShown(id);
          }}
          onClose={() => setStarting(false)}
        />
      ) : (
        <div>
          <button
            type="button"
            className="button primary"
            disabled={!desk.runner_online || under !== undefined}
            onClick={() => setStarting(true)}
          >
            {t("playbooks.start")}
          </button>
        </div>
      )}
      {watched && <RunView key={watched} id={watched} onClose={() => setShown("")} />}
      {desk.runs.length === 0 ? (
        <Empty>{t("playbooks.none")}</Empty>
      ) : (
        <Table
          caption={t("playbooks.runs")}
          rows={desk.runs}
          keyOf={(run) => run.id}
          columns={[
            {
              heading: t("playbooks.what"),
              cell: (run) => (
                <div>
                  {t(`playbook.${run.playbook}`)} <span className="quiet">{run.bundle_version}</span>
                  {run.reason && <div className="quiet small">{run.reason}</div>}
                </div>
              ),
            },
            { heading: t("playbooks.where"), cell: (run) => run.machines.join(", ") || t("playbooks.all") },
            { heading: t("playbooks.status"), cell: (run) => <RunBadge status={run.status} /> },
            { heading: t("playbooks.who"), cell: (run) => run.requested_by },
            { heading: t("playbooks.when"), cell: (run) => format.date(run.requested_at) },
            {
              heading: t("playbooks.progress"),
              cell: (run) => (
                <button type="button" className="button small" onClick={() => setShown(run.id)}>
                  {t("playbooks.show")}
                </button>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
