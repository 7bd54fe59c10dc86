import type { PlaybookRun } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { Loaded } from "../../shared/Loaded";
import { Table } from "../../shared/Table";
import { useFormat } from "../../shared/use-format";
import { CancelRun } from "./CancelRun";
import { RunBadge } from "./RunBadge";
import { useLiveRun } from "./use-live-run";

const LOOKS = { ok: "", changed: "good", failed: "bad", unreachable: "bad" } as const;

/** One run as it goes: what became of each machine, and why. */
export function RunView({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const { query, stream } = useLiveRun(id);
  return (
    <section className="card stack" aria-label={t("playbooks.progress")}>
      <div role="status">
        {stream === "live" && <span className="badge good">● {t("live.live")}</span>}
        {stream === "connecting" && <span className="badge">{t("live.connecting")}</span>}
        {stream === "waiting" && <span className="badge warn">{t("live.waiting")}</span>}
        {stream === "refused" && <span className="badge bad">{t("live.refused")}</span>}
      </div>
      <Loaded query={query}>{(run) => <Course run={run} />}</Loaded>
      <div>
        <button type="button" className="button small" onClick={onClose}>
          {t("playbooks.close")}
        </button>
      </div>
    </section>
  );
}

function Course({ run }: { run: PlaybookRun }) {
  const { t } = useI18n();
  const open = run.status === "waiting" || run.status === "running";
  return (
    <>
      <div className="row">
        <h3>{t(`playbook.${run.playbook}`)}</h3>
        <RunBadge status={run.status} />
        {run.play && <span className="quiet">{run.play}</span>}
      </div>
      {run.note && <p className="message warn">{knownText(t, "runNote", run.note)}</p>}
      {open && <CancelRun id={run.id} cancelling={run.cancelling} />}
      {run.results.length > 0 && (
        <Table
          caption={t("playbooks.progress")}
          rows={run.results}
          keyOf={(result) => result.machine}
          columns={[
            { heading: t("playbooks.machine"), cell: (result) => <strong className="whole">{result.machine}</strong> },
            {
              heading: t("playbooks.status"),
              cell: (result) => <span className={`badge ${LOOKS[result.status]}`}>{t(`machineStatus.${result.status}`)}</span>,
            },
            { heading: t("playbooks.changed"), cell: (result) => result.changed },
            {
              heading: t("playbooks.task"),
              cell: (result) => (
                <div>
                  {result.task}
                  {result.reason && <div className="quiet small">{result.reason}</div>}
                </div>
              ),
            },
          ]}
        />
      )}
      <Happened run={run} />
    </>
  );
}

function Happened({ run }: { run: PlaybookRun }) {
  const { t } = useI18n();
  const format = useFormat();
  if (run.events.length === 0) return null;
  return (
    <details>
      <summary>{t("playbooks.events")}</summary>
      <ol className="stack tight">
        {run.events.map((event) => (
          <li key={event.number} className="small">
            <span className="quiet">{format.date(event.at)}</span> {t(`machineStatus.${event.status}`)}{" "}
            <strong>{event.machine}</strong> {event.task} <span className="quiet">{event.reason}</span>
          </li>
        ))}
      </ol>
      {run.events_dropped > 0 && <p className="quiet small">{t("playbooks.dropped", { count: run.events_dropped })}</p>}
    </details>
  );
}
