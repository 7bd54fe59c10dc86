import { expect, test } from "vitest";
import { en } from "./en";
import { ko } from "./ko";

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test("both languages say the same things with the same values", () => {
  expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(ko[key], key).not.toBe("");
    expect(places(ko[key]), key).toEqual(places(en[key]));
  }
});

test("every Korean string is Korean", () => {
  const untranslated = Object.entries(ko).filter(([, text]) => !/[가-힣]/.test(text));
  expect(untranslated).toEqual([]);
});
