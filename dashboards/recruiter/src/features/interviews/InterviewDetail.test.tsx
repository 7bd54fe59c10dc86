import type { Interview } from "@interview/api-client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { beforeEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { InterviewDetail } from "./InterviewDetail";
import { SAMPLE } from "./interview-sample";

const NODES = [{ node_id: "node-1", display_name: "Busan, room 2" }];
const RENEWED = { join_code: "ABCD2345", join_code_expires_at: "2026-11-22T12:00:00Z" };

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
    if (url.endsWith("/nodes")) return Promise.resolve(Response.json(NODES));
    if (url.endsWith("/join-code")) return Promise.resolve(Response.json(RENEWED));
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

test("an answer that was not heard clearly says so where it stands, and is the reason", async () => {
  const transcript = SAMPLE.transcript.map((asked) => ({ ...asked, turns: asked.turns.map((turn) => ({ ...turn, heard_clearly: false })) }));
  const competencies = SAMPLE.competencies.map((each) =>
    each.abstention ? { ...each, abstention: { ...each.abstention, reason: "not_heard_clearly" } } : each,
  );
  await show({ ...SAMPLE, transcript, competencies });
  expect(screen.getByText("Not heard clearly")).toBeInTheDocument();
  const card = within(screen.getByRole("article", { name: "Teamwork" }));
  expect(card.getByText(/was not heard clearly/)).toBeInTheDocument();
});

test("what another seed changes is said, for a rule and for a model", async () => {
  await show({
    ...SAMPLE,
    competencies: SAMPLE.competencies.map((each) =>
      each.rating ? { ...each, rating: { ...each.rating, prompt_version: "rating/4-by-rule-en" } } : each,
    ),
  });
  expect(screen.getByText(/the rule counts what the answers hold/)).toBeInTheDocument();
  expect(screen.queryByText("Not heard clearly")).not.toBeInTheDocument();
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
  expect(screen.getByText("The model chose a part of the answer and one of the prepared questions.")).toBeVisible();
  expect(screen.getByText("1.2 seconds")).toBeVisible();
  expect(screen.getByText("follow-up/2-ko-chosen")).not.toBeVisible();
  await openDetails(screen.getByText("How this question came about"));
  expect(screen.getByText("follow-up/2-ko-chosen")).toBeVisible();
  expect(screen.getByText("812 asked (700 from memory), 23 answered")).toBeVisible();
  expect(screen.getByText("왜요?")).toBeVisible();
  expect(screen.getByText("The model’s question was too short.")).toBeVisible();
});

/** Opens the technical details inside the disclosure of `summary`. */
async function openDetails(summary: HTMLElement) {
  const outer = summary.closest("details");
  if (!outer) throw new Error("no disclosure");
  await userEvent.click(within(outer).getByText("Technical details"));
}

test("names made for programs are shown to whoever asks for them only", async () => {
  const id = "0b0e6b0e-7d4b-4d41-9d8a-6d2f6f1c9f55";
  const [exchange] = SAMPLE.transcript;
  if (!exchange) throw new Error("no exchange");
  const sources = [{ kind: "corpus", reference: id, text: "무엇을 하셨나요?" }];
  await show({ ...SAMPLE, transcript: [{ ...exchange, question: { ...exchange.question, sources } }] });
  expect(await screen.findByText("Busan, room 2")).toBeVisible();
  await userEvent.click(screen.getByText("Grounded on (1)"));
  expect(screen.getByText("무엇을 하셨나요?")).toBeVisible();
  expect(screen.getByText(id)).not.toBeVisible();
  await openDetails(screen.getByText("Grounded on (1)"));
  expect(screen.getByText(id)).toBeVisible();
  for (const program of ["node-1", "r1"]) expect(screen.getByText(program)).not.toBeVisible();
});

test.each([
  ["scheduled", { opened_at: null, visits: 0 }, { status: "open", opened_at: "2026-11-22T10:00:00Z" }],
  ["running", { visits: 1 }, { visits: 2 }],
] as const)("a new code for an interview that is %s is shown until somebody comes in", async (status, before, after) => {
  const made: Interview = { ...SAMPLE, status, closed_at: null, close_reason: "", ...before };
  let send: (interview: Interview) => void = () => undefined;
  const stream = () => {
    const body = new ReadableStream({
      start(controller) {
        send = (interview) => controller.enqueue(new TextEncoder().encode(`event: changed\ndata: ${JSON.stringify(interview)}\n\n`));
      },
    });
    return new Response(body);
  };
  await show(made, stream);
  await userEvent.click(screen.getByRole("button", { name: "New join code" }));
  await userEvent.click(screen.getByRole("button", { name: "Make a new code" }));
  expect(await screen.findByText("ABCD-2345")).toBeVisible();
  send({ ...made, events: made.events + 1 });
  expect(screen.getByText("ABCD-2345")).toBeVisible();
  send({ ...made, ...after });
  expect(await screen.findByText(/has come in since/)).toBeVisible();
  expect(screen.queryByText("ABCD-2345")).toBeNull();
  expect(screen.getByRole("button", { name: "New join code" })).toBeVisible();
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
