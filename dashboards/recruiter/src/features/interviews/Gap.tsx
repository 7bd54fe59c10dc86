import type { TurnGap } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";

/** How long the candidate waited after this answer, and what for. */
export function Gap({ gap }: { gap: TurnGap }) {
  const { t } = useI18n();
  const parts = {
    end: gap.end_of_turn_ms,
    hearing: gap.stt_ms,
    question: gap.llm_first_sentence_ms,
    voice: gap.tts_first_audio_ms,
  };
  const whole = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return <p className="quiet small">{t("gap.parts", { whole, ...parts })}</p>;
}
