import type { Repeat } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";

interface Props {
  repeated: readonly Repeat[];
  spread: number;
  /** Whether a rule placed the level, not a model. */
  byRule?: boolean;
}

/** What each of several independent ratings of the same answers gave, and how far they lie apart; what another seed changes. */
export function Repeats({ repeated, spread, byRule = false }: Props) {
  const { t } = useI18n();
  if (repeated.length === 0) return null;
  const found = repeated.some(({ level }) => level !== null);
  if (!found) return <p className="quiet small">{t("rating.repeatsNone", { count: repeated.length })}</p>;
  const levels = repeated.map(({ level }) => (level === null ? "–" : String(level)));
  return (
    <p className="quiet small">
      {t(byRule ? "rating.repeatsByRule" : "rating.repeats", { count: repeated.length, levels: levels.join(" · "), spread })}
    </p>
  );
}
