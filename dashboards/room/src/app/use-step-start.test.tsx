import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Step } from "./step";
import { useStepStart } from "./use-step-start";

function Page({ name }: { name: Step["name"] }) {
  useStepStart(name);
  return (
    <main>
      <h1 key={name}>{name}</h1>
    </main>
  );
}

test("each step begins at the top with its heading focused", () => {
  const scrolled = vi.spyOn(window, "scrollTo").mockImplementation(() => undefined);
  const { rerender } = render(<Page name="devices" />);
  rerender(<Page name="consent" />);
  expect(scrolled).toHaveBeenCalledExactlyOnceWith(0, 0);
  expect(screen.getByRole("heading", { name: "consent" })).toHaveFocus();
  rerender(<Page name="consent" />);
  expect(scrolled).toHaveBeenCalledOnce();
  scrolled.mockRestore();
});

test("the first step of a page load takes no focus", () => {
  const scrolled = vi.spyOn(window, "scrollTo").mockImplementation(() => undefined);
  const { rerender } = render(<Page name="loading" />);
  rerender(<Page name="join" />);
  expect(scrolled).not.toHaveBeenCalled();
  expect(document.body).toHaveFocus();
  scrolled.mockRestore();
});
