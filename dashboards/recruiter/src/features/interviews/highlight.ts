/** Character spans of the server count code points; JavaScript strings count UTF-16 units. */

export interface Span {
  /** Names the piece of evidence. */
  id: string;
  /** Half-open, in code points of the turn's text. */
  start: number;
  end: number;
}

export interface Segment {
  text: string;
  /** The spans that cover this segment. */
  ids: string[];
}

/** `text` cut at every span's ends, in order; overlapping spans share segments. Spans outside the text are dropped. */
export function segments(text: string, spans: readonly Span[]): Segment[] {
  const characters = Array.from(text);
  const valid = spans.filter(({ start, end }) => start >= 0 && start < end && end <= characters.length);
  const cuts = new Set([0, characters.length, ...valid.flatMap(({ start, end }) => [start, end])]);
  const ends = [...cuts].sort((a, b) => a - b);
  return ends.slice(1).map((end, index) => {
    const start = ends[index] ?? 0;
    const ids = valid.filter((span) => span.start <= start && end <= span.end).map(({ id }) => id);
    return { text: characters.slice(start, end).join(""), ids };
  });
}
