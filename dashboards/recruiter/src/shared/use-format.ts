import { useMemo } from "react";
import { useI18n } from "./i18n";

/** Dates and numbers as the chosen language writes them. */
export function useFormat() {
  const { language } = useI18n();
  return useMemo(() => {
    const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    const scores = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    const amount = (unit: "second" | "minute" | "hour" | "day", value: number) =>
      new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 }).format(value);
    return {
      date: (iso: string | null | undefined) => (iso ? dates.format(new Date(iso)) : "–"),
      /** `score` in [0, 100]. */
      score: (score: number) => `${scores.format(score)} / 100`,
      /** A length of time in the unit that suits it, from milliseconds; its sign is left out. */
      duration: (milliseconds: number) => {
        const seconds = Math.abs(milliseconds) / 1000;
        if (seconds < 60) return amount("second", seconds);
        if (seconds < 3600) return amount("minute", Math.round(seconds / 60));
        return seconds < 48 * 3600 ? amount("hour", seconds / 3600) : amount("day", seconds / 86_400);
      },
      /** Minutes and seconds since the start, from milliseconds. */
      clock: (milliseconds: number) => {
        const seconds = Math.floor(milliseconds / 1000);
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      },
    };
  }, [language]);
}
