import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { queries } from "../../shared/queries";

/** Asked twice, because a machine may be left between two releases. */
export function CancelRun({ id, cancelling }: { id: string; cancelling: boolean }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const cancelled = useMutation({
    mutationFn: () => api.cancelPlaybook(id),
    onSuccess: (run) => client.setQueryData(queries.playbookRun(id).queryKey, run),
  });
  if (cancelling) return <p role="status">{t("playbooks.cancelling")}</p>;
  if (!asked) {
    return (
      <div>
        <button type="button" className="button danger small" onClick={() => setAsked(true)}>
          {t("playbooks.cancel")}
        </button>
      </div>
    );
  }
  return (
    <div className="message warn stack" role="group" aria-label={t("playbooks.cancel")}>
      <p role="alert">{cancelled.isError ? errorText(t, cancelled.error) : t("playbooks.cancelConfirm")}</p>
      <div className="row">
        <button type="button" className="button danger" disabled={cancelled.isPending} onClick={() => cancelled.mutate()}>
          {t("playbooks.cancelYes")}
        </button>
        <button type="button" className="button" onClick={() => setAsked(false)}>
          {t("cancel")}
        </button>
      </div>
    </div>
  );
}
