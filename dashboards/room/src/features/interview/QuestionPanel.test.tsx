import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { QuestionPanel } from "./QuestionPanel";
import { initialRoom } from "./room-state";

test.each([
  [30, "the interviewer waits 30 seconds"],
  [600, "the interviewer waits 10 minutes"],
])("who asked for a moment reads how long it is: %i", (noticeSeconds, words) => {
  render(
    <LanguageProvider>
      <QuestionPanel room={{ ...initialRoom, phase: "listening", notice: "time_given", noticeSeconds }} stages={3} />
    </LanguageProvider>,
  );
  expect(screen.getByRole("status")).toHaveTextContent(words);
  expect(screen.getByRole("status")).toHaveTextContent("said or typed stays");
});
