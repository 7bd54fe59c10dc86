import type { Interview } from "@interview/api-client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { beforeEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { InterviewDetail } from "./InterviewDetail";
import { SAMPLE } from "./interview-sample";

const scrolledTo = vi.fn();

beforeEach(() => {
  scrolledTo.mockClear();
  Element.prototype.scrollIntoView = function scrollIntoView(this: Element) {
    scrolledTo(this.textContent);
  };
});

async function show(interview: Interview, stream?: () => Response) {
  vi.spyOn(globalThis, "fetch").mockImplementation((target) => {
    const url = target instanceof Request ? target.url : String(target);
    if (!url.endsWith("/events")) return Promise.resolve(Response.json(interview));
    return stream ? Promise.resolve(stream()) : new Promise<Response>(() => undefined);
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

test("a rating shows its level, the anchor and the quotes", async () => {
  await show(SAMPLE);
  const card = within(screen.getByRole("article", { name: "Ownership" }));
  expect(card.getByText("Level 3 of 4")).toBeInTheDocument();
  expect(card.getByText("Looks for the cause.")).toBeInTheDocument();
});

test("an abstention gives its reason and no number at all", async () => {
  await show(SAMPLE);
  const card = screen.getByRole("article", { name: "Teamwork" });
  expect(within(card).getByText("Not enough evidence")).toBeInTheDocument();
  expect(within(card).getByText(/Too few passages/)).toBeInTheDocument();
  expect(card.textContent).not.toMatch(/\d/);
});

test("an interview that was declined is not assessed and shows no lack of evidence", async () => {
  await show({ ...SAMPLE, status: "reviewed", close_reason: "declined", closed_at: "2026-01-01T00:00:00Z", transcript: [] });
  expect(screen.getByText("Nothing was said in this interview.")).toBeInTheDocument();
  expect(screen.getByText(/the interview did not take place/)).toBeInTheDocument();
  expect(screen.queryByText("Not enough evidence")).not.toBeInTheDocument();
});

test("clicking a quote scrolls to exactly its words, and again when clicked again", async () => {
  await show(SAMPLE);
  const [quote] = within(screen.getByRole("article", { name: "Ownership" })).getAllByRole("button", { name: "“로그를 모았습니다”" });
  if (!quote) throw new Error("no quote");
  await userEvent.click(quote);
  await userEvent.click(quote);
  expect(scrolledTo.mock.calls).toEqual([["로그를 모았습니다"], ["로그를 모았습니다"]]);
  expect(quote).toHaveAttribute("aria-pressed", "true");
});

test("the question's kind and what it rests on can be seen", async () => {
  await show(SAMPLE);
  expect(screen.getByText("Follow-up")).toBeInTheDocument();
  await userEvent.click(screen.getByText("Grounded on (1)"));
  expect(screen.getByText("데이터 엔지니어")).toBeVisible();
});

test("how a question came about can be seen, with what was refused", async () => {
  await show(SAMPLE);
  await userEvent.click(screen.getByText("How this question came about"));
  expect(screen.getByText("no answer to give")).toBeVisible();
  expect(screen.getByText("a reason, a result")).toBeVisible();
  expect(screen.getByText("follow-up/2-ko-chosen")).toBeVisible();
  expect(screen.getByText("812 asked (700 from memory), 23 answered")).toBeVisible();
  expect(screen.getByText("왜요?")).toBeVisible();
  expect(screen.getByText("The model’s question was too short.")).toBeVisible();
});

test("how long the candidate waited after an answer can be seen, part by part", async () => {
  await show(SAMPLE);
  const waited = "Waited 2500 ms: end of the answer 1200, hearing 300, next question 900, voice 100";
  expect(screen.getByText(waited)).toBeInTheDocument();
});

test("a rating shows its repeats, their spread and the weight; strengths rest on quotes", async () => {
  await show(SAMPLE);
  const card = within(screen.getByRole("article", { name: "Ownership" }));
  expect(card.getByText(/Rated 3 times.*3 · 4 · –.*Spread: 1/)).toBeInTheDocument();
  expect(card.getByText("Weight in the score: 60 %")).toBeInTheDocument();
  const strengths = within(screen.getByRole("region", { name: "Strengths" }));
  expect(strengths.getByRole("button", { name: "“로그를 모았습니다”" })).toBeInTheDocument();
});

test("a running interview grows by the stream", async () => {
  const running: Interview = { ...SAMPLE, status: "running", transcript: [], competencies: [], summary: null, score: null };
  const grown: Interview = { ...running, transcript: SAMPLE.transcript };
  await show(running, () => new Response(`event: changed\ndata: ${JSON.stringify(grown)}\n\n`));
  expect(await screen.findByText("무엇을 바꾸었나요?")).toBeInTheDocument();
});

test("an interview that came late says so, and what else is wrong with its record", async () => {
  await show({ ...SAMPLE, late: true, delay_ms: 5_400_000, missing_facts: 2, clock_error_ms: -10_800_000, clock_wrong: true });
  expect(screen.getByText(/came late.*up to 1\.5 hours/)).toBeInTheDocument();
  expect(screen.getByText(/2 part\(s\) of the record could not be read/)).toBeInTheDocument();
  expect(screen.getByText(/clock was 3 hours behind/)).toBeInTheDocument();
});

test("one that was seen live says nothing of it", async () => {
  await show(SAMPLE);
  expect(screen.queryByText(/came late|could not be read|clock was/)).toBeNull();
});

const TERMS = /\b(?:sha256|AI|DB|PDF|JSON)\b/g;

test("a Korean interview is shown in Korean: no English but names, versions and technical terms", async () => {
  sessionStorage.setItem("language", "ko");
  const korean: Interview = {
    ...SAMPLE,
    candidate_name: "Jisoo Kim",
    job_title: "데이터 기술자",
    company_name: "한빛",
    engines: ["language", "stt", "tts", "vad", "end_of_turn", "face"].map((role) => ({ role, name: "", profile: "", digest: "" })),
    competencies: SAMPLE.competencies.map((each) => ({
      ...each,
      name: "책임감",
      definition: "끝까지 해낸다.",
      rating: each.rating && { ...each.rating, anchor_text: "원인을 찾는다.", rationale: "직접 쟀다." },
    })),
    summary: SAMPLE.summary && {
      ...SAMPLE.summary,
      text: "로그를 모았습니다.",
      strengths: SAMPLE.summary.strengths.map((each) => ({ ...each, text: "책임감: 원인을 찾는다." })),
    },
  };
  await show(korean);
  for (const details of document.querySelectorAll("details")) details.open = true;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const english: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const inCode = node.parentElement?.closest("code, dd") ?? null;
    const text = (node.textContent ?? "").replaceAll("Jisoo Kim", "").replaceAll("node-1", "").replaceAll(TERMS, "");
    if (inCode === null && /[A-Za-z]{2,}/.test(text)) english.push(text.trim());
  }
  expect(english).toEqual([]);
  expect(screen.getByText("이 질문이 나온 과정")).toBeInTheDocument();
  sessionStorage.clear();
});
