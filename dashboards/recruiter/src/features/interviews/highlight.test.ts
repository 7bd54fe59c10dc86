import { expect, test } from "vitest";
import { segments } from "./highlight";

/** As the server counts: code points. */
const span = (id: string, text: string, quote: string) => {
  const start = Array.from(text.slice(0, text.indexOf(quote))).length;
  return { id, start, end: start + Array.from(quote).length };
};

test("a Hangul quote is cut out exactly", () => {
  const text = "매주 두 번씩 실패했습니다. 그래서 로그를 모았습니다.";
  expect(segments(text, [span("a", text, "로그를 모았습니다")])).toEqual([
    { text: "매주 두 번씩 실패했습니다. 그래서 ", ids: [] },
    { text: "로그를 모았습니다", ids: ["a"] },
    { text: ".", ids: [] },
  ]);
});

test("characters outside the basic plane before a quote do not shift it", () => {
  const text = "It failed 😀😀 twice a week.";
  expect(segments(text, [span("a", text, "twice")]).find(({ ids }) => ids.length > 0)?.text).toBe("twice");
});

test("overlapping quotes share what they share", () => {
  expect(segments("abcdef", [{ id: "x", start: 0, end: 4 }, { id: "y", start: 2, end: 6 }])).toEqual([
    { text: "ab", ids: ["x"] },
    { text: "cd", ids: ["x", "y"] },
    { text: "ef", ids: ["y"] },
  ]);
});

test("a span outside the text marks nothing and loses nothing", () => {
  expect(segments("abc", [{ id: "x", start: 2, end: 9 }])).toEqual([{ text: "abc", ids: [] }]);
});
