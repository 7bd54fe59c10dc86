import type { CaptionMessage, NoticeCode, Phase, Question, ServerMessage } from "./messages";

/** Captions kept on the page; older ones fall away. */
export const CAPTIONS_MAX = 200;

export type Caption = Omit<CaptionMessage, "type">;

export interface RoomState {
  phase: Phase | null;
  question: Question | null;
  stagesDone: number;
  stagesTotal: number;
  captions: readonly Caption[];
  notice: NoticeCode | null;
  /** Of the notice `time_given`. */
  noticeSeconds: number;
  /** A silence that is running out: for how many seconds, and which one it is. */
  silence: { seconds: number; number: number } | null;
  silences: number;
  /** The recording ended by itself. */
  recordingEnded: boolean;
}

export const initialRoom: RoomState = {
  phase: null,
  question: null,
  stagesDone: 0,
  stagesTotal: 0,
  captions: [],
  notice: null,
  noticeSeconds: 0,
  silence: null,
  silences: 0,
  recordingEnded: false,
};

function withCaption(captions: readonly Caption[], { who, id, text, final }: CaptionMessage): readonly Caption[] {
  const at = captions.findIndex((caption) => caption.id === id && caption.who === who);
  const next = { who, id, text, final };
  if (at < 0) return text === "" ? captions : [...captions, next].slice(-CAPTIONS_MAX);
  if (captions[at]?.final === true && !final) return captions;
  return text === "" ? captions.toSpliced(at, 1) : captions.with(at, next);
}

/** What the kiosk remembered from before a reload; whatever the room itself has said since counts more. */
export interface Remembered {
  type: "remembered";
  question: { id: string; text: string } | null;
  stagesDone: number;
  stagesTotal: number;
  said: readonly Said[];
}

/** One line of the conversation as the node keeps it. */
export type Said = Pick<CaptionMessage, "who" | "id" | "text">;

function withRemembered(captions: readonly Caption[], said: readonly Said[]): readonly Caption[] {
  const isNew = (line: Said) => !captions.some(({ who, id }) => who === line.who && id === line.id);
  return [...said.filter(isNew).map((line) => ({ ...line, final: true })), ...captions].slice(-CAPTIONS_MAX);
}

/** What the page shows after a message. A notice stays until the phase changes. */
export function roomReducer(state: RoomState, message: ServerMessage | Remembered): RoomState {
  switch (message.type) {
    case "state":
      return {
        ...state,
        phase: message.phase,
        // A greeting has no question of its own: what was asked before a reload stands until it is asked again.
        question: message.question ?? (message.phase === "greeting" ? state.question : null),
        stagesDone: message.stages_done,
        stagesTotal: message.stages_total,
        notice: message.phase === state.phase ? state.notice : null,
        silence: message.phase === state.phase ? state.silence : null,
      };
    case "caption":
      return { ...state, captions: withCaption(state.captions, message) };
    case "notice":
      return { ...state, notice: message.code, noticeSeconds: message.seconds ?? 0 };
    case "silence": {
      const number = state.silences + 1;
      return { ...state, silences: number, silence: message.seconds > 0 ? { seconds: message.seconds, number } : null };
    }
    case "remembered": {
      const captions = withRemembered(state.captions, message.said);
      const question = message.question && { ...message.question, kind: "planned" };
      if (state.phase === "greeting") return { ...state, captions, question: state.question ?? question };
      if (state.phase !== null) return { ...state, captions };
      const { stagesDone, stagesTotal } = message;
      return { ...state, captions, question, stagesDone, stagesTotal };
    }
    case "recording_ended":
      return { ...state, recordingEnded: true };
    case "pong":
      return state;
  }
}
