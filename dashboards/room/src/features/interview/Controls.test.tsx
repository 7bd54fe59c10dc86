import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { clearSession, loadDraft, saveDraft } from "../../shared/session-store";
import { Controls } from "./Controls";
import type { PageMessage, Phase } from "./messages";
import { initialRoom } from "./room-state";

function setUp({ phase = "listening", live = true, typing = false, sent = true }: { phase?: Phase; live?: boolean; typing?: boolean; sent?: boolean }) {
  const send = vi.fn<(message: PageMessage) => boolean>(() => sent);
  const onLeave = vi.fn();
  const room = { ...initialRoom, phase, question: { id: "q", text: "Why?", kind: "planned" } };
  const { unmount } = render(
    <LanguageProvider>
      <Controls interview="i" room={room} live={live} typing={typing} send={send} onLeave={onLeave} />
    </LanguageProvider>,
  );
  return { send, onLeave, unmount };
}

const button = (name: string) => screen.getByRole("button", { name });

test("while listening, each button says its one thing", async () => {
  const { send } = setUp({});
  await userEvent.click(button("I’m done"));
  await userEvent.click(button("I need a moment"));
  await userEvent.click(button("Repeat the question"));
  expect(send.mock.calls).toEqual([[{ type: "done_speaking" }], [{ type: "thinking" }], [{ type: "repeat_question" }]]);
});

test("without a connection nothing can be said, but leaving can", async () => {
  const { onLeave } = setUp({ live: false });
  expect(button("I’m done")).toBeDisabled();
  expect(button("Repeat the question")).toBeDisabled();
  await userEvent.click(button("Leave"));
  expect(onLeave).not.toHaveBeenCalled();
  await userEvent.click(button("End the interview"));
  expect(onLeave).toHaveBeenCalledOnce();
});

test("without a microphone the answer is typed", async () => {
  const { send } = setUp({ typing: true });
  await userEvent.type(screen.getByLabelText("Your answer"), "  저는 로그를 모았습니다.  ");
  await userEvent.click(button("Send answer"));
  expect(send).toHaveBeenCalledWith({ type: "typed_answer", text: "저는 로그를 모았습니다." });
  expect(screen.getByLabelText("Your answer")).toHaveValue("");
  expect(screen.getByLabelText("Your answer")).toHaveFocus();
});

test("the room is told now and then that an answer is being typed, while it listens", async () => {
  const { send, unmount } = setUp({ typing: true });
  await userEvent.type(screen.getByLabelText("Your answer"), "many letters in a moment");
  expect(send.mock.calls).toEqual([[{ type: "typing" }]]);
  unmount();
  const asking = setUp({ typing: true, phase: "asking" });
  await userEvent.type(screen.getByLabelText("Your answer"), "early");
  expect(asking.send).not.toHaveBeenCalled();
});

test("who writes more than an answer holds is told so", async () => {
  setUp({ typing: true });
  const field = screen.getByLabelText("Your answer");
  await userEvent.click(field);
  await userEvent.paste("a".repeat(3500));
  expect(screen.getByText("500 characters left.")).toBeInTheDocument();
  await userEvent.paste("b".repeat(900));
  expect(field).toHaveValue("a".repeat(3500) + "b".repeat(500));
  expect(screen.getByText(/was not taken in/)).toBeInTheDocument();
});

test("a typed answer that could not be sent is kept", async () => {
  setUp({ typing: true, sent: false });
  await userEvent.type(screen.getByLabelText("Your answer"), "kept");
  await userEvent.click(button("Send answer"));
  expect(screen.getByLabelText("Your answer")).toHaveValue("kept");
});

test("a half-typed answer outlives a reload; a sent one does not", async () => {
  const first = setUp({ typing: true });
  await userEvent.type(screen.getByLabelText("Your answer"), "half");
  first.unmount();
  const second = setUp({ typing: true });
  expect(screen.getByLabelText("Your answer")).toHaveValue("half");
  await userEvent.click(button("Send answer"));
  second.unmount();
  setUp({ typing: true });
  expect(screen.getByLabelText("Your answer")).toHaveValue("");
});

test("a draft belongs to its interview and question, and goes with the room", () => {
  saveDraft({ interview: "i", question: "q", text: "half" });
  expect(loadDraft("i", "q")).toBe("half");
  expect(loadDraft("i", "other")).toBe("");
  expect(loadDraft("other", "q")).toBe("");
  clearSession();
  expect(loadDraft("i", "q")).toBe("");
});

test("staying, by button or Escape, puts the focus back on Leave", async () => {
  setUp({});
  await userEvent.click(button("Leave"));
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(button("Leave")).toHaveFocus();
  await userEvent.click(button("Leave"));
  await userEvent.keyboard("{Enter}");
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(button("Leave")).toHaveFocus();
});
