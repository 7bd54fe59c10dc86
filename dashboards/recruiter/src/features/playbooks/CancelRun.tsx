import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shared/api";
import { AskTwice } from "../../shared/AskTwice";
import { useI18n } from "../../shared/i18n";
import { queries } from "../../shared/queries";

/** Asked twice, because a machine may be left between two releases. */
export function CancelRun({ id, cancelling }: { id: string; cancelling: boolean }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const cancelled = useMutation({
    mutationFn: () => api.cancelPlaybook(id),
    onSuccess: (run) => client.setQueryData(queries.playbookRun(id).queryKey, run),
  });
  if (cancelling) return <p role="status">{t("playbooks.cancelling")}</p>;
  return (
    <AskTwice
      label={t("playbooks.cancel")}
      question={t("playbooks.cancelConfirm")}
      yes={t("playbooks.cancelYes")}
      action={cancelled}
      danger
    />
  );
}
