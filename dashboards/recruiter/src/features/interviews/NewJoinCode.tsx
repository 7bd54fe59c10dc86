import type { Interview } from "@interview/api-client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { JoinCodePanel } from "../../shared/JoinCodePanel";

/** A fresh code for the same interview; asked twice, because the old code stops working. */
export function NewJoinCode({ interview }: { interview: Interview }) {
  const { t } = useI18n();
  const [asked, setAsked] = useState(false);
  const renewal = useMutation({ mutationFn: () => api.newJoinCode(interview.interview_id), onSuccess: () => setAsked(false) });

  if (renewal.data && !asked) {
    const { join_code: code, join_code_expires_at: expires } = renewal.data;
    return <JoinCodePanel code={code} expires={expires} roomUrl={interview.room_url} />;
  }
  if (!asked) {
    return (
      <div>
        <button type="button" className="button small" onClick={() => setAsked(true)}>
          {t("code.renew")}
        </button>
      </div>
    );
  }
  return (
    <div className="message warn stack" role="group" aria-label={t("code.renew")}>
      <p role="alert">{renewal.isError ? errorText(t, renewal.error) : t("code.renewConfirm")}</p>
      <div className="row">
        <button type="button" className="button primary" disabled={renewal.isPending} onClick={() => renewal.mutate()}>
          {t("code.renewYes")}
        </button>
        <button type="button" className="button" onClick={() => setAsked(false)}>
          {t("cancel")}
        </button>
      </div>
    </div>
  );
}
