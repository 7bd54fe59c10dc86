import { useState } from "react";
import { useI18n } from "../../shared/i18n";

const ANSWER_MAX_CHARACTERS = 4000;

interface Props {
  enabled: boolean;
  /** False when it could not be sent; the text is kept then. */
  onSend: (text: string) => boolean;
}

export function TypedAnswer({ enabled, onSend }: Props) {
  const { t } = useI18n();
  const [text, setText] = useState("");
  const answer = text.trim();
  const send = () => {
    if (onSend(answer)) setText("");
  };
  return (
    <div className="card stack">
      <div className="field">
        <label htmlFor="typed-answer">{t("room.typeLabel")}</label>
        <textarea
          id="typed-answer"
          className="input"
          rows={4}
          maxLength={ANSWER_MAX_CHARACTERS}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div>
        <button type="button" className="button primary" disabled={!enabled || answer === ""} onClick={send}>
          {t("room.typeSend")}
        </button>
      </div>
    </div>
  );
}
