// Gives the marks of every post that was seen, the same in every list, and changes them with undo.
// A mark shows at once; it is taken back when the engine could not keep it.

import { SvelteMap } from "svelte/reactivity";
import type { MarkReport, MarksView, MarkView, PostId, PostLine } from "../backend/contract";
import { told } from "../i18n/t.svelte";
import type { App } from "./app.svelte";

const SAID = {
  read: ["ui.undo.unread", "ui.undo.read"],
  starred: ["ui.undo.unstarred", "ui.undo.starred"],
  skipped: ["ui.undo.unskipped", "ui.undo.skipped"],
  relay: ["ui.undo.resurfaced", "ui.undo.down"],
  put_off: ["ui.undo.un_put_off", "ui.undo.put_off"],
} as const;

export class Marks {
  #app: App;
  #known = new SvelteMap<PostId, MarksView>();
  /** Posts whose marking is under way: an answer asked before it must not overwrite it. */
  #busy = new Map<PostId, number>();

  constructor(app: App) {
    this.#app = app;
  }

  of(line: PostLine): MarksView {
    return this.#known.get(line.post) ?? line.marks;
  }

  learn(lines: PostLine[]): void {
    for (const line of lines) if (!this.#busy.has(line.post)) this.#known.set(line.post, line.marks);
  }

  forget(): void {
    this.#known.clear();
  }

  /** Turns one mark of a post over, and offers to undo it. */
  async toggle(line: PostLine, mark: MarkView): Promise<void> {
    const marks = this.of(line);
    // What stays down because another telling was read comes back by the key that brings back what was read.
    const meant = mark === "read" && marks.relay && !marks.read ? "relay" : mark;
    await this.set(line, meant, !marks[meant]);
  }

  set(line: PostLine, mark: MarkView, on: boolean): Promise<void> {
    return this.#app.doing(this.#set(line, mark, on));
  }

  async #set(line: PostLine, mark: MarkView, on: boolean): Promise<void> {
    if (this.of(line)[mark] === on) return;
    const undo = await this.quietly(line, mark, on);
    if (undo) this.#app.did({ said: told(SAID[mark][on ? 1 : 0], { title: line.title }), undo });
  }

  /** Marks all of them at once, and offers one undo. Those that have it already are left as they are. */
  setAll(lines: PostLine[], mark: MarkView, on: boolean): Promise<void> {
    return this.#app.doing(this.#setAll(lines, mark, on));
  }

  async #setAll(lines: PostLine[], mark: MarkView, on: boolean): Promise<void> {
    const posts = lines.filter((line) => this.of(line)[mark] !== on).map(({ post }) => post);
    const was = new Map(lines.map((line) => [line.post, this.of(line)]));
    const report = posts.length > 0 ? await this.#putAll(posts, lines, mark, on) : null;
    if (!report) return;
    const changed = report.changed;
    if (changed.length === 0) return;
    const key = { read: "read", starred: "starred", skipped: "skipped", put_off: "put_off", relay: "read" } as const;
    this.#app.did({
      said: told(on ? `ui.undo.many.${key[mark]}` : `ui.undo.many.un_${key[mark]}`, { count: changed.length }),
      undo: async () => {
        if ((await this.#putAll(changed, lines, mark, !on, was)) === null) return false;
        return report.relays.length === 0 || this.#lift(report.relays);
      },
    });
  }

  /** `was`: the marks that an undo brings back, a rule's star among them. */
  async #putAll(posts: PostId[], lines: PostLine[], mark: MarkView, on: boolean, was?: Map<PostId, MarksView>): Promise<MarkReport | null> {
    const before = lines.filter(({ post }) => posts.includes(post)).map((line) => ({ post: line.post, marks: this.of(line) }));
    for (const { post, marks } of before) this.#known.set(post, put(marks, mark, on, was?.get(post)));
    this.#hold(posts, 1);
    const report = await this.#app.ask("mark", { posts, mark, on, ...(was ? { undo: true } : {}) });
    this.#hold(posts, -1);
    for (const { post, marks } of before) {
      if (report === null) this.#known.set(post, marks);
      else if (mark === "read") this.#known.set(post, { ...marks, read: on, relay: false });
    }
    if (report !== null && mark === "read") this.#relays(report.relays, true);
    return report;
  }

  /** While they are being marked, what was asked before says nothing of them. */
  #hold(posts: PostId[], by: 1 | -1): void {
    for (const post of posts) {
      const left = (this.#busy.get(post) ?? 0) + by;
      if (left > 0) this.#busy.set(post, left);
      else this.#busy.delete(post);
    }
  }

  /** Marks a post and says nothing of it; the way back, for who does more at once. */
  async quietly(line: PostLine, mark: MarkView, on: boolean): Promise<(() => Promise<boolean>) | null> {
    const was = this.of(line);
    const report = await this.#put(line, mark, on);
    if (!report) return null;
    return async () => {
      if ((await this.#put(line, mark, !on, was)) === null) return false;
      // What went down with it comes back with it: nothing of the act is left.
      return report.relays.length === 0 || this.#lift(report.relays);
    };
  }

  async #lift(posts: PostId[]): Promise<boolean> {
    if (!(await this.#app.ask("mark", { posts, mark: "relay", on: false }))) return false;
    this.#relays(posts, false);
    return true;
  }

  /** Other tellings of a story that was read, or is read no longer. */
  #relays(posts: PostId[], relay: boolean): void {
    for (const post of posts) {
      const known = this.#known.get(post);
      if (known) this.#known.set(post, { ...known, relay });
    }
  }

  async #put(line: PostLine, mark: MarkView, on: boolean, was?: MarksView): Promise<MarkReport | null> {
    const { post } = line;
    const before = this.of(line);
    this.#known.set(post, put(before, mark, on, was));
    this.#hold([post], 1);
    const report = await this.#app.ask("mark", { posts: [post], mark, on, ...(was ? { undo: true } : {}) });
    this.#hold([post], -1);
    if (report === null) this.#known.set(post, { ...this.of(line), [mark]: before[mark] });
    else if (mark === "read") {
      this.#known.set(post, { ...this.of(line), relay: false });
      this.#relays(report.relays, true);
    }
    return report;
  }
}

/** Marks with one of them put on or taken off. A star that the reader gives, or takes off, is no rule's; one that an
 *  undo brings back (`was`) is whose it was. */
function put(marks: MarksView, mark: MarkView, on: boolean, was?: MarksView): MarksView {
  const byRule = mark === "starred" ? on && was?.starred_by_rule === true : marks.starred_by_rule;
  return { ...marks, [mark]: on, starred_by_rule: byRule };
}
