// Gives the marks of every post that was seen, the same in every list, and changes them with undo.
// A mark shows at once; it is taken back when the engine could not keep it.

import { SvelteMap } from "svelte/reactivity";
import type { MarkReport, MarksView, MarkView, PostId, PostLine } from "../backend/contract";
import { told } from "../i18n/t.svelte";
import { moment } from "./asked";
import type { App } from "./app.svelte";

const SAID = {
  read: ["ui.undo.unread", "ui.undo.read"],
  starred: ["ui.undo.unstarred", "ui.undo.starred"],
  skipped: ["ui.undo.unskipped", "ui.undo.skipped"],
  relay: ["ui.undo.resurfaced", "ui.undo.down"],
  put_off: ["ui.undo.un_put_off", "ui.undo.put_off"],
} as const;

type Mark = keyof MarksView;
/** How often a mark of a post is being kept just now, when it was kept or refused last, and what it surely is. */
type Settling = { under: number; at: number; sure: boolean };

/** Marks that are settled with each: a star with whose it is, what was read with what stays down for another that was. */
const TOGETHER: Record<MarkView, Mark[]> = {
  read: ["read", "relay"],
  starred: ["starred", "starred_by_rule"],
  skipped: ["skipped"],
  relay: ["relay"],
  put_off: ["put_off"],
};

export class Marks {
  /** Hears of posts whose reading the reader decides on by themselves; what it gives is called when that cannot be kept. */
  ondecided: (posts: PostId[]) => () => void = () => () => {};
  #app: App;
  #known = new SvelteMap<PostId, MarksView>();
  /** Of each mark of a post that was put on or taken off here. */
  #settled = new Map<PostId, Map<Mark, Settling>>();

  constructor(app: App) {
    this.#app = app;
  }

  of(line: PostLine): MarksView {
    return this.#known.get(line.post) ?? line.marks;
  }

  /** What an answer says of marks, and not of those that were settled after it was asked for (`asked`, of `moment`). */
  learn(lines: PostLine[], asked: number): void {
    for (const { post, marks } of lines) {
      const own = this.#known.get(post);
      const later = [...(this.#settled.get(post) ?? [])].filter(([, { under, at }]) => under > 0 || at > asked);
      this.#known.set(post, own ? { ...marks, ...Object.fromEntries(later.map(([mark]) => [mark, own[mark]])) } : marks);
    }
  }

  forget(): void {
    this.#known.clear();
    this.#settled.clear();
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
    const chosen = new Set(posts);
    const of = lines.filter(({ post }) => chosen.has(post)).map((line) => ({ line, meant: put(this.of(line), mark, on, was?.get(line.post)) }));
    for (const { line, meant } of of) {
      for (const each of TOGETHER[mark]) this.#settling(line, each).under += 1;
      this.#known.set(line.post, meant);
    }
    const undecided = mark === "read" || mark === "relay" ? this.ondecided(posts) : null;
    const { library } = this.#app;
    const report = await this.#app.ask("mark", { posts, mark, on, ...(was ? { undo: true } : {}) });
    if (library !== this.#app.library) return null;
    if (report === null) undecided?.();
    const now = moment();
    for (const { line, meant } of of) {
      const marks = { ...this.of(line) };
      for (const each of TOGETHER[mark]) {
        const settling = this.#settling(line, each);
        settling.under -= 1;
        settling.at = now;
        // Where it is being kept again, what that says stands.
        if (report !== null) settling.sure = each === mark ? on : mark === "read" ? false : meant[each];
        else if (settling.under === 0) marks[each] = settling.sure;
      }
      // Who reads it, or takes that back, looks at this telling: it stays down for no other.
      this.#known.set(line.post, report !== null && mark === "read" ? { ...marks, relay: false } : marks);
    }
    if (report !== null && mark === "read") this.#relays(report.relays, true);
    return report;
  }

  #settlings(post: PostId): Map<Mark, Settling> {
    const of = this.#settled.get(post) ?? new Map<Mark, Settling>();
    this.#settled.set(post, of);
    return of;
  }

  #settling(line: PostLine, mark: Mark): Settling {
    const of = this.#settlings(line.post);
    const known = of.get(mark);
    if (known && known.under > 0) return known;
    // What it is when nothing is under way is what it surely is.
    const settling = { under: 0, at: known?.at ?? 0, sure: this.of(line)[mark] };
    of.set(mark, settling);
    return settling;
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
    const { library } = this.#app;
    if (!(await this.#app.ask("mark", { posts, mark: "relay", on: false })) || library !== this.#app.library) return false;
    this.#relays(posts, false);
    return true;
  }

  /** Other tellings of a story that was read, or is read no longer. */
  #relays(posts: PostId[], relay: boolean): void {
    const now = moment();
    for (const post of posts) {
      const known = this.#known.get(post);
      if (!known) continue;
      this.#known.set(post, { ...known, relay });
      const of = this.#settlings(post);
      of.set("relay", { under: of.get("relay")?.under ?? 0, at: now, sure: relay });
    }
  }

  async #put(line: PostLine, mark: MarkView, on: boolean, was?: MarksView): Promise<MarkReport | null> {
    return this.#putAll([line.post], [line], mark, on, was && new Map([[line.post, was]]));
  }
}

/** Marks with one of them put on or taken off. A star that the reader gives, or takes off, is no rule's; one that an
 *  undo brings back (`was`) is whose it was. */
function put(marks: MarksView, mark: MarkView, on: boolean, was?: MarksView): MarksView {
  const byRule = mark === "starred" ? on && was?.starred_by_rule === true : marks.starred_by_rule;
  return { ...marks, [mark]: on, starred_by_rule: byRule };
}
