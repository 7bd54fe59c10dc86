import { useQueryClient } from "@tanstack/react-query";
import { NavLink, Outlet } from "react-router";
import { SignIn } from "../features/sign-in/SignIn";
import { drafts } from "../shared/drafts";
import { LanguageSwitch, useI18n } from "../shared/i18n";
import { session, useSession } from "../shared/session";
import { LetterCount } from "./LetterCount";
import styles from "./Shell.module.css";

const PLACES = ["interviews", "candidates", "jobs", "nodes", "dead-letters"] as const;

/** The frame around every page. Without a session it asks for one, at whatever address the person is. */
export function Shell() {
  const { t } = useI18n();
  const client = useQueryClient();
  const { session: current, expired } = useSession();
  const signOut = () => {
    drafts.dropAll();
    session.signOut();
    client.clear();
  };
  return (
    <>
      <a className="button primary skip-link" href="#content">
        {t("app.skip")}
      </a>
      <header className={styles.header}>
        <div className={`row between ${styles.inner}`}>
          <p className={styles.name}>{t("app.title")}</p>
          {current && (
            <nav aria-label={t("nav.label")} className={styles.nav}>
              {PLACES.map((place) => (
                <NavLink key={place} to={`/${place}`}>
                  {t(`nav.${place}`)} {place === "dead-letters" && <LetterCount />}
                </NavLink>
              ))}
            </nav>
          )}
          <div className={`row ${styles.person}`}>
            {current && <span className="quiet small">{current.name}</span>}
            {current && (
              <button type="button" className="button small" onClick={signOut}>
                {t("nav.signOut")}
              </button>
            )}
            <LanguageSwitch />
          </div>
        </div>
      </header>
      <main id="content" className={styles.main} tabIndex={-1}>
        {current ? <Outlet /> : <SignIn expired={expired} />}
      </main>
    </>
  );
}
