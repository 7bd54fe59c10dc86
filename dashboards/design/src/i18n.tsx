import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";

export const LANGUAGES = ["en", "ko"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Dictionary = Record<string, string>;
export type Values = Record<string, string | number>;
export type Translate<K extends string> = (key: K, values?: Values) => string;

const CHOICE_KEY = "language";
const OWN_NAMES: Record<Language, string> = { en: "English", ko: "한국어" };

/** Whether a person picked the language, or it was derived from the browser or the interview. */
interface Choice {
  language: Language;
  picked: boolean;
}

function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The first of the browser's languages that the pages speak; English otherwise. */
export function preferredLanguage(tags: readonly string[]): Language {
  return tags.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";
}

function initialChoice(): Choice {
  const stored = sessionStorage.getItem(CHOICE_KEY);
  return isLanguage(stored)
    ? { language: stored, picked: true }
    : { language: preferredLanguage(navigator.languages), picked: false };
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Provider, hook and switch over one pair of dictionaries with the same keys. */
export function createI18n<D extends Dictionary>(dictionaries: { en: D; ko: Record<keyof D, string> }) {
  type Key = keyof D & string;
  interface I18n {
    language: Language;
    t: Translate<Key>;
    /** A person's choice; wins over every suggestion. */
    pick: (language: Language) => void;
    /** Used until a person picks: the interview's own language, say. */
    suggest: (language: string) => void;
  }
  const Context = createContext<I18n | null>(null);

  function LanguageProvider({ children }: { children: ReactNode }) {
    const [choice, setChoice] = useState(initialChoice);
    const { language } = choice;
    useEffect(() => {
      document.documentElement.lang = language;
    }, [language]);
    const value = useMemo<I18n>(
      () => ({
        language,
        t: (key, values = {}) => fill(dictionaries[language][key], values),
        pick: (picked) => {
          sessionStorage.setItem(CHOICE_KEY, picked);
          setChoice({ language: picked, picked: true });
        },
        suggest: (suggested) => {
          if (isLanguage(suggested)) setChoice((now) => (now.picked ? now : { language: suggested, picked: false }));
        },
      }),
      [language],
    );
    return <Context.Provider value={value}>{children}</Context.Provider>;
  }

  function useI18n(): I18n {
    const value = useContext(Context);
    if (!value) throw new Error("useI18n outside LanguageProvider");
    return value;
  }

  function LanguageSwitch() {
    const { language, pick } = useI18n();
    return (
      <div className="language-switch" role="group" aria-label="Language / 언어">
        {LANGUAGES.map((each) => (
          <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => pick(each)}>
            {OWN_NAMES[each]}
          </button>
        ))}
      </div>
    );
  }

  return { LanguageProvider, LanguageSwitch, useI18n };
}
