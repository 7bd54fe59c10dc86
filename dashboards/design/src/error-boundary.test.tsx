import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { createErrorBoundary, createI18n } from ".";

const words = { "broken.heading": "Broken", "broken.text": "Please reload the page.", "broken.reload": "Reload the page" };
const { LanguageProvider, useI18n } = createI18n({ en: words, ko: words });
const ErrorBoundary = createErrorBoundary(useI18n);

function Faulty(): never {
  throw new Error("a fault of the page");
}

test("a fault of the page shows what to do in place of a blank page", () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  render(
    <LanguageProvider>
      <ErrorBoundary>
        <Faulty />
      </ErrorBoundary>
    </LanguageProvider>,
  );
  expect(screen.getByRole("alert")).toHaveTextContent(/reload the page/i);
  expect(screen.getByRole("button", { name: "Reload the page" })).toBeInTheDocument();
  logged.mockRestore();
});
