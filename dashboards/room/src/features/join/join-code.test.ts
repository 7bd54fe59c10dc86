import { expect, test } from "vitest";
import { codeProblem, displayCode, normaliseCode } from "./join-code";

test.each([
  ["abcd-efgh", "ABCDEFGH"],
  [" ab cd – ef gh ", "ABCDEFGH"],
  ["oil1-0OIL", "01110011"],
  ["ａｂｃｄ１２３４", "ABCD1234"],
])("%s is read as %s", (typed, code) => {
  expect(normaliseCode(typed)).toBe(code);
});

test("the input shows groups of four and stops at eight", () => {
  expect(displayCode("abcd")).toBe("ABCD");
  expect(displayCode("abcde")).toBe("ABCD-E");
  expect(displayCode("abcd-efgh99")).toBe("ABCD-EFGH");
});

test("problems are told apart", () => {
  expect(codeProblem("ABCD-EFG")).toBe("join.incomplete");
  expect(codeProblem("ABCD-EFGU")).toBe("join.badCharacter");
  expect(codeProblem("코드")).toBe("join.badCharacter");
  expect(codeProblem("abcd efgh")).toBeNull();
});
