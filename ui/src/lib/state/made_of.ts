// Takes a story and why it stands where it does, gives what a rule can be about in it. Pure: asks and changes nothing.

import type { Part, PostView } from "../backend/contract";
import type { Subject } from "./wishes.svelte";

/** Tags that are offered to rules: what has twenty is sorted by none of them. */
const MOST_TAGS = 3;

/** What is told of a post that a rule can be about: its source, its author, its tags. */
export function subjectsOf({ line, tags }: PostView, author: string | null = null): Subject[] {
  const source: Subject = { kind: "source", name: String(line.source), shown: line.source_title };
  const person: Subject[] = line.author ? [{ kind: "person", name: line.author, shown: author ?? line.author }] : [];
  return [source, ...person, ...tags.slice(0, MOST_TAGS).map((tag): Subject => ({ kind: "tag", name: tag, shown: tag }))];
}

/** Signals whose reason is where the story was published, or who wrote it. */
const SOURCE = ["reason.yield", "reason.yield_stars", "reason.rare_source"];
const PERSON = ["reason.rare_voice"];

/**
 * What "more like this" and "less like this" mean of a story: the things that its reasons name. Where they name none (it is
 * long, it is only here, many point to it), who wrote it, and the first thing that it says it is about.
 */
export function reasonsOf(post: PostView, parts: Part[]): Subject[] {
  const [source, ...others] = subjectsOf(post);
  const person = others.find(({ kind }) => kind === "person") ?? null;
  const voice = person ?? source;
  const tags = others.filter(({ kind }) => kind === "tag");
  const keys = parts.filter(({ points }) => points > 0).map(({ reason }) => reason?.key ?? "");
  const named: Subject[] = [];
  if (source && keys.some((key) => SOURCE.includes(key))) named.push(source);
  if (person && keys.some((key) => PERSON.includes(key))) named.push(person);
  for (const learned of learnedOf(parts)) {
    const known = others.find(({ name, shown }) => same(name, learned) || same(shown, learned));
    // Words are learned without their endings: only what stands in the title as it is can be looked for.
    if (known) named.push(known);
    else if (wordsOf(post.line.title).some((word) => same(word, learned))) named.push({ kind: "word", name: learned, shown: learned });
  }
  const found = named.length > 0 ? named : [voice, ...tags.slice(0, 1)].filter((one) => one !== undefined);
  return found.filter((one, at) => found.findIndex(({ kind, name }) => kind === one.kind && name === one.name) === at);
}

/** The words and names that the taste signal gave as its reason. */
function learnedOf(parts: Part[]): string[] {
  const said = parts.find(({ points, reason }) => points > 0 && reason?.key === "reason.taste")?.reason?.values?.["words"];
  return typeof said === "string" ? said.split(", ") : [];
}

function wordsOf(title: string): string[] {
  return title.match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu) ?? [];
}

/** As the engine compares: without case and accents. */
function same(one: string, other: string): boolean {
  return one.localeCompare(other, undefined, { sensitivity: "base" }) === 0;
}
