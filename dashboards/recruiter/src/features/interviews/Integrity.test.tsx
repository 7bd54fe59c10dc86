import type { Integrity as Shown } from "@interview/api-client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { Integrity } from "./Integrity";

const SHOWN: Shown = {
  consented: true,
  pictures: 40,
  sampled_percent: 75,
  observations: [
    { kind: "face_absent", start_ms: 64_000, end_ms: 75_000, samples: 11, sampled_percent: 100, baseline: "" },
    { kind: "looking_away", start_ms: 90_000, end_ms: 97_000, samples: 7, sampled_percent: 98, baseline: "device_check" },
    { kind: "of_a_newer_node", start_ms: 99_000, end_ms: 99_500, samples: 3, sampled_percent: 100, baseline: "" },
  ],
  emotions: [],
};

afterEach(() => sessionStorage.clear());

function setUp(shown: Shown) {
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(Response.json(shown)));
  render(
    <LanguageProvider>
      <QueryClientProvider client={new QueryClient()}>
        <Integrity interviewId="i1" />
      </QueryClientProvider>
    </LanguageProvider>,
  );
  return fetched;
}

test("it is folded away, and nothing is fetched before somebody opens it", async () => {
  const fetched = setUp(SHOWN);
  expect(fetched).not.toHaveBeenCalled();
  await userEvent.click(screen.getByText("What the camera showed"));
  expect(await screen.findByText("1:04–1:15")).toBeVisible();
  expect(fetched).toHaveBeenCalledOnce();
});

test("each flag has its time and what it rests on, under the sentence that it is an indication", async () => {
  setUp(SHOWN);
  await userEvent.click(screen.getByText("What the camera showed"));
  expect(await screen.findByText("No face was found")).toBeInTheDocument();
  expect(screen.getByText("11 pictures; 100 % of this time was seen.")).toBeInTheDocument();
  expect(screen.getByText(/look at the screen in the device check/)).toBeInTheDocument();
  expect(screen.getByText("of_a_newer_node")).toBeInTheDocument();
  expect(screen.getByText(/indications, not findings.*no part in any question, rating, summary or score/)).toBeInTheDocument();
  expect(screen.getByText(/40 pictures.*75 %.*The rest was not seen/)).toBeInTheDocument();
});

test.each([
  [{ ...SHOWN, consented: false, pictures: 0, observations: [] }, /was not asked.*or did not agree.*must be held against them/],
  [{ ...SHOWN, pictures: 0, observations: [] }, /camera was off/],
  [{ ...SHOWN, observations: [] }, /Nothing was noted/],
])("what was not seen is said plainly (%#)", async (shown, words) => {
  setUp(shown);
  await userEvent.click(screen.getByText("What the camera showed"));
  expect(await screen.findByText(words)).toBeInTheDocument();
});

test("in Korean it is Korean", async () => {
  sessionStorage.setItem("language", "ko");
  setUp({ ...SHOWN, observations: SHOWN.observations.slice(0, 2) });
  await userEvent.click(screen.getByText("카메라에 보인 것"));
  expect(await screen.findByText("화면이 아닌 곳을 봄")).toBeInTheDocument();
  expect(document.body.textContent).not.toMatch(/[A-Za-z]{2,}/);
});

test("what a face was taken to express stands apart, under a warning of its own", async () => {
  const guessed = { kind: "emotion_happy", start_ms: 10_000, end_ms: 20_000, samples: 6, sampled_percent: 90, baseline: "" };
  setUp({ ...SHOWN, emotions: [guessed] });
  await userEvent.click(screen.getByText("What the camera showed"));
  expect(await screen.findByText("Taken for happiness")).toBeInTheDocument();
  expect(screen.getByText(/often wrong.*must not be the reason for a decision/)).toBeInTheDocument();
});

test("without such guesses nothing speaks of them", async () => {
  setUp(SHOWN);
  await userEvent.click(screen.getByText("What the camera showed"));
  expect(await screen.findByText("No face was found")).toBeInTheDocument();
  expect(screen.queryByText(/took the face to express/)).toBeNull();
});
