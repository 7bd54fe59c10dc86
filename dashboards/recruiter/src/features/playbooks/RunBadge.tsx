import type { PlaybookRunSummary } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";

const LOOKS: Record<PlaybookRunSummary["status"], string> = {
  waiting: "",
  running: "info",
  done: "good",
  failed: "bad",
  drifted: "warn",
  cancelled: "warn",
  out_of_time: "bad",
  not_taken: "bad",
  lost: "bad",
};

export function RunBadge({ status }: { status: PlaybookRunSummary["status"] }) {
  const { t } = useI18n();
  return <span className={`badge ${LOOKS[status]}`}>{t(`runStatus.${status}`)}</span>;
}
