import { useI18n } from "../../shared/i18n";
import styles from "./Interview.module.css";
import type { RoomState } from "./room-state";

const SECONDS_SAID = 90;

/** A length of time as it is said: in seconds while they are few. */
function spoken(t: ReturnType<typeof useI18n>["t"], seconds: number): string {
  if (seconds <= SECONDS_SAID) return t("time.seconds", { count: seconds });
  return t("time.minutes", { count: Math.floor(seconds / 60) });
}

export function QuestionPanel({ room, stages }: { room: RoomState; stages: number }) {
  const { t } = useI18n();
  const total = room.stagesTotal || stages;
  const part = Math.min(room.stagesDone + 1, total);
  return (
    <div className={`card stack ${styles.question}`}>
      <div className="stack tight">
        <p className="quiet small" id="room-progress">
          {room.phase === null ? t("room.progressStart", { total }) : t("room.progress", { done: part, total })}
        </p>
        <progress className={styles.progress} aria-labelledby="room-progress" value={room.stagesDone} max={Math.max(1, total)} />
      </div>
      <h2 className="visually-hidden">{t("room.question")}</h2>
      <p className={styles.questionText}>
        {room.question ? room.question.text : t(room.phase === "closing" ? "room.closing" : "room.noQuestion")}
      </p>
      {room.notice === null ? (
        <p className="quiet">{t("room.pause")}</p>
      ) : (
        <p role="status" className={room.notice === "microphone_silent" ? "message warn" : "message"}>
          {t(`notice.${room.notice}`, { time: spoken(t, room.noticeSeconds) })}
        </p>
      )}
    </div>
  );
}
