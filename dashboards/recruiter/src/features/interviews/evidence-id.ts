import type { Evidence, Interview } from "@interview/api-client";
import type { Span } from "./highlight";

export function evidenceId(evidence: Evidence): string {
  return `${evidence.turn_id} ${evidence.start_char} ${evidence.end_char}`;
}

/** Every quoted span of one turn, over summary and ratings; the same span quoted twice appears once. */
export function spansOfTurn(interview: Interview, turnId: string): Span[] {
  const rated = interview.competencies.flatMap(({ rating }) => rating?.evidence ?? []);
  const quoted = [...(interview.summary?.evidence ?? []), ...rated];
  const spans = quoted
    .filter((each) => each.turn_id === turnId)
    .map((each) => ({ id: evidenceId(each), start: each.start_char, end: each.end_char }));
  return [...new Map(spans.map((span) => [span.id, span])).values()];
}
