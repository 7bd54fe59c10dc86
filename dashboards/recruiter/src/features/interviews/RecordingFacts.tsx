import type { Interview } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { useSession } from "../../shared/session";
import { useFormat } from "../../shared/use-format";
import { EraseRecording } from "./EraseRecording";

/** Whether the answers can be listened to, and why not. */
export function RecordingFacts({ interview }: { interview: Interview }) {
  const { t } = useI18n();
  const format = useFormat();
  const admin = useSession().session?.role === "admin";
  const { agreed, erased_at: erasedAt, seconds, stopped } = interview.recording;
  const spoken = interview.transcript.some(({ turns }) => turns.some(({ mode }) => mode === "spoken"));
  if (!spoken) return null;
  const note = erasedAt
    ? t("recording.erased", { date: format.date(erasedAt) })
    : !agreed
      ? t("recording.notAgreed")
      : seconds > 0
        ? t("recording.here")
        : t(stopped === "" ? "recording.notHere" : "recording.none");
  return (
    <div className="stack tight">
      <p className="quiet small">{note}</p>
      {agreed && !erasedAt && stopped !== "" && (
        <p className="message warn">{t("recording.stopped", { reason: knownText(t, "recordingStopped", stopped) })}</p>
      )}
      {admin && !erasedAt && seconds > 0 && <EraseRecording interviewId={interview.interview_id} />}
    </div>
  );
}
