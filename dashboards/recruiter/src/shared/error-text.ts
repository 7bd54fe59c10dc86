import { ApiError, codeOf } from "@interview/api-client";
import type { Translate } from "@interview/design";
import { en } from "./i18n/en";
import type { Key } from "./i18n";

/** The sentence for an error; unknown codes are shown, so that a person can report them. */
export function errorText(t: Translate<Key>, error: unknown): string {
  const code = codeOf(error);
  const seconds = error instanceof ApiError ? Math.max(1, Math.ceil(error.retryAfterSeconds)) : 1;
  const key = `error.${code}`;
  return key in en ? t(key as Key, { seconds }) : t("error.unknown", { code });
}
