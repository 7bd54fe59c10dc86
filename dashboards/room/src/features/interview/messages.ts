/** What travels over the data channel `room`. */

export type Phase = "greeting" | "asking" | "listening" | "thinking" | "closing" | "closed";
export type NoticeCode = "microphone_silent" | "camera_missing" | "repeat" | "take_your_time" | "time_given";
export type Speaker = "interviewer" | "candidate";

export interface Question {
  id: string;
  text: string;
  kind: string;
}

export interface StateMessage {
  type: "state";
  phase: Phase;
  question: Question | null;
  stages_done: number;
  stages_total: number;
}

export interface CaptionMessage {
  type: "caption";
  who: Speaker;
  id: string;
  text: string;
  final: boolean;
}

export interface NoticeMessage {
  type: "notice";
  code: NoticeCode;
  /** Of `time_given`: how much silence is allowed now. */
  seconds?: number;
}

/** Seconds of silence until the next question comes; 0 when no silence is running out. */
export interface SilenceMessage {
  type: "silence";
  seconds: number;
}

/** The recording ended by itself; the interview goes on. */
export interface RecordingEndedMessage {
  type: "recording_ended";
}

export interface PongMessage {
  type: "pong";
  at: number;
}

export type ServerMessage = StateMessage | CaptionMessage | NoticeMessage | SilenceMessage | RecordingEndedMessage | PongMessage;

export type PageMessage =
  | { type: "typed_answer"; text: string }
  | { type: "done_speaking" | "repeat_question" | "thinking" | "typing" | "leave" }
  | { type: "ping"; at: number };

const PHASES = new Set<unknown>(["greeting", "asking", "listening", "thinking", "closing", "closed"] satisfies Phase[]);
const NOTICES = new Set<unknown>(["microphone_silent", "camera_missing", "repeat", "take_your_time", "time_given"] satisfies NoticeCode[]);

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isQuestion = (value: unknown) => value === null || (isFields(value) && typeof value.id === "string" && typeof value.text === "string");

const CHECKS: Record<ServerMessage["type"], (fields: Fields) => boolean> = {
  state: (f) => PHASES.has(f.phase) && isQuestion(f.question) && typeof f.stages_done === "number" && typeof f.stages_total === "number",
  caption: (f) =>
    (f.who === "interviewer" || f.who === "candidate") &&
    typeof f.id === "string" &&
    typeof f.text === "string" &&
    typeof f.final === "boolean",
  notice: (f) => NOTICES.has(f.code) && (f.code !== "time_given" || typeof f.seconds === "number"),
  silence: (f) => typeof f.seconds === "number",
  recording_ended: () => true,
  pong: (f) => typeof f.at === "number",
};

/** The message, or null for anything that is not one: a newer node may send kinds this page does not know. */
export function parseMessage(data: unknown): ServerMessage | null {
  if (typeof data !== "string") return null;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (!isFields(value) || typeof value.type !== "string" || !(value.type in CHECKS)) return null;
  const check = CHECKS[value.type as ServerMessage["type"]];
  return check(value) ? (value as unknown as ServerMessage) : null;
}
