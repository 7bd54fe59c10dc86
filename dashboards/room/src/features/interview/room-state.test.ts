import { expect, test } from "vitest";
import { parseMessage } from "./messages";
import type { ServerMessage } from "./messages";
import { CAPTIONS_MAX, initialRoom, roomReducer } from "./room-state";
import type { Remembered } from "./room-state";

const play = (...messages: (ServerMessage | Remembered)[]) => messages.reduce(roomReducer, initialRoom);
const caption = (id: string, text: string, final: boolean): ServerMessage => ({ type: "caption", who: "candidate", id, text, final });
const state = (phase: "asking" | "listening"): ServerMessage => ({
  type: "state",
  phase,
  question: { id: "q1", text: "Why?", kind: "planned" },
  stages_done: 1,
  stages_total: 3,
});

test("partials replace each other, and a late partial never undoes a final", () => {
  const { captions } = play(caption("t1", "I", false), caption("t1", "I built", false), caption("t1", "I built it.", true), caption("t1", "I b", false));
  expect(captions).toEqual([{ who: "candidate", id: "t1", text: "I built it.", final: true }]);
});

test("the same id of the other speaker is another caption", () => {
  const { captions } = play(caption("1", "Yes", true), { type: "caption", who: "interviewer", id: "1", text: "Good.", final: true });
  expect(captions.map((each) => each.who)).toEqual(["candidate", "interviewer"]);
});

test("a withdrawn partial disappears", () => {
  expect(play(caption("t1", "uh", false), caption("t1", "", true)).captions).toEqual([]);
});

test("captions are bounded", () => {
  const many = Array.from({ length: CAPTIONS_MAX + 5 }, (_, n) => caption(`t${n}`, "x", true));
  const { captions } = play(...many);
  expect(captions).toHaveLength(CAPTIONS_MAX);
  expect(captions[0]?.id).toBe("t5");
});

test("a silence runs out until it is taken back or the phase changes, and a new one begins anew", () => {
  const silence = (seconds: number): ServerMessage => ({ type: "silence", seconds });
  expect(play(state("listening"), silence(2.4)).silence).toEqual({ seconds: 2.4, number: 1 });
  expect(play(state("listening"), silence(2.4), silence(30)).silence).toEqual({ seconds: 30, number: 2 });
  expect(play(state("listening"), silence(2.4), silence(0)).silence).toBeNull();
  expect(play(state("listening"), silence(2.4), state("asking")).silence).toBeNull();
  expect(parseMessage('{"type":"silence","seconds":"soon"}')).toBeNull();
});

test("a notice lasts until the phase changes", () => {
  const silent: ServerMessage = { type: "notice", code: "microphone_silent" };
  expect(play(state("listening"), silent, state("listening")).notice).toBe("microphone_silent");
  expect(play(state("listening"), silent, state("asking")).notice).toBeNull();
});

test.each(["{", "null", "[]", '{"type":"state","phase":"dancing"}', '{"type":"new"}', '{"type":"caption","who":"x","id":"1","text":"","final":true}', 5])(
  "%s is not a message",
  (data) => {
    expect(parseMessage(data)).toBeNull();
  },
);

test("a state message is read", () => {
  expect(parseMessage(JSON.stringify(state("asking")))).toEqual(state("asking"));
});

test("what was remembered fills the gap, and gives way to the room", () => {
  const remembered: Remembered = { type: "remembered", question: { id: "q0", text: "Before?" }, stagesDone: 0, stagesTotal: 3, said: [] };
  expect(play(remembered).question?.text).toBe("Before?");
  expect(play(state("asking"), remembered).question?.text).toBe("Why?");
});

const remembered: Remembered = {
  type: "remembered",
  question: { id: "q1", text: "Why?" },
  stagesDone: 1,
  stagesTotal: 3,
  said: [
    { who: "interviewer", id: "q1", text: "Why?" },
    { who: "candidate", id: "t1", text: "Because." },
  ],
};
const greeting: ServerMessage = { type: "state", phase: "greeting", question: null, stages_done: 1, stages_total: 3 };

test("after a reload the conversation so far stands before what is said now, in whichever order they come", () => {
  const welcome: ServerMessage = { type: "caption", who: "interviewer", id: "welcome", text: "Welcome back.", final: true };
  for (const messages of [[remembered, greeting, welcome], [greeting, welcome, remembered]]) {
    const { captions } = play(...messages);
    expect(captions.map(({ text }) => text)).toEqual(["Why?", "Because.", "Welcome back."]);
    expect(captions.every(({ final }) => final)).toBe(true);
  }
});

test("the question that is asked again is not written twice", () => {
  const again: ServerMessage = { type: "caption", who: "interviewer", id: "q1", text: "Why?", final: true };
  expect(play(remembered, again).captions.map(({ id }) => id)).toEqual(["q1", "t1"]);
  expect(play(again, remembered).captions.map(({ id }) => id)).toEqual(["t1", "q1"]);
});

test("while the candidate is welcomed back the question before stands, and goes with the farewell", () => {
  expect(play(remembered, greeting).question?.text).toBe("Why?");
  expect(play(greeting, remembered).question?.text).toBe("Why?");
  expect(play(greeting).question).toBeNull();
  expect(play(remembered, { ...greeting, phase: "closing" }).question).toBeNull();
});

test("time that is given says how much", () => {
  expect(play(state("listening"), { type: "notice", code: "time_given", seconds: 30 })).toMatchObject({ notice: "time_given", noticeSeconds: 30 });
  expect(parseMessage('{"type":"notice","code":"time_given","seconds":600}')).not.toBeNull();
  expect(parseMessage('{"type":"notice","code":"time_given"}')).toBeNull();
});
