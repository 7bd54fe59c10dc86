import { expect, test } from "vitest";
import { SseParser } from "./sse-parser";

const STREAM = ': beat\n\nevent: changed\ndata: {"말":\ndata: "한국어"}\n\ndata:plain\n\nevent: lonely\n\n';
const EVENTS = [
  { event: "changed", data: '{"말":\n"한국어"}' },
  { event: "message", data: "plain" },
];

test.each(["\n", "\r\n", "\r"])("events survive any cut of the stream (line break %j)", (lineBreak) => {
  const text = STREAM.replaceAll("\n", lineBreak) + ":";
  for (let size = 1; size <= text.length; size += 1) {
    const parser = new SseParser();
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.slice(n * size, (n + 1) * size));
    expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(EVENTS);
  }
});

test("an unfinished event is not an event", () => {
  expect(new SseParser().push("data: half\n")).toEqual([]);
});
