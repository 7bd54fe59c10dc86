import { useEscape } from "@interview/design";
import { useCallback, useEffect, useRef } from "react";
import { errorText } from "./error-text";
import { useI18n } from "./i18n";

/** What is done once it is confirmed; a mutation is one. */
export interface Action {
  isPending: boolean;
  error: Error | null;
  mutate: () => void;
}

interface Props {
  /** Names the group for who cannot see it. */
  label: string;
  question: string;
  yes: string;
  action: Action;
  /** It cuts something off that runs. */
  danger?: boolean;
  onCancel: () => void;
}

/** The second of two questions, with the focus on what changes nothing; what went wrong stands in the question's place. */
export function Confirm({ label, question, yes, action, danger = false, onCancel }: Props) {
  const { t } = useI18n();
  const safe = useRef<HTMLButtonElement>(null);
  const { isPending } = action;
  useEffect(() => safe.current?.focus(), []);
  useEscape(
    useCallback(() => {
      if (!isPending) onCancel();
    }, [isPending, onCancel]),
  );
  return (
    <div className="message warn stack" role="group" aria-label={label}>
      <p role="alert">{action.error ? errorText(t, action.error) : question}</p>
      <div className="row">
        <button
          type="button"
          className={`button ${danger ? "danger" : "primary"}`}
          disabled={isPending}
          onClick={() => action.mutate()}
        >
          {yes}
        </button>
        <button ref={safe} type="button" className="button" disabled={isPending} onClick={onCancel}>
          {t("cancel")}
        </button>
      </div>
    </div>
  );
}
