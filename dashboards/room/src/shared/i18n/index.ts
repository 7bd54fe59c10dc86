import { createI18n } from "@interview/design";
import { en } from "./en";
import { ko } from "./ko";

export const { LanguageProvider, LanguageSwitch, useI18n } = createI18n({ en, ko });
export type Key = keyof typeof en;
