import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backOffSeconds, keepLinked } from "./keep-linked";
import type { Link, LinkStatus } from "./keep-linked";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class FakeLink implements Link {
  closed = false;
  lose!: () => void;
  lost = new Promise<void>((resolve) => {
    this.lose = resolve;
  });
  close = () => {
    this.closed = true;
  };
}

function start(script: (FakeLink | string)[]) {
  const statuses: LinkStatus[] = [];
  const opened: number[] = [];
  const stop = new AbortController();
  const done = keepLinked(
    {
      open: () => {
        opened.push(Date.now());
        const next = script.shift();
        return next instanceof FakeLink ? Promise.resolve(next) : Promise.reject(new Error(next));
      },
      codeOf: (error) => (error as Error).message,
      onStatus: (status) => statuses.push(status),
      onLink: () => undefined,
      chance: () => 0.5,
    },
    stop.signal,
  );
  return { statuses, opened, stop, done };
}

test("a lost link is opened again after half a second, and the old one is closed", async () => {
  const [first, second] = [new FakeLink(), new FakeLink()];
  const run = start([first, second]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run.statuses.map((s) => s.kind)).toEqual(["connecting", "live"]);
  first.lose();
  await vi.advanceTimersByTimeAsync(499);
  expect(run.opened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(run.opened).toHaveLength(2);
  expect(first.closed).toBe(true);
  expect(run.statuses.at(-1)).toEqual({ kind: "live" });
  run.stop.abort();
  await run.done;
  expect(second.closed).toBe(true);
});

test("tries grow apart up to ten seconds while the room is away, and start over after a success", async () => {
  const link = new FakeLink();
  const run = start([...Array<string>(7).fill("room_unavailable"), link, "room_unavailable"]);
  await vi.advanceTimersByTimeAsync(60_000);
  const waits = run.statuses.flatMap((s) => (s.kind === "waiting" ? [s.seconds] : []));
  expect(waits).toEqual([0.5, 1, 2, 4, 8, 10, 10]);
  link.lose();
  await vi.advanceTimersByTimeAsync(0);
  expect(run.statuses.at(-1)).toEqual({ kind: "waiting", code: "connection_lost", seconds: 0.5 });
  run.stop.abort();
  await run.done;
});

test.each(["token_expired", "interview_closed", "consent_missing"])("%s ends the tries", async (code) => {
  const run = start(["unreachable", code]);
  await vi.advanceTimersByTimeAsync(60_000);
  await run.done;
  expect(run.opened).toHaveLength(2);
  expect(run.statuses.at(-1)).toEqual({ kind: "failed", code });
});

test("aborting during the wait stops at once", async () => {
  const run = start(["unreachable"]);
  await vi.advanceTimersByTimeAsync(100);
  run.stop.abort();
  await run.done;
  expect(run.opened).toHaveLength(1);
});

test("the spread is a fifth to each side", () => {
  expect(backOffSeconds(1, 0)).toBeCloseTo(0.8);
  expect(backOffSeconds(1, 1)).toBeCloseTo(1.2);
});
