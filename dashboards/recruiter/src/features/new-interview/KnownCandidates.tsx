import type { KnownCandidate } from "@interview/api-client";
import { useEffect, useRef } from "react";
import { useI18n } from "../../shared/i18n";
import { useFormat } from "../../shared/use-format";

interface Props {
  known: readonly KnownCandidate[];
  busy: boolean;
  onAdd: (candidateId: string) => void;
  onNew: () => void;
  onCancel: () => void;
}

/** Who may be the person of an upload, and what a person decides; the focus is on what changes nothing. */
export function KnownCandidates({ known, busy, onAdd, onNew, onCancel }: Props) {
  const { t } = useI18n();
  const format = useFormat();
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  return (
    <div className="message warn stack" role="group" aria-label={t("known.title")}>
      <p role="alert">
        <strong>{t("known.title")}</strong> {t("known.text")}
      </p>
      <ul className="stack tight">
        {known.map((one) => (
          <li key={one.candidate_id}>
            <div>
              {[one.name, one.email].filter(Boolean).join(" – ")}{" "}
              <span className="quiet small">
                {[...one.same.map((what) => t(`known.${what}`)), t("known.since", { date: format.date(one.created_at) })].join(" · ")}
              </span>
            </div>
            <button type="button" className="button small" disabled={busy} onClick={() => onAdd(one.candidate_id)}>
              {t("known.add", { name: one.name })}
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet small">{t("known.addAbout")}</p>
      <div className="row">
        <button type="button" className="button" disabled={busy} onClick={onNew}>
          {t("known.new")}
        </button>
        <button ref={safe} type="button" className="button" disabled={busy} onClick={onCancel}>
          {t("cancel")}
        </button>
      </div>
    </div>
  );
}
