import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { queries } from "../../shared/queries";

/** Asked twice, because nobody can listen any more afterwards. */
export function EraseRecording({ interviewId }: { interviewId: string }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const erasure = useMutation({
    mutationFn: () => api.eraseRecording(interviewId),
    onSuccess: () => client.invalidateQueries({ queryKey: queries.interview(interviewId).queryKey }),
  });
  if (!asked) {
    return (
      <div>
        <button type="button" className="button small" onClick={() => setAsked(true)}>
          {t("recording.erase")}
        </button>
      </div>
    );
  }
  return (
    <div className="message warn stack" role="group" aria-label={t("recording.erase")}>
      <p role="alert">{erasure.isError ? errorText(t, erasure.error) : t("recording.eraseConfirm")}</p>
      <div className="row">
        <button type="button" className="button primary" disabled={erasure.isPending} onClick={() => erasure.mutate()}>
          {t("recording.eraseYes")}
        </button>
        <button type="button" className="button" disabled={erasure.isPending} onClick={() => setAsked(false)}>
          {t("cancel")}
        </button>
      </div>
    </div>
  );
}
