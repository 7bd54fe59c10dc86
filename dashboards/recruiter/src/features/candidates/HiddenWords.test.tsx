import { render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { HiddenWords } from "./HiddenWords";

afterEach(() => {
  sessionStorage.clear();
});

function show(count: number) {
  return render(
    <LanguageProvider>
      <HiddenWords count={count} />
    </LanguageProvider>,
  );
}

test.each([
  ["en", /nobody sees .* were left out: 12$/],
  ["ko", /보이지 않는 단어.* 12개를 제외/],
])("how many words were left out is said in %s", (language, said) => {
  sessionStorage.setItem("language", language);
  show(12);
  expect(screen.getByRole("note")).toHaveTextContent(said);
});

test("nothing is said where nothing was hidden", () => {
  show(0);
  expect(screen.queryByRole("note")).toBeNull();
});
