// Takes what the engine gave, gives the sentences that several parts say of it.

import type { EntryView, Phrase, PostLine, Problem, StoryView } from "../lib/backend/contract";
import { maybe, phrase, speech, t } from "../lib/i18n/t.svelte";
import { age } from "../lib/i18n/when";
import { shownTitle } from "../lib/i18n/untitled";

/** Reasons that name what rules are about, and the values that do. */
const RULED: Record<string, string[]> = {
  "reason.always": ["names"],
  "reason.liked": ["names"],
  "reason.liked_lifts": ["names", "less"],
  "reason.disliked": ["names"],
};

/** What the engine calls the rule about what only relays: no word that is typed. */
const RELAYS = "\u001frelays";

/** A reason in words. */
export function reasonOf(reason: Phrase): string {
  const values = { ...reason.values };
  for (const name of RULED[reason.key] ?? []) {
    const named = values[name];
    if (typeof named !== "string") continue;
    values[name] = named.split(", ").map((one) => (one === RELAYS ? t("ui.wish.kind.relay") : one)).join(", ");
  }
  return phrase({ ...reason, values });
}

/** The reasons of an entry as one sentence: "Only here; its author writes twice a month." */
export function because(reasons: Phrase[]): string {
  if (reasons.length === 0) return "";
  const said = reasons.map(reasonOf).join(t("ui.story.and"));
  return `${said.charAt(0).toLocaleUpperCase(speech.language)}${said.slice(1)}.`;
}

/** What is wrong and, where there is one, what to do about it. */
export function troubleOf(problem: Problem): { said: string; remedy: string | null } {
  const { key, values = {} } = problem.detail;
  return {
    said: phrase(problem.detail),
    remedy: maybe(`${key}.remedy`, values) ?? maybe(`problem.${problem.code}.remedy`, values),
  };
}

/** "Le Carnet du Port · 3 h ago", without the source where it is known. */
export function origin(line: PostLine, now: number, source = true): string {
  const said = source ? [shownTitle(line.source_title), age(line.published, now)] : [age(line.published, now)];
  // Its source passed it on: whose words it is comes first.
  if (line.boosted_by !== null) said.unshift(writer(line.author)?.name ?? line.author ?? "", boosted(line));
  return said.filter(Boolean).join(" · ");
}

/** "boosted by Ada": by the name alone, which is enough in a list. */
function boosted(line: PostLine): string {
  return t("post.boosted_by", { name: writer(line.boosted_by)?.name ?? line.boosted_by ?? "" });
}

/** Who wrote a post of a microblog. */
export type Writer = { name: string; handle: string };

/** "Ada (@ada@social.example)" in its parts; null for who writes under a name alone. */
export function writer(author: string | null): Writer | null {
  const [, name, handle] = /^(?:(.*) \()?(@[^\s()]+)\)?$/u.exec(author ?? "") ?? [];
  return handle === undefined ? null : { name: name ?? handle, handle };
}

/** The first words of a post that its headline does not say already: a post without a title is headed by its own. */
export function beyond({ title, lead, untitled }: Pick<PostLine, "title" | "lead" | "untitled">): string {
  if (!untitled) return lead;
  if (lead.startsWith(title)) return lead.slice(title.length).replace(/^[\s·]+/u, "");
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "");
  return letters(lead) === letters(title) ? "" : lead;
}

/** How many sources these posts are of. */
export function sources(lines: PostLine[]): number {
  return new Set(lines.map((line) => line.source)).size;
}

/** What stands in the place of a picture: the first letter or figure of a name. */
export function initial(name: string): string {
  return [...name.replace(/^[^\p{L}\p{N}]+/u, "")][0]?.toLocaleUpperCase() ?? "·";
}

/** The folders of a source: "Tech › Rust". */
export function pathOf(folder: string[]): string {
  return folder.join(" › ");
}

/** Those who tell an entry's story beside its face: as its story is now, else as its digest knew it. */
export function relays(entry: EntryView, story: StoryView | null): PostLine[] {
  const all = story?.tellings.flatMap(({ line, also }) => [line, ...also]) ?? entry.relays;
  return all.filter(({ post }) => post !== entry.face.post);
}

/** A shorter word tells little ("with", "dans"), unless it is written as a name is: Rust, NFT, IA, iPad. */
const TELLING_LETTERS = 5;
const isName = (word: string, at: number) => /\p{L}\p{Lu}/u.test(word) || (at > 0 && /^\p{Lu}/u.test(word) && [...word].length > 2);

/** The words of a title that a rule could look for, each once, the longest first. */
export function telling(title: string): string[] {
  const words = title.match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu) ?? [];
  const long = [...new Set(words.filter((word, at) => [...word].length >= TELLING_LETTERS || isName(word, at)))];
  return long.sort((a, b) => b.length - a.length || a.localeCompare(b));
}
