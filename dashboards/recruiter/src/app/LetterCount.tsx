import { useQuery } from "@tanstack/react-query";
import { useI18n } from "../shared/i18n";
import { queries } from "../shared/queries";

/** How many dead letters wait for somebody; nothing when none do or it is not known. */
export function LetterCount() {
  const { t } = useI18n();
  const { data } = useQuery(queries.openDeadLetters);
  if (!data || data.open === 0) return null;
  return (
    <span className="badge warn" aria-label={t("letters.waiting", { count: data.open })}>
      {data.open}
    </span>
  );
}
