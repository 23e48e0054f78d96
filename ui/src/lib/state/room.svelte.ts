// Gives the room that the reader wants to make: the engine's plan, what of it is taken, and the totals that follow.
// Applies it as one step, takes it back as one.

import type { Change, Goal, PostId, PostLine, Problem, RoomNote, RoomOption, RoomStep, RoomView, SourceChange, SourceId } from "../backend/contract";
import { t } from "../i18n/t.svelte";
import { asProblem, type App } from "./app.svelte";

/** What the room is wanted in. */
export type Unit = "posts_a_week" | "people" | "minutes_a_day" | "in_all";

export const UNITS: readonly Unit[] = ["posts_a_week", "people", "minutes_a_day", "in_all"];
/** Where the slider begins and ends for each. */
export const SPANS: Record<Unit, { start: number; min: number; max: number; step: number }> = {
  posts_a_week: { start: 120, min: 10, max: 600, step: 10 },
  people: { start: 30, min: 1, max: 150, step: 1 },
  minutes_a_day: { start: 20, min: 1, max: 240, step: 1 },
  in_all: { start: 20, min: 1, max: 240, step: 1 },
};
/** What one person writes a week, until the reader says otherwise. */
export const USUAL_POSTS = 4;
/** Of what comes, a first proposal makes room for one in so many. */
const FIRST_SHARE = 4;
/** How long the slider rests before the engine is asked. */
const REST_MS = 150;

export class Room {
  unit: Unit = $state("posts_a_week");
  amount = $state(SPANS.posts_a_week.start);
  /** Posts a week from each of the people that room is made for. */
  each = $state(USUAL_POSTS);
  /** People found among the contacts whom the reader does not follow. */
  found = $state(0);
  view: RoomView | null = $state.raw(null);
  notes: RoomNote[] = $state.raw([]);
  problem: Problem | null = $state.raw(null);
  asking = $state(false);
  /** The change taken of each source; none stays as it is. */
  taken: Map<SourceId, Change> = $state.raw(new Map());
  #app: App;
  #turn = 0;
  /** The reader said how much, or it was proposed. */
  #touched = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  /** Every source that the plan names, those of a larger goal after those of this one. */
  get steps(): RoomStep[] {
    return this.view ? [...this.view.steps, ...this.view.further] : [];
  }

  /** What is taken, with what it frees and costs. */
  get options(): RoomOption[] {
    return this.steps.flatMap((step) => {
      const change = this.taken.get(step.source);
      const option = change === undefined ? undefined : step.options.find((each) => same(each.change, change));
      return option ? [option] : [];
    });
  }

  get posts(): number {
    return this.options.reduce((sum, option) => sum + option.posts_a_week, 0);
  }

  get minutes(): number {
    return this.options.reduce((sum, option) => sum + option.minutes_a_day, 0);
  }

  /** Those of what would be missed that are named without being asked for. */
  get misses(): PostLine[] {
    return this.options.flatMap((option) => option.misses);
  }

  /** All that would be missed. */
  get missed(): number {
    return this.options.reduce((sum, option) => sum + option.misses.length + option.misses_more.length, 0);
  }

  get keeps(): PostLine[] {
    return this.options.flatMap((option) => option.keeps);
  }

  /** How much of the room wanted is there, from 0 to 1. */
  get filled(): number {
    if (!this.view) return 0;
    const there = "posts_a_week" in this.goal ? this.posts : this.minutes;
    const wanted = this.unit === "in_all" ? this.view.minutes_a_day - this.amount : this.wanted;
    return wanted <= 0 ? 1 : Math.min(1, there / wanted);
  }

  /** What is asked for: of people, what they write. */
  get wanted(): number {
    return this.unit === "people" ? this.amount * this.each : this.amount;
  }

  get goal(): Goal {
    return (this.unit === "people" ? { posts_a_week: this.wanted } : { [this.unit]: this.amount }) as Goal;
  }

  async look(): Promise<void> {
    const turn = ++this.#turn;
    this.asking = true;
    try {
      const view = await this.#app.backend.call("room", { goal: this.goal });
      if (turn !== this.#turn) return;
      this.view = view;
      // A first proposal asks for a part of what comes, not for more than that: most readers would lose all of it.
      if (!this.#touched && this.unit === "posts_a_week") {
        this.#touched = true;
        const { min, step, start } = SPANS.posts_a_week;
        const share = Math.max(min, Math.round(view.posts_a_week / FIRST_SHARE / step) * step);
        if (share < start) {
          this.amount = share;
          return await this.look();
        }
      }
      this.taken = new Map(view.steps.map((step) => [step.source, step.change]));
      this.problem = null;
      this.notes = await this.#app.backend.call("room_notes", null);
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblem(thrown);
    } finally {
      if (turn === this.#turn) this.asking = false;
    }
  }

  /** Wants another amount: the slider moves at once, the plan follows when it rests. */
  want(amount: number): void {
    this.#touched = true;
    this.amount = amount;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), REST_MS);
  }

  measure(unit: Unit, amount: number = SPANS[unit].start): void {
    this.unit = unit;
    this.amount = Math.min(SPANS[unit].max, Math.max(SPANS[unit].min, amount));
    void this.look();
    if (unit === "people") void this.#learnPeople();
  }

  async #learnPeople(): Promise<void> {
    const report = await this.#app.backend.call("contacts_report", { stages: null, server: null, most: null }).catch(() => null);
    this.found = report ? Math.max(0, report.found - report.followed) : 0;
  }

  /** Expects so many posts a week from each of the people. */
  expect(each: number): void {
    if (!Number.isFinite(each)) return;
    this.each = Math.min(50, Math.max(1, Math.round(each)));
    this.want(this.amount);
  }

  /** The lines of posts that were only counted so far. */
  async lines(posts: PostId[]): Promise<PostLine[]> {
    return (await this.#app.ask("lines", posts)) ?? [];
  }

  take(source: SourceId, change: Change | null): void {
    const taken = new Map(this.taken);
    if (change === null) taken.delete(source);
    else taken.set(source, change);
    this.taken = taken;
  }

  async apply(): Promise<void> {
    await this.change([...this.taken].map(([source, change]) => ({ source, change })), true);
    await this.look();
  }

  /** Changes sources as one step, which is offered to be undone. `noted`: they make room, and a note says what came of it. */
  async change(changes: SourceChange[], noted = false): Promise<void> {
    const applied = await this.#app.ask("apply_room", { changes, noted });
    if (!applied || applied.plan === null) return;
    const { plan } = applied;
    this.#app.did({
      said: t("cli.room.applied", { count: applied.changed }),
      undo: async () => {
        await this.#app.backend.call("undo_room", plan);
        if (this.view) await this.look();
      },
    });
  }

  /** Takes an older plan back. */
  async undo(plan: number): Promise<void> {
    await this.#app.ask("undo_room", plan);
    await this.look();
  }

  /** What came of the plans that hold, for who is not here to make room. */
  async learnNotes(): Promise<void> {
    this.notes = await this.#app.backend.call("room_notes", null).catch(() => this.notes);
  }

  async told(plan: number): Promise<void> {
    await this.#app.ask("room_told", plan);
    this.notes = this.notes.map((note) => (note.plan === plan ? { ...note, due: false } : note));
  }

  forget(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.view = this.problem = null;
    this.notes = [];
    this.found = 0;
    this.taken = new Map();
  }
}

/** Two changes are the same. */
export function same(one: Change, other: Change): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
