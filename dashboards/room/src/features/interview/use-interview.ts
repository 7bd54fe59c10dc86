import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { RefObject } from "react";
import type { Tracks } from "../../shared/devices";
import { codeOf } from "../../shared/error-text";
import { kiosk } from "../../shared/kiosk";
import { keepLinked } from "./keep-linked";
import type { LinkStatus } from "./keep-linked";
import type { PageMessage, ServerMessage } from "./messages";
import { openRoomLink } from "./room-link";
import type { RoomLink } from "./room-link";
import { initialRoom, roomReducer } from "./room-state";
import type { RoomState } from "./room-state";

export interface InterviewHook {
  room: RoomState;
  status: LinkStatus;
  /** Attach to the audio element that plays the interviewer. */
  voice: RefObject<HTMLAudioElement | null>;
  soundBlocked: boolean;
  unblockSound: () => void;
  send: (message: PageMessage) => boolean;
  retry: () => void;
}

function useVoice() {
  const voice = useRef<HTMLAudioElement>(null);
  const [soundBlocked, setSoundBlocked] = useState(false);
  const play = useCallback(() => {
    void voice.current?.play().then(
      () => setSoundBlocked(false),
      (error: unknown) => setSoundBlocked(error instanceof DOMException && error.name === "NotAllowedError"),
    );
  }, []);
  const setVoice = useCallback(
    (stream: MediaStream) => {
      if (!voice.current) return;
      voice.current.srcObject = stream;
      play();
    },
    [play],
  );
  return { voice, soundBlocked, unblockSound: play, setVoice };
}

/** Connects, stays connected, and shows what the room says. */
export function useInterview(token: string, tracks: Tracks): InterviewHook {
  const [room, dispatch] = useReducer(roomReducer, initialRoom);
  const [status, setStatus] = useState<LinkStatus>({ kind: "connecting" });
  const [run, setRun] = useState(0);
  const link = useRef<RoomLink | null>(null);
  const { voice, soundBlocked, unblockSound, setVoice } = useVoice();
  const latest = useRef(tracks);

  useEffect(() => {
    latest.current = tracks;
    link.current?.use(tracks);
  }, [tracks]);

  useEffect(() => {
    const stop = new AbortController();
    const onMessage = (message: ServerMessage) => {
      dispatch(message);
      if (message.type === "state" && message.phase === "closed") stop.abort();
    };
    void keepLinked<RoomLink>(
      {
        open: (signal) => openRoomLink({ token, tracks: latest.current, signal, onMessage, onVoice: setVoice }),
        codeOf,
        onStatus: setStatus,
        onLink: (next) => {
          link.current = next;
        },
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [token, setVoice, run]);

  useEffect(() => {
    const stop = new AbortController();
    kiosk
      .state(token, stop.signal)
      .then(({ question, stages_done: stagesDone, stages_total: stagesTotal, said }) =>
        dispatch({ type: "remembered", question, stagesDone, stagesTotal, said }),
      )
      .catch(() => undefined);
    return () => stop.abort();
  }, [token]);

  const send = useCallback((message: PageMessage) => {
    const sent = link.current?.send(message) ?? false;
    // The room captions speech only; what was typed is shown by the page itself.
    if (sent && message.type === "typed_answer") {
      dispatch({ type: "caption", who: "candidate", id: `typed ${performance.now()}`, text: message.text, final: true });
    }
    return sent;
  }, []);
  return { room, status, voice, soundBlocked, unblockSound, send, retry: () => setRun((count) => count + 1) };
}
