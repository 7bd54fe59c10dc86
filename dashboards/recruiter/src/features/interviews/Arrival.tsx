import type { Interview } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { useFormat } from "../../shared/use-format";

/** What a reader must know of how the record came: late, with parts missing, from a node with a wrong clock. */
export function Arrival({ interview }: { interview: Interview }) {
  const { t } = useI18n();
  const format = useFormat();
  const notes: string[] = [];
  if (interview.late && interview.delay_ms !== null) {
    notes.push(t("late.message", { delay: format.duration(interview.delay_ms), received: format.date(interview.received_at) }));
  }
  if (interview.missing_facts > 0) notes.push(t("late.missing", { count: interview.missing_facts }));
  if (interview.clock_wrong && interview.clock_error_ms !== null) {
    const error = format.duration(interview.clock_error_ms);
    notes.push(t(interview.clock_error_ms < 0 ? "late.clockBehind" : "late.clockAhead", { error }));
  }
  return notes.map((note) => (
    <p key={note} className="message warn">
      {note}
    </p>
  ));
}
