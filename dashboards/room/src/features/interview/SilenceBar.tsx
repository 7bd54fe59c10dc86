import { useI18n } from "../../shared/i18n";
import styles from "./SilenceBar.module.css";
import type { RoomState } from "./room-state";

/** Says when the next question comes, and that speaking on holds it. Hidden from readers, which would talk into the pause. */
export function SilenceBar({ silence }: { silence: RoomState["silence"] }) {
  const { t } = useI18n();
  return (
    <div className={styles.place} aria-hidden="true" data-testid="silence">
      {silence && (
        <>
          <p className="quiet small">{t("room.silence")}</p>
          <div className={styles.track}>
            <div key={silence.number} className={styles.left} style={{ animationDuration: `${silence.seconds}s` }} />
          </div>
        </>
      )}
    </div>
  );
}
