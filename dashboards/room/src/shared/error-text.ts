import { en } from "./i18n/en";
import type { Key } from "./i18n";
import { KioskError } from "./kiosk";
import type { Translate } from "@interview/design";

export function codeOf(error: unknown): string {
  return error instanceof KioskError ? error.code : "unknown";
}

/** The sentence for a stable error code; unknown codes are shown, so that a person can report them. */
export function errorText(t: Translate<Key>, code: string, seconds = 0): string {
  const key = `error.${code}`;
  return key in en ? t(key as Key, { seconds: Math.max(1, Math.ceil(seconds)) }) : t("error.unknown", { code });
}
