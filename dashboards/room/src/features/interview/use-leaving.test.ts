import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LEAVING_MS, useLeaving } from "./use-leaving";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(sent: boolean) {
  const send = vi.fn(() => sent);
  const onLeft = vi.fn();
  const hook = renderHook(({ closed }) => useLeaving(send, closed, onLeft), { initialProps: { closed: false } });
  act(() => hook.result.current.leave());
  return { send, onLeft, hook };
}

test("the connection is kept until the room has closed", () => {
  const { send, onLeft, hook } = setUp(true);
  expect(send).toHaveBeenCalledWith({ type: "leave" });
  vi.advanceTimersByTime(LEAVING_MS - 1);
  expect(onLeft).not.toHaveBeenCalled();
  hook.rerender({ closed: true });
  expect(onLeft).toHaveBeenCalledOnce();
});

test("a room that does not answer is not waited for longer", () => {
  const { onLeft } = setUp(true);
  vi.advanceTimersByTime(LEAVING_MS);
  expect(onLeft).toHaveBeenCalledOnce();
});

test("without a connection there is nothing to wait for", () => {
  const { onLeft } = setUp(false);
  expect(onLeft).toHaveBeenCalledOnce();
});
