import { useAsked } from "@interview/design";
import type { NewPlaybookRun, PlaybookDesk } from "@interview/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api";
import { Confirm } from "../../shared/Confirm";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { queries } from "../../shared/queries";
import { ChooseMachines } from "./ChooseMachines";

interface Props {
  offers: PlaybookDesk["offers"];
  onStarted: (id: string) => void;
  onClose: () => void;
}

const PLAYBOOKS = ["drift", "upgrade", "rollback"] as const;

/** What to run, where, with which release; asked once more before it begins. */
export function StartRun({ offers, onStarted, onClose }: Props) {
  const { t } = useI18n();
  const client = useQueryClient();
  const bundles = offers.bundles ?? [];
  const [playbook, setPlaybook] = useState<NewPlaybookRun["playbook"]>("drift");
  const [machines, setMachines] = useState<string[] | null>(null);
  const [bundle, setBundle] = useState(bundles[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const [failuresMost, setFailuresMost] = useState("0");
  const { asked, setAsked, opener } = useAsked();
  const started = useMutation({
    mutationFn: () =>
      api.startPlaybook({
        playbook,
        machines: machines ?? [],
        bundle: playbook === "rollback" ? "" : bundle,
        reason: playbook === "rollback" ? reason.trim() : "",
        failures_most: playbook === "upgrade" ? Number(failuresMost) : 0,
      }),
    onSuccess: (run) => {
      client.setQueryData(queries.playbookRun(run.id).queryKey, run);
      void client.invalidateQueries({ queryKey: queries.playbooks.queryKey });
      onStarted(run.id);
    },
    onError: () => setAsked(false),
  });
  const needsBundle = playbook !== "rollback";
  const incomplete = (needsBundle && bundle === "") || machines?.length === 0;
  const where = machines === null ? t("playbooks.all") : machines.join(", ");
  return (
    <form
      className="card stack"
      aria-label={t("playbooks.start")}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
      }}
    >
      <fieldset className="stack tight" disabled={asked}>
        <legend>{t("playbooks.what")}</legend>
        {PLAYBOOKS.map((name) => (
          <label key={name} className="row">
            <input type="radio" name="playbook" checked={playbook === name} onChange={() => setPlaybook(name)} />
            {t(`playbook.${name}`)}
          </label>
        ))}
        <p className="quiet small">{t(`playbookAbout.${playbook}`)}</p>
      </fieldset>
      <ChooseMachines offered={offers.machines ?? []} chosen={machines} onChange={setMachines} disabled={asked} />
      {needsBundle && (
        <div className="field">
          <label htmlFor="playbook-release">{t("playbooks.release")}</label>
          {bundles.length === 0 ? (
            <p className="hint">{t("playbooks.noRelease")}</p>
          ) : (
            <select
              id="playbook-release"
              className="input"
              value={bundle}
              disabled={asked}
              onChange={(event) => setBundle(event.target.value)}
            >
              {bundles.map(({ id, version }) => (
                <option key={id} value={id}>
                  {`${version} (${id.slice(0, 8)})`}
                </option>
              ))}
            </select>
          )}
        </div>
      )}
      {playbook === "rollback" && (
        <div className="field">
          <label htmlFor="playbook-reason">{t("playbooks.reason")}</label>
          <input
            id="playbook-reason"
            className="input"
            required
            maxLength={300}
            pattern="[^\{\}]*\S[^\{\}]*"
            title={t("playbooks.reasonHint")}
            value={reason}
            disabled={asked}
            onChange={(event) => setReason(event.target.value)}
          />
          <p className="hint">{t("playbooks.reasonHint")}</p>
        </div>
      )}
      {playbook === "upgrade" && (
        <div className="field">
          <label htmlFor="playbook-failures">{t("playbooks.failuresMost")}</label>
          <input
            id="playbook-failures"
            className="input"
            type="number"
            required
            min={0}
            max={100}
            value={failuresMost}
            disabled={asked}
            onChange={(event) => setFailuresMost(event.target.value)}
          />
        </div>
      )}
      {started.isError && !asked && <p role="alert">{errorText(t, started.error)}</p>}
      {asked ? (
        <Confirm
          label={t("playbooks.yes")}
          question={t("playbooks.confirm", { what: t(`playbook.${playbook}`), where })}
          yes={t("playbooks.yes")}
          action={started}
          onCancel={() => setAsked(false)}
        />
      ) : (
        <div className="row">
          <button ref={opener} type="submit" className="button primary" disabled={incomplete}>
            {t("playbooks.next")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("cancel")}
          </button>
        </div>
      )}
    </form>
  );
}
