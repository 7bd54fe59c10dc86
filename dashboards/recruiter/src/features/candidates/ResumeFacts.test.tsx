import type { ResumeFact } from "@interview/api-client";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { ResumeFacts } from "./ResumeFacts";

const LINE = "2019.03 ~ 현재\t㈜누리데이터\t과장";

function fact(field: string, text: string, value = text): ResumeFact {
  const start = LINE.indexOf(text);
  return { kind: "employment", entry: 0, field, text, value, line: LINE, start_char: start, end_char: start + text.length };
}

const FACTS: ResumeFact[] = [
  fact("employer", "㈜누리데이터"),
  fact("title", "과장"),
  fact("start", "2019.03", "2019-03"),
  { kind: "skill", entry: 0, field: "name", text: "SQL", value: "SQL", line: "🛠 Python, SQL", start_char: 10, end_char: 13 },
];

function show() {
  render(
    <LanguageProvider>
      <ResumeFacts facts={FACTS} />
    </LanguageProvider>,
  );
}

test("facts stand under their kind, those of one employment together", () => {
  show();
  expect(screen.getByText("Employment")).toBeInTheDocument();
  const entry = screen.getByRole("button", { name: "㈜누리데이터" }).closest("li");
  expect(within(entry as HTMLElement).getAllByRole("button").map((button) => button.textContent)).toEqual([
    "㈜누리데이터",
    "과장",
    "2019.03",
  ]);
});

test("a fact shows the line it was found in with exactly its words marked, and hides it again", async () => {
  show();
  await userEvent.click(screen.getByRole("button", { name: "SQL" }));
  const status = screen.getByRole("status");
  expect(status.querySelector("mark")?.textContent).toBe("SQL");
  expect(status).toHaveTextContent("🛠 Python, SQL");
  await userEvent.click(screen.getByRole("button", { name: "SQL" }));
  expect(status).toBeEmptyDOMElement();
});
