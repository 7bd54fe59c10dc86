import type { Interview } from "@interview/api-client";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../shared/api";
import { AskTwice } from "../../shared/AskTwice";
import { useI18n } from "../../shared/i18n";
import { JoinCodePanel } from "../../shared/JoinCodePanel";

/** A fresh code for the same interview; asked twice, because the old code stops working. */
export function NewJoinCode({ interview }: { interview: Interview }) {
  const { t } = useI18n();
  const renewal = useMutation({ mutationFn: () => api.newJoinCode(interview.interview_id) });

  if (renewal.data) {
    const { join_code: code, join_code_expires_at: expires } = renewal.data;
    return <JoinCodePanel code={code} expires={expires} roomUrl={interview.room_url} />;
  }
  return (
    <AskTwice
      label={t("code.renew")}
      question={t("code.renewConfirm")}
      yes={t("code.renewYes")}
      action={renewal}
    />
  );
}
