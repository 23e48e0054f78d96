// Takes a key of the catalogue and its values, gives the sentence in the reader's language.
// The same rules as the Rust side: `{name}` is replaced, `count` chooses between `.one` and `.other`.

import type { Phrase, Value } from "../backend/contract";
import en from "./en.json";
import fr from "./fr.json";

export type Language = "en" | "fr";
type Entry = keyof typeof en;
type Stem<K> = K extends `${infer S}.one` | `${infer S}.other` ? S : never;
/** Every key that a view may name: a sentence, or the stem of its plural forms. */
export type Key = Entry | Stem<Entry>;
export type Values = Record<string, Value>;

const catalogues: Record<Language, Record<string, string>> = { en, fr };

class Speech {
  language: Language = $state("en");

  speak(language: string): void {
    this.language = language.startsWith("fr") ? "fr" : "en";
    document.documentElement.lang = this.language;
  }
}

export const speech = new Speech();

export function t(key: Key, values: Values = {}): string {
  return say(key, values);
}

/** A phrase that the engine gave: its key is known to the catalogue (a test of the engine holds it). */
export function phrase(given: Phrase): string {
  return say(given.key, given.values ?? {});
}

/** The sentence of a key that may have none (not every problem has a remedy). */
export function maybe(key: string, values: Values = {}): string | null {
  return find(speech.language, key, values) || find("en", key, values) ? say(key, values) : null;
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(speech.language, { maximumFractionDigits: digits }).format(value);
}

/** A size on the disk as the terminal says it: "12.3 MB", « 12,3 Mo ». */
export function size(bytes: number): string {
  if (bytes < 1000) return t("size.bytes", { count: bytes, number: bytes });
  const units = ["size.kilobytes", "size.megabytes", "size.gigabytes"] as const;
  const at = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3) - 1);
  return t(units[at] ?? "size.gigabytes", { number: bytes / 1000 ** (at + 1) });
}

function say(key: string, values: Values): string {
  const sentence = find(speech.language, key, values) ?? find("en", key, values) ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value, 1) : value;
  });
}

function find(language: Language, key: string, values: Values): string | undefined {
  const count = values["count"];
  const plain = catalogues[language][key];
  if (typeof count !== "number") return plain;
  // French counts nothing as one: « 0 article ».
  const one = language === "fr" ? Math.abs(count) < 2 : count === 1;
  return catalogues[language][`${key}.${one ? "one" : "other"}`] ?? plain;
}
