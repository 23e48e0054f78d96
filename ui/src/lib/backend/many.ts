// Gives a fake source with as many posts as are wished for, so that long lists can be tried and measured. Pure.

import type { PostLine, PostView } from "./contract";

/** Ids that no post of the demo world has. */
const FROM = 10_000_000;
const HOUR_MS = 3_600_000;
const WORDS = ["tide", "harbour", "light", "keeper", "signal", "late", "ferry", "salt", "winter", "chart", "anchor", "fog"];

/** A piece of the list; each line differs from the others in its words and its height. */
export function manyLines(like: PostLine, count: number, { limit, offset }: { limit: number; offset: number }): PostLine[] {
  const length = Math.max(0, Math.min(limit, count - offset));
  return Array.from({ length }, (_, at) => line(like, offset + at));
}

/** One of them, whole; null for another post. */
export function manyView(like: PostView, id: number): PostView | null {
  return id < FROM ? null : { ...like, line: line(like.line, id - FROM), relays: [], enclosures: [] };
}

function line(like: PostLine, at: number): PostLine {
  const said = (words: number) => Array.from({ length: words }, (_, word) => WORDS[(at * 7 + word * 5) % WORDS.length]).join(" ");
  return {
    ...like,
    post: FROM + at,
    title: `Post ${at + 1} of ${said(2 + (at % 11))}`,
    lead: said(at % 40),
    link: `https://many.example/${at}`,
    published: like.published - at * HOUR_MS,
    marks: { ...like.marks, read: at % 3 === 0 },
  };
}
