import type { ReactNode } from "react";
import { LanguageSwitch, useI18n } from "../shared/i18n";
import styles from "./Frame.module.css";

export function Frame({ wide, children }: { wide: boolean; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <div className={styles.frame} data-wide={wide}>
      <title>{t("app.title")}</title>
      <a className="button primary skip-link" href="#content">
        {t("app.skip")}
      </a>
      <header className={`row between ${styles.header}`}>
        <p className={styles.name}>{t("app.title")}</p>
        <LanguageSwitch />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
