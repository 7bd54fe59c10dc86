import { useI18n } from "../../shared/i18n";
import type { EndingKind } from "../../shared/session-store";
import styles from "./Ending.module.css";

/** Stays over a reload; the next person in the same room goes on from here. */
export function Ending({ kind, onAnother }: { kind: EndingKind; onAnother: () => void }) {
  const { t } = useI18n();
  return (
    <section className={`card stack ${styles.ending}`} aria-labelledby="end-heading">
      <h1 id="end-heading">{t(`end.${kind}`)}</h1>
      <p>{t(`end.${kind}Text`)}</p>
      <div>
        <button type="button" className="button" onClick={onAnother}>
          {t("end.another")}
        </button>
      </div>
    </section>
  );
}
