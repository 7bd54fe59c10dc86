import { expect, test, vi } from "vitest";
import { clearEnding, loadSession, saveEnding, saveSession } from "../shared/session-store";
import { firstStep } from "./first-step";

const interview = { id: "1", language: "ko", company_name: "C", job_title: "J", candidate_name: "N", stages: 3, minutes: 20 };

function reload(answer: () => Response | Promise<Response>) {
  saveSession({ joined: { token: "tok", interview, notice_version: "1", recording: true, emotion: false }, devices: { microphone: null, camera: null } });
  vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve().then(answer));
  return firstStep(new AbortController().signal);
}

const state = (consented: boolean, closed: boolean) => () =>
  Response.json({ consented, closed, question: null, stages_done: 0, stages_total: 3, recording: true, said: [], purposes: ["interview", "recording", "observation"] });

test("after the end a reload shows the end again, until somebody enters another code", async () => {
  saveEnding("completed");
  expect(await firstStep(new AbortController().signal)).toEqual({ name: "ended", kind: "completed" });
  sessionStorage.setItem("ending", "someday");
  expect(await firstStep(new AbortController().signal)).toEqual({ name: "join", reason: null });
  saveEnding("left");
  clearEnding();
  expect(await firstStep(new AbortController().signal)).toEqual({ name: "join", reason: null });
});

test("a fresh tab begins with the code", async () => {
  expect(await firstStep(new AbortController().signal)).toEqual({ name: "join", reason: null });
});

test("a reload during the interview goes straight back into it", async () => {
  expect(await reload(state(true, false))).toMatchObject({ name: "interview", joined: { token: "tok" }, recording: true, observed: true });
});

test("so it does while the room cannot be reached", async () => {
  expect(await reload(() => Promise.reject(new TypeError("offline")))).toMatchObject({ name: "interview" });
});

test("a reload before the consent starts again at the devices", async () => {
  expect(await reload(state(false, false))).toMatchObject({ name: "devices" });
});

test("a finished interview stays finished, and the token is forgotten", async () => {
  expect(await reload(state(true, true))).toEqual({ name: "ended", kind: "closed" });
  expect(loadSession()).toBeNull();
  expect(await firstStep(new AbortController().signal)).toEqual({ name: "ended", kind: "closed" });
  clearEnding();
});

test("an expired token leads back to the code, with the reason", async () => {
  const step = await reload(() => Response.json({ code: "token_expired", message: "" }, { status: 401 }));
  expect(step).toEqual({ name: "join", reason: "token_expired" });
  expect(loadSession()).toBeNull();
});
