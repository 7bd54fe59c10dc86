export { createErrorBoundary } from "./error-boundary";
export { createI18n, LANGUAGES, preferredLanguage } from "./i18n";
export type { Dictionary, Language, Translate, Values } from "./i18n";
export { useAsked } from "./use-asked";
export { useEscape } from "./use-escape";
