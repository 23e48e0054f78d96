// Gives the posts of the list on screen that are chosen together; marks all of them at once, with one undo.
// Never holds what is not listed: who goes to another screen lets them go.

import type { MarkView, PostId, PostLine } from "../backend/contract";
import type { Marks } from "./marks.svelte";
import type { Reading } from "./reading.svelte";

export class Picks {
  #posts: ReadonlySet<PostId> = $state.raw(new Set());
  /** Where choosing several began. */
  #anchor: PostId | null = null;
  #marks: Marks;
  #reading: Reading;

  constructor(marks: Marks, reading: Reading) {
    this.#marks = marks;
    this.#reading = reading;
  }

  has(post: PostId): boolean {
    return this.#posts.has(post);
  }

  /** Those that are listed, in the order of the list. */
  get lines(): PostLine[] {
    return this.#posts.size === 0 ? [] : this.#reading.lines.filter(({ post }) => this.#posts.has(post));
  }

  /** Chooses one more, or one less. */
  flip(post: PostId): void {
    this.#anchor = post;
    const posts = new Set(this.#posts);
    if (!posts.delete(post)) posts.add(post);
    this.#posts = posts;
  }

  /** Chooses all from where choosing began to this one. */
  reach(post: PostId): void {
    const { lines, current } = this.#reading;
    this.#anchor ??= current ?? post;
    const ends = [this.#anchor, post].map((end) => lines.findIndex((line) => line.post === end));
    if (ends.some((at) => at < 0)) return this.flip(post);
    this.#posts = new Set(lines.slice(Math.min(...ends), Math.max(...ends) + 1).map((line) => line.post));
  }

  /** Goes on to the next one, or the one before, and chooses up to it. */
  async step(by: 1 | -1): Promise<void> {
    const { lines, current } = this.#reading;
    const next = lines[this.#reading.beside(by)];
    // The next piece of the list is waited for, as a step does.
    if (!next) return by > 0 && (await this.#reading.grow()) && this.#reading.current === current ? this.step(by) : undefined;
    if (!lines.some(({ post }) => post === current)) this.#anchor = next.post;
    this.reach(next.post);
    this.#reading.standOn(next.post);
  }

  all(): void {
    this.#posts = new Set(this.#reading.lines.map(({ post }) => post));
  }

  clear(): void {
    this.#anchor = null;
    if (this.#posts.size > 0) this.#posts = new Set();
  }

  /** Puts a mark on all of them; where all have it, takes it off all. They are let go then. */
  async mark(mark: MarkView): Promise<void> {
    const { lines } = this;
    const on = lines.some((line) => !this.#marks.of(line)[mark]);
    this.clear();
    await this.#marks.setAll(lines, mark, on);
  }
}
