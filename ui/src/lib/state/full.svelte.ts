// Gives the full text of the open story in the place of its feed's: when its source asks for it, or the reader did.
// Remembers for the session what the reader chose for each story. Never keeps a text: the library does.

import type { FullTextView, PostId, PostView, Problem } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";

export class Full {
  /** The text that stands in the place of the feed's; null while the feed's is shown. */
  text: FullTextView | null = $state.raw(null);
  /** It is being fetched. */
  coming = $state(false);
  /** Why it cannot be had. */
  problem: Problem | null = $state.raw(null);
  #app: App;
  #post: PostId | null = null;
  /** What the reader chose, which wins over the source. */
  #chosen = new Map<PostId, boolean>();
  #turn = 0;

  constructor(app: App) {
    this.#app = app;
  }

  /** Another story is open, or none. The same one, told anew, stays as it is shown. */
  opened(view: PostView | null): void {
    const post = view?.line.post ?? null;
    if (post === this.#post) return;
    this.#clear();
    this.#post = post;
    if (view && view.line.link !== null && (this.#chosen.get(view.line.post) ?? view.wants_full)) void this.#fetch(view.line.post);
  }

  /** To the full text, back to that of the feed, or away from waiting for it. */
  toggle(): void {
    const post = this.#post;
    if (post === null) return;
    const on = this.text === null && !this.coming;
    this.#chosen.set(post, on);
    this.#clear();
    if (on) void this.#fetch(post);
  }

  /** Another library is open. */
  forget(): void {
    this.#clear();
    this.#post = null;
    this.#chosen.clear();
  }

  #clear(): void {
    this.#turn += 1;
    this.text = null;
    this.coming = false;
    this.problem = null;
  }

  async #fetch(post: PostId): Promise<void> {
    const turn = ++this.#turn;
    this.coming = true;
    try {
      const text = await this.#app.backend.call("full_text", post);
      if (turn === this.#turn) this.text = text;
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblem(thrown);
    } finally {
      if (turn === this.#turn) this.coming = false;
    }
  }
}
