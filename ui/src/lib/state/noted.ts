// Takes what was passed by and what was read to its end, notes it for the trends alone. Never marks anything.

import type { ActView, PostId } from "../backend/contract";
import type { App } from "./app.svelte";

/** Words that are read in a minute until the reader says otherwise, as the engine counts. */
const USUAL_PACE = 230;
/** How long posts that were passed by gather before they are noted. */
const GATHER_MS = 2000;
/** A post that was on screen for half of its reading time was read; one of a line needs a look, one of pages a minute. */
export const SHORTEST_S = 5;
const LONGEST_S = 60;

type Timer = ReturnType<typeof setTimeout>;

export class Noted {
  /** Words that the reader takes in a minute. */
  pace = USUAL_PACE;
  #app: App;
  /** The post that was noted as read to its end last. */
  #finished: PostId | null = null;
  /** Posts that were passed by: those to note, and all that were. */
  #passing = new Set<PostId>();
  #passed = new Set<PostId>();
  #noting: Timer | undefined;
  #dwelling: Timer | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  /** It was on the screen in the list, and nothing was done with it; noted once. */
  passed(post: PostId): void {
    if (this.#passed.has(post)) return;
    this.#passed.add(post);
    this.#passing.add(post);
    clearTimeout(this.#noting);
    this.#noting = setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Come back to after all: it was not passed by. */
  comeBack(post: PostId): void {
    if (this.#passing.delete(post)) this.#passed.delete(post);
  }

  /** Notes what gathered. */
  flush(): void {
    clearTimeout(this.#noting);
    const posts = [...this.#passing];
    this.#passing.clear();
    if (posts.length > 0) this.#note(posts, "skimmed");
  }

  /** The open post was read to its end; noted once. */
  finished(post: PostId): void {
    this.leave();
    if (this.#finished === post) return;
    this.#finished = post;
    this.#note([post], "finished");
  }

  /** Tells when a story of so many words was on the screen long enough to have been read. */
  dwell(words: number, read: () => unknown): void {
    this.leave();
    const seconds = Math.min(LONGEST_S, Math.max(SHORTEST_S, (words * 30) / this.pace));
    this.#dwelling = setTimeout(() => {
      if (document.hidden) this.dwell(words, read);
      else read();
    }, seconds * 1000);
  }

  /** Nothing is on the screen to be read. */
  leave(): void {
    clearTimeout(this.#dwelling);
  }

  /** Another library is open: what gathered is of no post of it. */
  forget(): void {
    clearTimeout(this.#noting);
    this.#passing.clear();
    this.#passed.clear();
    this.#finished = null;
  }

  /** That it could not be noted is no trouble of the reader's. */
  #note(posts: PostId[], act: ActView): void {
    void this.#app.backend.call("note_acts", { posts, act }).catch(() => {});
  }
}
