// Gives whom an account, a list or a file follows: who was found, who is chosen, how far it is; follows the chosen.
// Never follows anyone who was not chosen.

import { SvelteSet } from "svelte/reactivity";
import type { CirclePerson, CircleReport, Problem, SourceId } from "../backend/contract";
import { t } from "../i18n/t.svelte";
import { asProblem, type App } from "./app.svelte";
import type { Own } from "./arrivals.svelte";

export class Circle {
  open = $state(false);
  /** The account, as it is typed. */
  whom = $state("");
  busy = $state(false);
  /** It was asked to stop: who was heard of so far is coming. */
  stopping = $state(false);
  filter = $state("");
  report: CircleReport | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  /** Those who are followed from now on; null until the choice was made. */
  added: SourceId[] | null = $state.raw(null);
  /** The addresses of those who are chosen. */
  readonly chosen = new SvelteSet<string>();
  #app: App;
  #own: Own;
  /** Which question an answer belongs to: one that is late is for nobody. */
  #turn = 0;

  constructor(app: App, own: Own) {
    this.#app = app;
    this.#own = own;
  }

  start(whom = ""): void {
    this.#clear();
    this.open = true;
    this.whom = whom;
    if (whom) void this.look();
  }

  close(): void {
    this.open = false;
    if (this.busy) void this.stop();
    this.#clear();
  }

  /** Those who are shown, by what is typed into the filter. */
  get people(): CirclePerson[] {
    const words = this.filter.trim().toLocaleLowerCase();
    const all = this.report?.people ?? [];
    return words ? all.filter(({ name, address }) => `${name} ${address}`.toLocaleLowerCase().includes(words)) : all;
  }

  async look(): Promise<void> {
    const whom = this.whom.trim();
    if (whom) await this.#hear(() => this.#app.backend.call("circle", whom));
  }

  /** Takes a file that the reader picks: a list of accounts. */
  async pick(): Promise<void> {
    try {
      const path = await this.#app.backend.pickFile();
      if (path !== null) await this.#hear(() => this.#app.backend.call("circle_of_file", path));
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.#app.ask("stop", "circle");
  }

  toggle(person: CirclePerson): void {
    if (!this.chosen.delete(person.address)) this.chosen.add(person.address);
  }

  /** Chooses everyone who is shown and not followed yet, or none of them. */
  choose(all: boolean): void {
    for (const { address, followed } of this.people) {
      if (all && !followed) this.chosen.add(address);
      else this.chosen.delete(address);
    }
  }

  async follow(folders: string[][]): Promise<void> {
    const people = (this.report?.people ?? []).filter(({ address }) => this.chosen.has(address));
    this.busy = true;
    this.problem = null;
    try {
      const added = await this.#app.backend.call("follow_all", { people, folders });
      this.added = added;
      if (added.length === 0) return;
      this.#app.did({
        said: t("ui.circle.added", { count: added.length }),
        undo: async () => {
          for (const source of added) await this.#app.ask("unfollow", source);
        },
      });
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }

  async #hear(ask: () => Promise<CircleReport>): Promise<void> {
    const whom = this.whom;
    this.#clear();
    this.whom = whom;
    const turn = this.#turn;
    this.busy = true;
    this.#app.heard = null;
    try {
      await this.#own();
      // Stopped before anything was asked: nothing is.
      if (this.#app.sample || this.stopping) return;
      const report = await ask();
      if (turn !== this.#turn) return;
      this.report = report;
      this.choose(true);
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblem(thrown);
    } finally {
      if (turn === this.#turn) {
        this.busy = false;
        this.stopping = false;
      }
      this.#app.heard = null;
    }
  }

  #clear(): void {
    this.#turn += 1;
    this.whom = "";
    this.filter = "";
    this.busy = false;
    this.stopping = false;
    this.report = null;
    this.problem = null;
    this.added = null;
    this.chosen.clear();
  }
}
