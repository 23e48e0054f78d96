// Takes a key of the catalogue and its values, gives the sentence in the reader's language.
// The same rules as the Rust side: `{name}` is replaced, `count` chooses among the plural forms of the language (`.one`,
// `.other`, and `.few`, `.many`… where it has them), as Intl knows them.
//
// One more language is one more file beside en.json, named by its code (`de.json`): it is found by itself. What it lacks is
// said in English (`catalogues` in vite.config.ts fills it in). The terminal's side is one more line in crates/pepites-engine/src/catalogue.rs.

import type { Phrase, Value } from "../backend/contract";
import type en from "./en.json";

/** The code of a language (ISO 639-1) that has a file here. */
export type Language = string;
type Entry = keyof typeof en;
type Stem<K> = K extends `${infer S}.one` | `${infer S}.other` ? S : never;

/** Every key that a view may name: a sentence, or the stem of its plural forms. */
export type Key = Entry | Stem<Entry>;
export type Values = Record<string, Value>;

// As text, each a file of its own: what is not spoken is not read, and the program is no longer by all that it may say.
const files = import.meta.glob<string>("./*.json", { query: "?raw", import: "default" });
const codes = Object.keys(files).map((path) => path.replace(/^\.\/|\.json$/g, ""));
const catalogues = new Map<Language, Record<string, string>>();

/** Makes what the window says in a language ready to be said; whether there is such a language. A second time is free. */
export async function learn(language: Language): Promise<boolean> {
  const text = await files[`./${language}.json`]?.();
  if (text !== undefined && !catalogues.has(language)) catalogues.set(language, JSON.parse(text) as Record<string, string>);
  return text !== undefined;
}

/** The language of a locale ("fr_CA", "en-GB") that the window speaks: of one that it does not, English. */
export function spoken(locale: string): Language {
  const code = locale.split(/[-_.@]/)[0]?.toLowerCase() ?? "";
  return codes.includes(code) ? code : "en";
}

/** Every language that there is a file of, English first. */
export const LANGUAGES: readonly Language[] = ["en", ...codes.filter((code) => code !== "en").sort()];

/** What a language calls itself. */
export function nameOf(language: Language): string {
  const name = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

class Speech {
  language: Language = $state("en");
  #wanted: Language = "en";

  /** Goes over to the language of a locale, once it is there; `then` hears that it is spoken, `unread` that its file cannot be
   *  read: what was spoken so far goes on. */
  speak(locale: string, then?: () => void, unread?: (language: Language) => void): void {
    const language = spoken(locale);
    this.#wanted = language;
    const settle = () => {
      // Another was asked for in the meantime.
      if (this.#wanted !== language) return;
      this.language = language;
      document.documentElement.lang = language;
      then?.();
    };
    if (catalogues.has(language)) settle();
    else void learn(language).then(settle, () => this.#wanted === language && unread?.(language));
  }
}

export const speech = new Speech();

export function t(key: Key, values: Values = {}): string {
  return say(key, values);
}

/** The longest name that a sentence about what was done holds whole: what became of it stands after the name. */
const LONGEST_NAME = 48;

/** What was just done, in a sentence that fits into two lines: names are shortened, never the sentence. */
export function told(key: Key, values: Values = {}): string {
  const short = ([name, value]: [string, Value]): [string, Value] => [name, typeof value === "string" ? shortened(value) : value];
  return say(key, Object.fromEntries(Object.entries(values).map(short)));
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join("").trimEnd()}…` : name;
}

/** A phrase that the engine gave: its key is known to the catalogue (a test of the engine holds it). */
export function phrase(given: Phrase): string {
  return say(given.key, given.values ?? {});
}

/** The sentence of a key that may have none (not every problem has a remedy). */
export function maybe(key: string, values: Values = {}): string | null {
  return find(key, values) ? say(key, values) : null;
}

const numbers = new Map<string, Intl.NumberFormat>();

export function number(value: number, digits = 0): string {
  // Made once: a page of rows asks for hundreds, and each takes longer to make than a row to draw.
  const key = `${speech.language} ${digits}`;
  const known = numbers.get(key) ?? new Intl.NumberFormat(speech.language, { maximumFractionDigits: digits });
  numbers.set(key, known);
  return known.format(value);
}

/** A size on the disk as the terminal says it: "12.3 MB", « 12,3 Mo ». */
export function size(bytes: number): string {
  if (bytes < 1000) return t("size.bytes", { count: bytes, number: bytes });
  const units = ["size.kilobytes", "size.megabytes", "size.gigabytes"] as const;
  const at = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3) - 1);
  return t(units[at] ?? "size.gigabytes", { number: bytes / 1000 ** (at + 1) });
}

const rules = new Map<Language, Intl.PluralRules>();

/** The plural form of a count. */
function form(language: Language, count: number): Intl.LDMLPluralRule {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return known.select(count);
}

function say(key: string, values: Values): string {
  const sentence = find(key, values) ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value, 1) : value;
  });
}

function find(key: string, values: Values): string | undefined {
  const { language } = speech;
  const count = values["count"];
  const sentences = catalogues.get(language) ?? {};
  const plain = sentences[key];
  if (typeof count !== "number") return plain;
  // French counts nothing as one (« 0 article »), and has a form for millions that reads as the others do.
  return sentences[`${key}.${form(language, count)}`] ?? sentences[`${key}.other`] ?? plain;
}
