// Takes moments, gives them in words, in the reader's language and time zone. `now` is handed in.

import { speech, t } from "./t.svelte";

/** Dates as they are written here: "23 November 2026" in English, whatever the side of the ocean. */
const WRITTEN = (language: string) => (language === "en" ? "en-GB" : language);
/** The narrow form is "-5 h" in French, which reads as a subtraction. */
const AGO = (language: string) => (language === "en" ? "narrow" : "short");

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "3 h ago", "il y a 3 h"; past a week, the date. */
export function age(moment: number, now: number): string {
  const passed = now - moment;
  const format = relative();
  if (passed < HOUR) return format.format(-Math.max(0, Math.floor(passed / MINUTE)), "minute");
  if (passed < DAY) return format.format(-Math.floor(passed / HOUR), "hour");
  if (passed < 7 * DAY) return format.format(-Math.floor(passed / DAY), "day");
  return date(moment);
}

/** "in 40 min", "dans 40 min". A moment that has passed is "in 0 min". */
export function until(moment: number, now: number): string {
  const left = Math.max(0, moment - now);
  const format = relative();
  if (left < HOUR) return format.format(Math.ceil(left / MINUTE), "minute");
  if (left < DAY) return format.format(Math.round(left / HOUR), "hour");
  return format.format(Math.round(left / DAY), "day");
}

/** "12 November 2026". */
export function date(moment: number): string {
  return dates().format(moment);
}

/** A day of the contract (`2026-11-23`) as the head of a paper: "Monday 23 November 2026". */
export function dayHead(day: string): string {
  const [year = 1970, month = 1, dayOfMonth = 1] = day.split("-").map(Number);
  const noon = new Date(year, month - 1, dayOfMonth, 12);
  const said = new Intl.DateTimeFormat(WRITTEN(speech.language), {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(noon);
  // The day stays with its month, whatever the width.
  return said.replace(/(\d+) (\p{L}+) (\d+)/u, "$1\u00a0$2\u00a0$3");
}

/** The day of a moment where the reader is, as the contract writes it: `2026-11-23`. */
export function dayOf(moment: number): string {
  const at = new Date(moment);
  const two = (count: number) => String(count).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Seconds of reading as "4 min", begun minutes counted, as the terminal does. */
export function readingTime(seconds: number): string {
  return t("ui.time.reading", { count: Math.max(1, Math.ceil(seconds / 60)) });
}

/** How much of a story's time is listening, or that nobody says how much; nothing where there is nothing to hear. */
export function listening(seconds: number, unmeasured: boolean): string | null {
  if (seconds > 0) return t("ui.time.listening", { count: Math.ceil(seconds / 60) });
  return unmeasured ? t("ui.time.unmeasured") : null;
}

/** Makes a format once for each language and time zone, which may change under an open window: a page of rows asks for
 *  hundreds, and each takes longer to make than a row to draw. */
function kept<Format>(make: (language: string) => Format): () => Format {
  const formats = new Map<string, Format>();
  return () => {
    const key = `${speech.language} ${new Date().getTimezoneOffset()}`;
    const format = formats.get(key) ?? make(speech.language);
    formats.set(key, format);
    return format;
  };
}

const dates = kept((language) => new Intl.DateTimeFormat(WRITTEN(language), { dateStyle: "long" }));
const relative = kept((language) => new Intl.RelativeTimeFormat(language, { numeric: "auto", style: AGO(language) }));
