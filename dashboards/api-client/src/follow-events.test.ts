import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followEvents } from "./follow-events";
import type { StreamStatus } from "./follow-events";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function follow(answers: (() => Promise<Response>)[]) {
  const statuses: StreamStatus[] = [];
  const events: string[] = [];
  const onUnauthorized = vi.fn();
  const stop = new AbortController();
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(() => (answers.shift() ?? unreachable)());
  const done = followEvents({
    url: "/api/interviews/1/events",
    token: () => "secret",
    signal: stop.signal,
    onEvent: ({ data }) => events.push(data),
    onStatus: (status) => statuses.push(status),
    onUnauthorized,
  });
  return { statuses, events, onUnauthorized, stop, done, fetched };
}

const unreachable = () => Promise.reject(new TypeError("failed to fetch"));
const stream = (text: string) => () => Promise.resolve(new Response(text));
const refused = (status: number) => () => Promise.resolve(new Response(null, { status }));

test("the token travels in the header, and an ended stream is opened again", async () => {
  const run = follow([stream("data: 1\n\n"), stream("data: 2\n\n")]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(run.events).toEqual(["1", "2"]);
  expect(run.fetched.mock.calls[0]?.[1]?.headers).toMatchObject({ Authorization: "Bearer secret" });
  run.stop.abort();
  await run.done;
});

test("tries grow apart while the server is away", async () => {
  const run = follow([]);
  await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 4_000 + 8_000 + 15_000);
  expect(run.fetched).toHaveBeenCalledTimes(6);
  run.stop.abort();
  await run.done;
  expect(run.statuses.at(-1)).toBe("waiting");
});

test("a refused token ends the stream and is reported", async () => {
  const run = follow([refused(401)]);
  await run.done;
  expect(run.onUnauthorized).toHaveBeenCalledOnce();
  expect(run.statuses).toEqual(["connecting", "refused"]);
});
