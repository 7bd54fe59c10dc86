import type { Evidence } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { evidenceId } from "./evidence-id";
import { PlayButton } from "./PlayButton";
import styles from "./Quotes.module.css";

interface Props {
  evidence: readonly Evidence[];
  selected: string | null;
  onQuote: (id: string) => void;
}

/** Quotes as buttons: each shows its place in the transcript, and can be heard where it was recorded. */
export function Quotes({ evidence, selected, onQuote }: Props) {
  const { t } = useI18n();
  return (
    <ul className="stack tight">
      {evidence.map((each) => {
        const id = evidenceId(each);
        return (
          <li key={id} className="stack tight">
            <button
              type="button"
              className={styles.quote}
              aria-pressed={id === selected}
              title={t("rating.showQuote")}
              onClick={() => onQuote(id)}
            >
              “{each.quote}”
            </button>
            <PlayButton turnId={each.turn_id} part={each} words={`“${each.quote}”`} />
          </li>
        );
      })}
    </ul>
  );
}
