// Takes everything that has a name and what was typed, gives what is meant, best first. Pure: nothing is done here.

import { fit, fold } from "./fuzzy";

export type Kind = "act" | "go" | "setting" | "source" | "folder" | "starred" | "digest" | "saved" | "search";

/** Something that can be chosen by its name. */
export type Choice = {
  /** Unique among the choices, the same from day to day: what was used is remembered by it. */
  id: string;
  kind: Kind;
  name: string;
  /** What else it is called: an address, the source of a post. */
  also?: string;
  /** The keys that do the same. */
  strokes: readonly string[];
  run: () => unknown;
};

/** So many are shown: who looks for one types one more letter. */
export const MOST = 50;

/** What is reached by name before one has typed: all that is not some of thousands. */
const UNASKED: readonly Kind[] = ["act", "go"];
/** With equal words, what one does comes before what one has. */
const FIRST: Record<Kind, number> = { go: 8, act: 6, setting: 5, source: 5, folder: 4, saved: 5, digest: 2, starred: 0, search: 0 };
/** What was used lately wins among what fits nearly as well. */
const USED = 12;

/** Folded names, so that each is folded once for all that is typed. */
export type Named = Choice & { folded: string; foldedAlso: string };

export function named(choices: Choice[]): Named[] {
  return choices.map((choice) => ({ ...choice, folded: fold(choice.name), foldedAlso: fold(choice.also ?? "") }));
}

/** The choices that fit what was typed; without a word those used lately, then every act and screen. */
export function choose(choices: Named[], typed: string, recent: readonly string[]): Choice[] {
  const words = fold(typed).trim();
  const lately = new Map(recent.map((id, at) => [id, at]));
  if (words === "") {
    const used = choices.filter(({ id }) => lately.has(id)).sort((a, b) => (lately.get(a.id) ?? 0) - (lately.get(b.id) ?? 0));
    return [...used, ...choices.filter(({ id, kind }) => UNASKED.includes(kind) && !lately.has(id))];
  }
  const found: { choice: Choice; worth: number; at: number }[] = [];
  choices.forEach((choice, at) => {
    const byName = fit(words, choice.folded);
    // By another of its names it is found too, after all that are called so.
    const worth = byName ?? (choice.foldedAlso ? fit(words, `${choice.folded} ${choice.foldedAlso}`, false) : null);
    if (worth === null) return;
    const used = lately.has(choice.id) ? USED : 0;
    found.push({ choice, worth: worth + FIRST[choice.kind] + used - (byName === null ? 40 : 0), at });
  });
  found.sort((a, b) => b.worth - a.worth || a.at - b.at);
  return found.slice(0, MOST).map(({ choice }) => choice);
}
