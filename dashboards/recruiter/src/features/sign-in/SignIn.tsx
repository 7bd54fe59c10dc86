import { codeOf } from "@interview/api-client";
import { useState } from "react";
import type { SubmitEvent } from "react";
import { api } from "../../shared/api";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { session } from "../../shared/session";
import { NewPassword } from "./NewPassword";
import styles from "./SignIn.module.css";

export function SignIn({ expired }: { expired: boolean }) {
  const { t } = useI18n();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  /** The password given is good for one sign-in, at which the person chooses another. */
  const [choosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function signIn() {
    setBusy(true);
    setFailure(null);
    try {
      session.signIn(await api.login(email.trim(), password, choosing ? chosen : undefined));
    } catch (error) {
      if (codeOf(error) === "password_change_needed") setChoosing(true);
      else setFailure(errorText(t, error));
      setBusy(false);
    }
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    if (choosing && chosen !== again) setFailure(t("signIn.newPasswordsDiffer"));
    else void signIn();
  };
  return (
    <form className={`card stack wide ${styles.form}`} onSubmit={submit} aria-labelledby="sign-in">
      <title>{`${t("signIn.title")} – ${t("app.title")}`}</title>
      <h1 id="sign-in">{t("signIn.title")}</h1>
      {expired && <p className="message warn">{t("signIn.expired")}</p>}
      <div className="field">
        <label htmlFor="email">{t("signIn.email")}</label>
        <input
          id="email"
          className="input"
          type="email"
          autoComplete="username"
          required
          readOnly={choosing}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </div>
      {!choosing && (
        <div className="field">
          <label htmlFor="password">{t("signIn.password")}</label>
          <input
            id="password"
            className="input"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
      )}
      {choosing && <NewPassword chosen={chosen} again={again} onChosen={setChosen} onAgain={setAgain} />}
      <div role="alert">{failure !== null && <p className="message bad">{failure}</p>}</div>
      <div className="row">
        <button type="submit" className="button primary" aria-disabled={busy}>
          {t(busy ? "signIn.busy" : choosing ? "signIn.choose" : "signIn.submit")}
        </button>
        {choosing && (
          <button
            type="button"
            className="button"
            onClick={() => {
              setChoosing(false);
              setFailure(null);
            }}
          >
            {t("cancel")}
          </button>
        )}
      </div>
    </form>
  );
}
