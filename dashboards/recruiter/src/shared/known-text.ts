import type { Translate } from "@interview/design";
import { en } from "./i18n/en";
import type { Key } from "./i18n";

/** The translation of a server's code under `group`, or the code itself when this page does not know it. */
export function knownText(t: Translate<Key>, group: string, code: string): string {
  const key = `${group}.${code}`;
  return key in en ? t(key as Key) : code;
}
