import { useEffect, useRef } from "react";
import { useI18n } from "../../shared/i18n";
import styles from "./Captions.module.css";
import type { Caption } from "./room-state";

/** Both sides as text. Only finished captions are announced; partials would be read over and over. */
export function Captions({ captions }: { captions: readonly Caption[] }) {
  const { t } = useI18n();
  const list = useRef<HTMLDivElement>(null);
  const lastFinal = captions.findLast((caption) => caption.final);
  useEffect(() => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [captions]);

  const name = (caption: Caption) => t(caption.who === "interviewer" ? "room.interviewer" : "room.you");
  return (
    <div className={`card ${styles.captions}`}>
      <h2 id="captions-heading">{t("room.captions")}</h2>
      {/* Scrollable by keyboard, hence in the tab order. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div ref={list} className={styles.list} role="region" aria-labelledby="captions-heading" tabIndex={0}>
        {captions.length === 0 ? (
          <p className="quiet">{t("room.captionsEmpty")}</p>
        ) : (
          <ol className="stack tight">
            {captions.map((caption) => (
              <li key={`${caption.who} ${caption.id}`} className={styles.caption} data-who={caption.who} data-final={caption.final}>
                <span className={styles.who}>{name(caption)}</span>
                <span>{caption.text}</span>
              </li>
            ))}
          </ol>
        )}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {lastFinal && `${name(lastFinal)}: ${lastFinal.text}`}
      </p>
    </div>
  );
}
