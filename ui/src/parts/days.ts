// Takes days and months as the contract writes them (`2026-11-23`, `2026-11`), gives them in the reader's language.

import { speech } from "../lib/i18n/t.svelte";

const WRITTEN = (language: string) => (language === "en" ? "en-GB" : language);
/** A Monday: the week begins there. */
const MONDAY = new Date(2024, 0, 1, 12);

function formatted(date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(WRITTEN(speech.language), options).format(date);
}

function noon(day: string): Date {
  const [year = 1970, month = 1, dayOfMonth = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, dayOfMonth, 12);
}

/** "23 November 2026", or "23 Nov" where there is little room. */
export function dayName(day: string, short = false): string {
  return formatted(noon(day), short ? { day: "numeric", month: "short" } : { day: "numeric", month: "long", year: "numeric" });
}

/** "Nov 2026". */
export function monthName(month: string): string {
  return formatted(noon(`${month}-01`), { month: "short", year: "numeric" });
}

/** The days of the week from Monday. */
export function weekdays(style: "long" | "short"): string[] {
  return Array.from({ length: 7 }, (_, at) => formatted(new Date(MONDAY.getTime() + at * 86_400_000), { weekday: style }));
}
