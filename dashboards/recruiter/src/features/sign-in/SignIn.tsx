import { useState } from "react";
import type { SubmitEvent } from "react";
import { api } from "../../shared/api";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { session } from "../../shared/session";
import styles from "./SignIn.module.css";

export function SignIn({ expired }: { expired: boolean }) {
  const { t } = useI18n();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function signIn() {
    setBusy(true);
    setFailure(null);
    try {
      session.signIn(await api.login(email.trim(), password));
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy) void signIn();
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
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </div>
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
      <div role="alert">{failure !== null && <p className="message bad">{errorText(t, failure)}</p>}</div>
      <button type="submit" className="button primary" aria-disabled={busy}>
        {busy ? t("signIn.busy") : t("signIn.submit")}
      </button>
    </form>
  );
}
