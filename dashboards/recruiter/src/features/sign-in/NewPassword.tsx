import { useEffect, useRef } from "react";
import { useI18n } from "../../shared/i18n";

const LEAST_CHARACTERS = 12;

interface Props {
  chosen: string;
  again: string;
  onChosen: (password: string) => void;
  onAgain: (password: string) => void;
}

/** Two fields for a password of one's own, and why it is asked for. */
export function NewPassword({ chosen, again, onChosen, onAgain }: Props) {
  const { t } = useI18n();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <>
      <p className="message warn" role="status">
        {t("signIn.oneTime")}
      </p>
      <div className="field">
        <label htmlFor="new-password">{t("signIn.newPassword")}</label>
        <input
          ref={first}
          id="new-password"
          className="input"
          type="password"
          autoComplete="new-password"
          required
          minLength={LEAST_CHARACTERS}
          aria-describedby="new-password-hint"
          value={chosen}
          onChange={(event) => onChosen(event.target.value)}
        />
        <p id="new-password-hint" className="hint">
          {t("signIn.newPasswordHint")}
        </p>
      </div>
      <div className="field">
        <label htmlFor="new-password-again">{t("signIn.newPasswordAgain")}</label>
        <input
          id="new-password-again"
          className="input"
          type="password"
          autoComplete="new-password"
          required
          value={again}
          onChange={(event) => onAgain(event.target.value)}
        />
      </div>
    </>
  );
}
