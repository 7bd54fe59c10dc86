import { useAsked } from "@interview/design";
import { useState } from "react";
import { Confirm } from "../../shared/Confirm";
import { useI18n } from "../../shared/i18n";
import styles from "./Interview.module.css";
import type { PageMessage } from "./messages";
import type { RoomState } from "./room-state";
import { TypedAnswer } from "./TypedAnswer";

interface Props {
  interview: string;
  room: RoomState;
  live: boolean;
  /** Without a microphone the text area is open from the start. */
  typing: boolean;
  /** The microphone went away: the text area opens beside the other ways. */
  typed?: boolean;
  send: (message: PageMessage) => boolean;
  onLeave: () => void;
}

export function Controls({ interview, room, live, typing, typed: wanted = false, send, onLeave }: Props) {
  const { t } = useI18n();
  const [open, setOpen] = useState(typing);
  const typed = open || wanted;
  const { asked: leaving, setAsked: setLeaving, opener } = useAsked();
  const listening = live && room.phase === "listening";
  return (
    <div className="stack" role="group" aria-label={t("room.controls")}>
      <div className={styles.controls}>
        {!typing && (
          <button type="button" className="button primary" disabled={!listening} onClick={() => send({ type: "done_speaking" })}>
            {t("room.done")}
          </button>
        )}
        <button type="button" className="button" disabled={!listening} onClick={() => send({ type: "thinking" })}>
          {t("room.moment")}
        </button>
        <button
          type="button"
          className="button"
          disabled={!live || room.question === null}
          onClick={() => send({ type: "repeat_question" })}
        >
          {t("room.repeat")}
        </button>
        {!typing && (
          <button type="button" className="button" aria-expanded={typed} onClick={() => setOpen(!typed)}>
            {t("room.type")}
          </button>
        )}
        <button ref={opener} type="button" className={`button danger ${styles.leave ?? ""}`} onClick={() => setLeaving(true)}>
          {t("room.leave")}
        </button>
      </div>
      {leaving && (
        <Confirm
          question={t("room.leaveConfirm")}
          yes={t("room.leaveYes")}
          no={t("room.leaveNo")}
          onYes={onLeave}
          onNo={() => setLeaving(false)}
        />
      )}
      {typed && (
        <TypedAnswer
          interview={interview}
          question={room.question?.id ?? null}
          enabled={listening}
          onSend={(text) => send({ type: "typed_answer", text })}
          onTyping={() => send({ type: "typing" })}
        />
      )}
    </div>
  );
}
