import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { AskTwice } from "./AskTwice";
import { LanguageProvider } from "./i18n";

function setUp(isPending = false) {
  const mutate = vi.fn();
  render(
    <LanguageProvider>
      <AskTwice label="Erase" question="Really?" yes="Yes, erase" action={{ isPending, error: null, mutate }} />
    </LanguageProvider>,
  );
  return mutate;
}

test("Cancel and Escape take the question back, and the focus returns to what opened it", async () => {
  const mutate = setUp();
  for (const key of ["{Escape}", "{Enter}"]) {
    await userEvent.click(screen.getByRole("button", { name: "Erase" }));
    expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus();
    await userEvent.keyboard(key);
    expect(screen.queryByText("Really?")).toBeNull();
    expect(screen.getByRole("button", { name: "Erase" })).toHaveFocus();
  }
  expect(mutate).not.toHaveBeenCalled();
});

test("what is under way is not called off by Escape", async () => {
  setUp(true);
  await userEvent.click(screen.getByRole("button", { name: "Erase" }));
  await userEvent.keyboard("{Escape}");
  expect(screen.getByText("Really?")).toBeInTheDocument();
});
