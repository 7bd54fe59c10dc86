import type { Interview } from "@interview/api-client";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../shared/api";
import { AskTwice } from "../../shared/AskTwice";
import { useI18n } from "../../shared/i18n";
import { JoinCodePanel } from "../../shared/JoinCodePanel";

interface Made {
  code: string;
  expires: string;
  /** How often the candidate had come when it was made, and whether the room had been opened. */
  visits: number;
  opened: boolean;
}

/** Whether somebody has come in since the code was made. */
function isUsed(interview: Interview, made: Made): boolean {
  return interview.visits > made.visits || (interview.opened_at !== null && !made.opened);
}

/** A fresh code for the same interview; asked twice, because the old code stops working. */
export function NewJoinCode({ interview }: { interview: Interview }) {
  const { t } = useI18n();
  const renewal = useMutation({
    mutationFn: async (): Promise<Made> => {
      const { join_code: code, join_code_expires_at: expires } = await api.newJoinCode(interview.interview_id);
      return { code, expires, visits: interview.visits, opened: interview.opened_at !== null };
    },
  });

  const made = renewal.data;
  if (made && !isUsed(interview, made)) {
    return <JoinCodePanel code={made.code} expires={made.expires} roomUrl={interview.room_url} />;
  }
  return (
    <>
      {made && <p role="status">{t("code.used")}</p>}
      <AskTwice label={t("code.renew")} question={t("code.renewConfirm")} yes={t("code.renewYes")} action={renewal} />
    </>
  );
}
