import type { Interview } from "@interview/api-client";

const ANSWER = "실패를 😀 줄이려고 한 달 동안 로그를 모았습니다.";
const QUOTE = "로그를 모았습니다";
const START = Array.from(ANSWER.slice(0, ANSWER.indexOf(QUOTE))).length;

/** A reviewed interview with one rated and one abstained competency, for tests. */
export const SAMPLE: Interview = {
  interview_id: "i1",
  status: "reviewed",
  language: "ko",
  candidate_id: "c1",
  candidate_name: "Jisoo Kim",
  job_id: "j1",
  job_title: "Data engineer",
  company_name: "Hanbit",
  node_id: "node-1",
  room_url: "https://room.test/",
  join_code_expires_at: "2026-11-22T10:00:00Z",
  created_at: "2026-11-22T10:00:00Z",
  opened_at: "2026-11-22T10:00:00Z",
  closed_at: "2026-11-22T10:20:00Z",
  close_reason: "completed",
  visits: 1,
  consents: ["interview"],
  kit: { kit_id: "k1", rubric_version: "r1", stages: [] },
  transcript: [
    {
      question: {
        id: "q1",
        kind: "follow_up",
        stage_id: "s1",
        text: "무엇을 바꾸었나요?",
        sources: [{ kind: "resume", reference: "경력", text: "데이터 엔지니어" }],
        fallback_reason: "",
        asked_at_ms: 65_000,
        interrupted_at_ms: null,
        lead_in: "괜찮습니다.",
        answer_read_as: "refusal",
        lacking: ["reason", "result"],
        prompt_version: "follow-up/2-ko-chosen",
        model_digest: "cd".repeat(32),
        seed: 7,
        language_ms: 1234,
        refused: [{ text: "왜요?", reason: "too_short", seed: 7 }],
      },
      turns: [{ turn_id: "t1", text: ANSWER, mode: "spoken", start_ms: 70_000, end_ms: 80_000, words: [] }],
    },
  ],
  competencies: [
    {
      id: "own",
      name: "Ownership",
      definition: "Sees it through.",
      weight: 60,
      rating: {
        level: 3,
        levels: 4,
        rationale: "Measured it.",
        anchor_text: "Looks for the cause.",
        evidence: [{ turn_id: "t1", quote: QUOTE, start_char: START, end_char: START + QUOTE.length }],
        evidence_refused: 0,
        prompt_version: "p1",
        rubric_version: "r1",
        model_digest: "ab",
        spread: 1,
        repeated: [
          { seed: 1, level: 3, reason: "", evidence: [] },
          { seed: 2, level: 4, reason: "", evidence: [] },
          { seed: 3, level: null, reason: "no_evidence", evidence: [] },
        ],
      },
      abstention: null,
    },
    {
      id: "team",
      name: "Teamwork",
      definition: "Works with others.",
      weight: null,
      rating: null,
      abstention: { reason: "too_little_evidence", evidence_refused: 2, spread: 0, repeated: [] },
    },
  ],
  summary: {
    text: "A month of logs.",
    evidence: [],
    prompt_version: "summary/1-listed",
    model_digest: "",
    strengths: [
      {
        competency_id: "own",
        text: "Ownership: looks for the cause.",
        evidence: [{ turn_id: "t1", quote: QUOTE, start_char: START, end_char: START + QUOTE.length }],
      },
    ],
    improvements: [],
  },
  score: 67,
  engines: [],
  events: 12,
  turn_gaps: [],
};
