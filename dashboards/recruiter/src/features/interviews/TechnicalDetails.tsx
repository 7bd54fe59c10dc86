import { useI18n } from "../../shared/i18n";
import styles from "./Trace.module.css";

/** Names and numbers for whoever looks into the system, folded away from whoever reads an interview. */
export function TechnicalDetails({ facts }: { facts: readonly (readonly [string, string])[] }) {
  const { t } = useI18n();
  if (facts.length === 0) return null;
  return (
    <details className={styles.trace}>
      <summary>{t("details.technical")}</summary>
      <dl>
        {facts.map(([name, value], index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
