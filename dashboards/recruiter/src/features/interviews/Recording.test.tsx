import type { Interview } from "@interview/api-client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { session } from "../../shared/session";
import { InterviewDetail } from "./InterviewDetail";
import { SAMPLE } from "./interview-sample";

const asked: string[] = [];
const erased: string[] = [];
let eraseReply: () => Response;
const play = vi.fn(() => Promise.resolve());
const pause = vi.fn();
let audioReply: () => Response;

beforeEach(() => {
  asked.length = 0;
  erased.length = 0;
  eraseReply = () => Response.json({ interview_id: "i1", erased_at: "2026-11-27T10:00:00Z" });
  play.mockClear();
  pause.mockClear();
  audioReply = () => new Response(new Blob(["OggS"]), { headers: { "Content-Type": "audio/ogg" } });
  HTMLMediaElement.prototype.play = play;
  HTMLMediaElement.prototype.pause = pause;
  URL.createObjectURL = () => "blob:sound";
  URL.revokeObjectURL = () => undefined;
});

const RECORDED: Interview = {
  ...SAMPLE,
  consents: ["interview", "recording"],
  recording: { agreed: true, seconds: 600, stopped: "", erased_at: null },
  transcript: SAMPLE.transcript.map((exchange) => ({ ...exchange, turns: exchange.turns.map((turn) => ({ ...turn, has_audio: true })) })),
};

afterEach(() => session.signOut());

const signInAs = (role: "admin" | "recruiter") =>
  session.signIn({ access_token: "t", token_type: "bearer", name: "N", role, expires_in: 60 });

async function show(interview: Interview) {
  vi.spyOn(globalThis, "fetch").mockImplementation((target) => {
    const url = new URL(target instanceof Request ? target.url : String(target), location.href);
    if (url.pathname.endsWith("/recording")) {
      erased.push(`${target instanceof Request ? target.method : ""} ${url.pathname}`);
      return Promise.resolve(eraseReply());
    }
    if (url.pathname.endsWith("/nodes")) return Promise.resolve(Response.json([]));
    if (url.pathname.endsWith("/audio")) {
      asked.push(url.pathname + url.search);
      return Promise.resolve(audioReply());
    }
    return url.pathname.endsWith("/events") ? new Promise<Response>(() => undefined) : Promise.resolve(Response.json(interview));
  });
  render(
    <LanguageProvider>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter initialEntries={["/interviews/i1"]}>
          <Routes>
            <Route path="/interviews/:id" element={<InterviewDetail />} />
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>
    </LanguageProvider>,
  );
  await screen.findByRole("heading", { name: "Jisoo Kim" });
}

test("a quote is played from its own words, by the keyboard alone, and nothing is fetched before", async () => {
  await show(RECORDED);
  expect(asked).toEqual([]);
  const quoted = RECORDED.competencies[0]?.rating?.evidence[0];
  const card = within(screen.getByRole("article", { name: "Ownership" }));
  card.getByRole("button", { name: "Play: “로그를 모았습니다”" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(asked).toEqual([`/api/interviews/i1/turns/t1/audio?start_char=${quoted?.start_char}&end_char=${quoted?.end_char}`]);
  const stop = await card.findByRole("button", { name: "Stop: “로그를 모았습니다”" });
  expect(play).toHaveBeenCalledOnce();
  await userEvent.click(stop);
  expect(pause).toHaveBeenCalled();
  expect(card.getByRole("button", { name: "Play: “로그를 모았습니다”" })).toBeInTheDocument();
});

test("a whole answer is played, and one voice at a time", async () => {
  await show(RECORDED);
  await userEvent.click(screen.getByRole("button", { name: "Play: the whole answer" }));
  expect(asked).toEqual(["/api/interviews/i1/turns/t1/audio"]);
  await screen.findByRole("button", { name: "Stop: the whole answer" });
  const card = within(screen.getByRole("article", { name: "Ownership" }));
  await userEvent.click(card.getByRole("button", { name: "Play: “로그를 모았습니다”" }));
  await card.findByRole("button", { name: "Stop: “로그를 모았습니다”" });
  expect(screen.getByRole("button", { name: "Play: the whole answer" })).toBeInTheDocument();
});

test("what cannot be played says so", async () => {
  await show(RECORDED);
  audioReply = () => Response.json({ code: "recording_unknown", message: "" }, { status: 404 });
  await userEvent.click(screen.getByRole("button", { name: "Play: the whole answer" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Nothing of this answer was recorded.");
  expect(screen.getByRole("button", { name: "Play: the whole answer" })).toBeInTheDocument();
});

test.each([
  ["none was agreed to", SAMPLE.recording, /No recording: none was offered, or the candidate did not agree/],
  ["it has not come yet", { agreed: true, seconds: 0, stopped: "", erased_at: null }, /not arrived/],
  ["it was erased", { agreed: true, seconds: 0, stopped: "", erased_at: "2026-11-23T10:00:00Z" }, /was erased/],
  ["the disk was full", { agreed: true, seconds: 0, stopped: "disk_full", erased_at: null }, /disk of the node was full/],
])("without a sound there is no button, but a reason: %s", async (_, recording, reason) => {
  await show({ ...SAMPLE, recording });
  expect(screen.getByText(reason)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^Play/ })).toBeNull();
});

test("a recording that ended early can be played as far as it goes, and says why it ended", async () => {
  await show({ ...RECORDED, recording: { agreed: true, seconds: 60, stopped: "too_slow", erased_at: null } });
  expect(screen.getByText(/ended too early.*disk of the node was too slow/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Play: the whole answer" })).toBeInTheDocument();
});

test("an administrator erases a recording, asked twice", async () => {
  signInAs("admin");
  await show(RECORDED);
  await userEvent.click(screen.getByRole("button", { name: "Erase the recording" }));
  expect(erased).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await userEvent.click(screen.getByRole("button", { name: "Erase the recording" }));
  expect(screen.getByRole("alert")).toHaveTextContent(/cannot be undone/);
  await userEvent.click(screen.getByRole("button", { name: "Yes, erase it" }));
  expect(erased).toEqual(["DELETE /api/interviews/i1/recording"]);
});

test("what was not erased is not shown as if it were", async () => {
  signInAs("admin");
  await show(RECORDED);
  eraseReply = () => Response.json({ code: "database_unavailable", message: "" }, { status: 503 });
  await userEvent.click(screen.getByRole("button", { name: "Erase the recording" }));
  await userEvent.click(screen.getByRole("button", { name: "Yes, erase it" }));
  expect(await screen.findByRole("alert")).not.toHaveTextContent(/cannot be undone/);
  expect(screen.getByRole("button", { name: "Yes, erase it" })).toBeEnabled();
});

test("a recruiter is not offered to erase", async () => {
  signInAs("recruiter");
  await show(RECORDED);
  expect(screen.queryByRole("button", { name: "Erase the recording" })).toBeNull();
});

test("nobody is offered to erase what is gone already", async () => {
  signInAs("admin");
  await show({ ...RECORDED, recording: { agreed: true, seconds: 0, stopped: "", erased_at: "2026-11-23T10:00:00Z" } });
  expect(screen.queryByRole("button", { name: "Erase the recording" })).toBeNull();
});
