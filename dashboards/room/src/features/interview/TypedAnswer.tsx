import { useRef } from "react";
import { useI18n } from "../../shared/i18n";
import { useDraft } from "./use-draft";

const ANSWER_MAX_CHARACTERS = 4000;
/** From this share of it on, what is left is shown. */
const COUNTED_FROM = 0.8;
/** How often the room is told that an answer is being typed: it takes the silence for none until long after. */
const TYPING_EVERY_MS = 3000;

interface Props {
  interview: string;
  /** Which question is answered; null until the room says it. */
  question: string | null;
  enabled: boolean;
  /** False when it could not be sent; the text is kept then. */
  onSend: (text: string) => boolean;
  onTyping: () => void;
}

export function TypedAnswer({ interview, question, enabled, onSend, onTyping }: Props) {
  const { t } = useI18n();
  const [text, setText] = useDraft(interview, question);
  const field = useRef<HTMLTextAreaElement>(null);
  const answer = text.trim();
  const left = ANSWER_MAX_CHARACTERS - text.length;
  const told = useRef(-TYPING_EVERY_MS);
  const write = (next: string) => {
    setText(next);
    if (!enabled || performance.now() - told.current < TYPING_EVERY_MS) return;
    told.current = performance.now();
    onTyping();
  };
  const send = () => {
    if (onSend(answer)) setText("");
    // The button goes out of use with the answer gone.
    field.current?.focus();
  };
  return (
    <div className="card stack">
      <div className="field">
        <label htmlFor="typed-answer">{t("room.typeLabel")}</label>
        <textarea
          ref={field}
          id="typed-answer"
          className="input"
          rows={4}
          maxLength={ANSWER_MAX_CHARACTERS}
          value={text}
          aria-describedby="typed-length"
          onChange={(event) => write(event.target.value)}
        />
        <p id="typed-length" className="hint">
          {left > 0 && left <= ANSWER_MAX_CHARACTERS * (1 - COUNTED_FROM) && t("room.typeLeft", { left })}
        </p>
        <div role="status">{left <= 0 && <p className="message warn">{t("room.typeFull", { most: ANSWER_MAX_CHARACTERS })}</p>}</div>
      </div>
      <div>
        <button type="button" className="button primary" disabled={!enabled || answer === ""} onClick={send}>
          {t("room.typeSend")}
        </button>
      </div>
    </div>
  );
}
