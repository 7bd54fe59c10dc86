import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { PictureCheck } from "./PictureCheck";

vi.mock("./grab-picture", () => ({
  grabberOf: () => ({ grab: () => ({ width: 4, height: 2, bytes: new Uint8Array(12) }), stop: () => undefined }),
}));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(replies: (() => Response)[]) {
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(() => {
    const next = replies.length > 1 ? replies.shift() : replies[0];
    return Promise.resolve(next ? next() : new Response(null, { status: 503 }));
  });
  render(
    <LanguageProvider>
      <PictureCheck track={{} as MediaStreamTrack} token="tok" />
    </LanguageProvider>,
  );
  return fetched;
}

const hints = (...found: string[]) => () => Response.json({ hints: found });
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

async function begin() {
  act(() => screen.getByRole("button", { name: "Check my picture" }).click());
  await pass(0);
}

test("no picture leaves the page before the candidate asks for it, and none after they stop", async () => {
  const fetched = setUp([hints()]);
  await pass(5000);
  expect(fetched).not.toHaveBeenCalled();
  await begin();
  await pass(2000);
  expect(fetched.mock.calls.length).toBe(3);
  expect(fetched).toHaveBeenCalledWith("/api/look?width=4&height=2", expect.objectContaining({ method: "POST" }));
  act(() => screen.getByRole("button", { name: "Stop checking" }).click());
  await pass(5000);
  expect(fetched.mock.calls.length).toBe(3);
});

test.each([
  ["face_absent", /No face is in the picture/],
  ["camera_covered", /camera seems to be covered/],
  ["too_dark", /too dark/],
  ["too_far", /Move closer/],
])("%s is said in words, the most telling hint first", async (hint, words) => {
  setUp([hints(hint, "too_bright")]);
  await begin();
  await pass(1000);
  expect(screen.getByRole("status")).toHaveTextContent(words);
  expect(screen.queryByText(/too bright/)).not.toBeInTheDocument();
});

test("one picture that says something else changes nothing", async () => {
  setUp([hints(), hints(), hints("face_absent"), hints()]);
  await begin();
  await pass(1000);
  expect(screen.getByText(/picture is good/)).toBeInTheDocument();
  await pass(1000);
  expect(screen.getByText(/picture is good/)).toBeInTheDocument();
});

test("a node that cannot look holds nobody up", async () => {
  setUp([() => Response.json({ code: "room_unavailable" }, { status: 503 })]);
  await begin();
  await pass(1000);
  expect(screen.getByText(/cannot be checked at the moment. You can go on/)).toBeInTheDocument();
});
