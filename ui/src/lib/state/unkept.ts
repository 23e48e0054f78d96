// Gives the posts that were read and whose mark could not be kept; has them marked at the next chance.
// What the reader says of a post by themselves comes before, and what another library answers late says nothing.

import type { PostId, PostView, Problem } from "../backend/contract";
import { PASSING, type App } from "./app.svelte";
import { moment } from "./asked";
import type { Marks } from "./marks.svelte";

/** When something was asked, and of which library. */
export type Asked = { at: number; library: number };

export class Unkept {
  #app: App;
  #marks: Marks;
  /** Hears why the mark of a post could not be kept, or that it was. */
  #heard: (post: PostId, why: Problem | null) => void;
  /** Each with why; null where nobody was asked yet. */
  readonly #posts = new Map<PostId, Problem | null>();
  /** When the reader said by themselves whether a post is read. */
  readonly #decided = new Map<PostId, number>();
  #keeping: Promise<void> = Promise.resolve();

  constructor(app: App, marks: Marks, heard: (post: PostId, why: Problem | null) => void) {
    this.#app = app;
    this.#marks = marks;
    this.#heard = heard;
  }

  has(post: PostId): boolean {
    return this.#posts.has(post);
  }

  /** It is read, and to be marked with all others that are. */
  add(post: PostId): void {
    this.#posts.set(post, null);
  }

  /** What is asked now is asked of this library, and says nothing of what is settled later. */
  asking(): Asked {
    return { at: moment(), library: this.#app.library };
  }

  /** The library was asked to mark a post as read. */
  opened({ line, relays, unmarked }: Pick<PostView, "line" | "relays" | "unmarked">, asked: Asked): void {
    if (asked.library !== this.#app.library) return;
    this.#marks.learn([line, ...relays], asked.at);
    this.told(line.post, unmarked, asked);
  }

  /** The same, of the mark alone. */
  told(post: PostId, unmarked: Problem | null, asked: Asked): void {
    if (asked.library !== this.#app.library) return;
    const decided = (this.#decided.get(post) ?? 0) > asked.at;
    const why = decided ? null : unmarked;
    if (why) this.#posts.set(post, why);
    else this.#posts.delete(post);
    this.#heard(post, why);
  }

  /** The reader says by themselves whether these are read: nothing says it for them, unless that cannot be kept either. */
  decide(posts: PostId[]): () => void {
    const at = moment();
    const had = posts.flatMap((post) => (this.#posts.has(post) ? [{ post, why: this.#posts.get(post) ?? null }] : []));
    for (const post of posts) {
      this.#decided.set(post, at);
      this.#posts.delete(post);
      this.#heard(post, null);
    }
    return () => {
      for (const { post, why } of had) {
        this.#posts.set(post, why);
        this.#heard(post, why);
      }
    };
  }

  /** Marks all of them, the open one first, one after the other: two that do so at once would ask twice. */
  keep(open: () => PostId | null): Promise<void> {
    const next = () => this.#keepEach(open());
    return (this.#keeping = this.#keeping.then(next, next));
  }

  /** Another library is open. */
  forget(): void {
    this.#keeping = Promise.resolve();
    this.#posts.clear();
    this.#decided.clear();
  }

  /** One that cannot be marked bars no other, unless none can be just now; it is not tried again until the reader asks. */
  async #keepEach(open: PostId | null): Promise<void> {
    for (const post of [...this.#posts.keys()].sort((a, b) => Number(b === open) - Number(a === open))) {
      const before = this.#posts.get(post);
      if (before === undefined || (before !== null && !PASSING.includes(before.code))) continue;
      const asked = this.asking();
      const view = await this.#app.ask("open_post", post);
      if (asked.library !== this.#app.library) return;
      if (view) this.opened(view, asked);
      // What is gone never can be.
      else if (this.#app.problem?.code === "missing") this.#posts.delete(post);
      else this.#posts.set(post, this.#app.problem);
      const why = view ? view.unmarked : this.#app.problem;
      if (why && PASSING.includes(why.code)) return;
    }
  }
}
