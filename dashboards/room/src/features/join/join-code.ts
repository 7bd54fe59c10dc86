/** Join codes: 8 characters of Crockford's base 32, written XXXX-XXXX. */

export const CODE_LENGTH = 8;
const ALPHABET = /^[0-9A-HJKMNP-TV-Z]*$/;

/** What was typed, upper-cased, without separators, look-alikes resolved (O is 0; I and L are 1). */
export function normaliseCode(typed: string): string {
  return typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–—_.·]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

/** For the input: normalised, at most 8 characters, a dash after the fourth. */
export function displayCode(typed: string): string {
  const code = normaliseCode(typed).slice(0, CODE_LENGTH);
  return code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}

export type CodeProblem = "join.incomplete" | "join.badCharacter";

export function codeProblem(typed: string): CodeProblem | null {
  const code = normaliseCode(typed);
  if (!ALPHABET.test(code)) return "join.badCharacter";
  return code.length === CODE_LENGTH ? null : "join.incomplete";
}
