import { useMemo } from "react";
import { useI18n } from "./i18n";

/** Dates and numbers as the chosen language writes them. */
export function useFormat() {
  const { language } = useI18n();
  return useMemo(() => {
    const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    const scores = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    return {
      date: (iso: string | null | undefined) => (iso ? dates.format(new Date(iso)) : "–"),
      /** `score` in [0, 100]. */
      score: (score: number) => `${scores.format(score)} / 100`,
      /** Minutes and seconds since the start, from milliseconds. */
      clock: (milliseconds: number) => {
        const seconds = Math.floor(milliseconds / 1000);
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      },
    };
  }, [language]);
}
