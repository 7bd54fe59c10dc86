import type { InterviewStatus } from "@interview/api-client";
import { useI18n } from "./i18n";

const LOOKS: Record<InterviewStatus, string> = { scheduled: "", open: "info", running: "good", closed: "warn", reviewed: "info" };

export function StatusBadge({ status }: { status: InterviewStatus }) {
  const { t } = useI18n();
  return <span className={`badge ${LOOKS[status]}`}>{t(`status.${status}`)}</span>;
}
