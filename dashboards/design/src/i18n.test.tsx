import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useEffect } from "react";
import { expect, test } from "vitest";
import { createI18n, preferredLanguage } from "./i18n";

const { LanguageProvider, LanguageSwitch, useI18n } = createI18n({
  en: { hello: "Hello {name}" },
  ko: { hello: "{name} 님, 안녕하세요" },
});

function Greeting({ suggestion }: { suggestion: string }) {
  const { t, suggest } = useI18n();
  useEffect(() => suggest(suggestion), [suggest, suggestion]);
  return <p>{t("hello", { name: "Kim" })}</p>;
}

test("the browser's first spoken language wins, English otherwise", () => {
  expect(preferredLanguage(["fr-FR", "ko-KR", "en"])).toBe("ko");
  expect(preferredLanguage(["de"])).toBe("en");
});

test("a suggestion applies until a person picks, and <html lang> follows", async () => {
  const tree = (suggestion: string) => (
    <LanguageProvider>
      <LanguageSwitch />
      <Greeting suggestion={suggestion} />
    </LanguageProvider>
  );
  const { rerender } = render(tree("ko"));
  expect(screen.getByText("Kim 님, 안녕하세요")).toBeInTheDocument();
  expect(document.documentElement.lang).toBe("ko");
  await userEvent.click(screen.getByRole("button", { name: "English" }));
  rerender(tree("ko"));
  expect(screen.getByText("Hello Kim")).toBeInTheDocument();
  expect(document.documentElement.lang).toBe("en");
});
