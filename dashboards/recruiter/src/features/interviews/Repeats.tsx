import type { Repeat } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";

interface Props {
  repeated: readonly Repeat[];
  spread: number;
}

/** What each of several independent ratings of the same answers gave, and how far they lie apart. */
export function Repeats({ repeated, spread }: Props) {
  const { t } = useI18n();
  if (repeated.length === 0) return null;
  const levels = repeated.map(({ level }) => (level === null ? "–" : String(level)));
  return (
    <p className="quiet small">
      {t("rating.repeats", { count: repeated.length, levels: levels.join(" · "), spread })}
    </p>
  );
}
