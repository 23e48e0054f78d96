// Gives what was found for the words that were typed, the starred posts and the shared ones: lists over the whole library.

import type { HitView, PostLine } from "../backend/contract";
import type { App } from "./app.svelte";
import type { Marks } from "./marks.svelte";
import { Pages } from "./pages.svelte";

/** How long typing rests before it is searched. */
const REST_MS = 180;

export class Search {
  words = $state("");
  hits: Pages<HitView>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, marks: Marks) {
    this.hits = new Pages(
      (limit, offset) => app.backend.call("search", { words: this.words.trim(), limit, offset }),
      (hits) => marks.learn(hits.map((hit) => hit.line)),
      (hit) => hit.line.post,
    );
  }

  /** Takes the words as they are typed; `now` does not wait for a rest. */
  type(words: string, now = false): void {
    const same = words.trim() === this.words.trim();
    this.words = words;
    if (same && (this.hits.heard || this.hits.loading)) return;
    clearTimeout(this.#timer);
    if (words.trim() === "") this.hits.clear();
    else this.#timer = setTimeout(() => void this.hits.begin(), now ? 0 : REST_MS);
  }

  forget(): void {
    this.words = "";
    this.hits.clear();
  }
}

export function starred(app: App, marks: Marks): Pages<PostLine> {
  const pages = new Pages(
    (limit, offset) => app.backend.call("starred", { limit, offset }),
    (lines) => marks.learn(lines),
    (line) => line.post,
    // What the star was taken off here stays until the screen is left: it does not jump away.
    (line) => !marks.of(line).starred,
  );
  pages.follow(app, ["marks", "posts"]);
  return pages;
}

/** What the reader shared, the last first. */
export function shared(app: App, marks: Marks): Pages<PostLine> {
  const pages = new Pages(
    (limit, offset) => app.backend.call("counted", { counted: "shared", range: "all", limit, offset }),
    (lines) => marks.learn(lines),
    (line) => line.post,
  );
  pages.follow(app, ["marks", "posts"]);
  return pages;
}
