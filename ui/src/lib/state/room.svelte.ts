// Gives the room that the reader wants to make: the engine's plan, what of it is taken, and the totals that follow.
// Applies it as one step, takes it back as one.

import type { Change, Goal, PostLine, Problem, RoomNote, RoomOption, RoomStep, RoomView, SourceChange, SourceId } from "../backend/contract";
import { t } from "../i18n/t.svelte";
import { asProblem, type App } from "./app.svelte";

/** What the room is wanted in. */
export type Unit = "posts_a_week" | "minutes_a_day" | "in_all";

export const UNITS: readonly Unit[] = ["posts_a_week", "minutes_a_day", "in_all"];
/** Where the slider begins and ends for each. */
export const SPANS: Record<Unit, { start: number; min: number; max: number; step: number }> = {
  posts_a_week: { start: 120, min: 10, max: 600, step: 10 },
  minutes_a_day: { start: 20, min: 1, max: 240, step: 1 },
  in_all: { start: 20, min: 1, max: 240, step: 1 },
};
/** How long the slider rests before the engine is asked. */
const REST_MS = 150;

export class Room {
  unit: Unit = $state("posts_a_week");
  amount = $state(SPANS.posts_a_week.start);
  view: RoomView | null = $state.raw(null);
  notes: RoomNote[] = $state.raw([]);
  problem: Problem | null = $state.raw(null);
  asking = $state(false);
  /** The change taken of each source; none stays as it is. */
  taken: Map<SourceId, Change> = $state.raw(new Map());
  #app: App;
  #turn = 0;
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

  get misses(): PostLine[] {
    return this.options.flatMap((option) => option.misses);
  }

  get keeps(): PostLine[] {
    return this.options.flatMap((option) => option.keeps);
  }

  /** How much of the room wanted is there, from 0 to 1. */
  get filled(): number {
    if (!this.view) return 0;
    const there = this.unit === "posts_a_week" ? this.posts : this.minutes;
    const wanted = this.unit === "in_all" ? this.view.minutes_a_day - this.amount : this.amount;
    return wanted <= 0 ? 1 : Math.min(1, there / wanted);
  }

  async look(): Promise<void> {
    const turn = ++this.#turn;
    this.asking = true;
    try {
      const view = await this.#app.backend.call("room", { goal: { [this.unit]: this.amount } as Goal });
      if (turn !== this.#turn) return;
      this.view = view;
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
    this.amount = amount;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), REST_MS);
  }

  measure(unit: Unit): void {
    this.unit = unit;
    this.amount = SPANS[unit].start;
    void this.look();
  }

  take(source: SourceId, change: Change | null): void {
    const taken = new Map(this.taken);
    if (change === null) taken.delete(source);
    else taken.set(source, change);
    this.taken = taken;
  }

  async apply(): Promise<void> {
    await this.change([...this.taken].map(([source, change]) => ({ source, change })));
    await this.look();
  }

  /** Changes sources as one step, which is offered to be undone. */
  async change(changes: SourceChange[]): Promise<void> {
    const applied = await this.#app.ask("apply_room", { changes });
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
    this.taken = new Map();
  }
}

/** Two changes are the same. */
export function same(one: Change, other: Change): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
