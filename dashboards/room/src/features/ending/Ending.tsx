import { useI18n } from "../../shared/i18n";
import styles from "./Ending.module.css";

export type EndingKind = "completed" | "left" | "closed" | "declined";

export function Ending({ kind }: { kind: EndingKind }) {
  const { t } = useI18n();
  return (
    <section className={`card stack ${styles.ending}`} aria-labelledby="end-heading">
      <h1 id="end-heading">{t(`end.${kind}`)}</h1>
      <p>{t(`end.${kind}Text`)}</p>
    </section>
  );
}
