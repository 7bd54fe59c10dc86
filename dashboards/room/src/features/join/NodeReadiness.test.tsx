import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { NodeReadiness } from "./NodeReadiness";

function show(answer: Response) {
  vi.spyOn(globalThis, "fetch").mockResolvedValue(answer);
  render(
    <LanguageProvider>
      <NodeReadiness />
    </LanguageProvider>,
  );
}

const node = (ready: boolean, problems: string[], free = 1) =>
  Response.json({ name: "n", ready, problems, rooms_free: free, languages: [] });

test.each([
  ["disk_full", /disk is full/],
  ["draining", /about to be serviced/],
  ["clock_wrong", /clock is wrong/],
  ["model_damaged", /damaged/],
  ["speech_down", /not ready yet/],
])("%s is explained before a code is entered", async (code, words) => {
  show(node(false, ["review_down", code]));
  expect(await screen.findByText(words)).toBeInTheDocument();
});

test("a problem that stops no interview is not shown", async () => {
  show(node(true, ["review_down"]));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(screen.getByRole("status")).toBeEmptyDOMElement();
});

test("that every room is taken is said before a code is entered", async () => {
  show(node(true, [], 0));
  expect(await screen.findByText(/All rooms are in use/)).toBeInTheDocument();
});
