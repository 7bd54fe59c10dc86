import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shared/api";
import { AskTwice } from "../../shared/AskTwice";
import { useI18n } from "../../shared/i18n";
import { queries } from "../../shared/queries";

/** Asked twice, because nobody can listen any more afterwards. */
export function EraseRecording({ interviewId }: { interviewId: string }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const erasure = useMutation({
    mutationFn: () => api.eraseRecording(interviewId),
    onSuccess: () => client.invalidateQueries({ queryKey: queries.interview(interviewId).queryKey }),
  });
  return (
    <AskTwice
      label={t("recording.erase")}
      question={t("recording.eraseConfirm")}
      yes={t("recording.eraseYes")}
      action={erasure}
    />
  );
}
