// Gives the search for people: the stages that are switched on, how far it is, and what it came to. Starts it, pauses it,
// goes on, gives it up. Never sends a request that the report did not announce: the engine counts them.

import type { ContactsReport, Problem, Stage, StageView } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";
import type { Contacts } from "./contacts.svelte";

export class Hunt {
  running = $state(false);
  /** It was asked to pause, and finishes what it began. */
  pausing = $state(false);
  problem: Problem | null = $state.raw(null);
  /** What the last search came to; null before one ended here. */
  last: ContactsReport | null = $state.raw(null);
  /** The reader's own server, where names are searched for; null: that of the last time. */
  server: string | null = $state(null);
  /** Stages that the reader switched; the others are as the engine has them. */
  #switched: Partial<Record<Stage, boolean>> = $state.raw({});
  /** The search that runs here. */
  #run: Promise<void> | null = null;
  #app: App;
  #contacts: Contacts;

  constructor(app: App, contacts: Contacts) {
    this.#app = app;
    this.#contacts = contacts;
  }

  isOn({ stage, on }: StageView): boolean {
    return this.#switched[stage] ?? on;
  }

  /** The stages that are on. */
  get on(): StageView[] {
    return this.#contacts.report?.stages.filter((stage) => this.isOn(stage)) ?? [];
  }

  /** Requests that these take at most, as far as can be told before asking. */
  get requests(): number {
    return this.on.reduce((sum, stage) => sum + stage.requests, 0);
  }

  switch(stage: Stage, on: boolean): void {
    this.#switched = { ...this.#switched, [stage]: on };
  }

  /** Searches; goes on where an earlier search of the same stages ended. */
  start(): Promise<void> {
    this.#run ??= this.#search().finally(() => (this.#run = null));
    return this.#run;
  }

  async #search(): Promise<void> {
    this.running = true;
    this.pausing = false;
    this.problem = this.last = null;
    this.#app.search = null;
    const ask = { stages: this.on.map(({ stage }) => stage), server: this.server, most: Math.max(this.#contacts.report?.most ?? 0, this.requests) };
    try {
      this.last = await this.#app.backend.call("find_contacts", ask);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.running = this.pausing = false;
      this.#app.search = null;
    }
    await this.#contacts.again();
  }

  /** What was heard is kept, also over a restart. */
  async pause(): Promise<void> {
    if (!this.running) return;
    this.pausing = true;
    await this.#app.ask("stop", "contacts");
  }

  /** It does not go on. What was heard stays. */
  async giveUp(): Promise<void> {
    await this.pause();
    // What ends notes that it waits to go on: only then can that be forgotten.
    await this.#run;
    await this.#app.ask("give_up_search", null);
    this.last = null;
    await this.#contacts.again();
  }

  forget(): void {
    this.problem = this.last = this.server = null;
    this.#switched = {};
  }
}
