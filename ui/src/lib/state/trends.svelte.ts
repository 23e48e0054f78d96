// Gives the page of trends: the range that is looked at, its figures, who relays whom, what rose, the list behind a figure.
// Never counts: the engine does. Charts are made elsewhere.

import type { Counted, CountedIn, PostLine, Problem, Range, RelaysView, RisingView, TrendsView } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";
import type { Marks } from "./marks.svelte";
import { Pages } from "./pages.svelte";

export const RANGES: readonly Range[] = ["week", "month", "quarter", "year", "all"];

export class Trends {
  range: Range = $state("month");
  view: TrendsView | null = $state.raw(null);
  relays: RelaysView | null = $state.raw(null);
  rising: RisingView | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  /** The figure whose list is open, and of which days it is. */
  counted: Counted | null = $state(null);
  within: CountedIn = $state("range");
  posts: Pages<PostLine>;
  #app: App;
  #turn = 0;

  constructor(app: App, marks: Marks) {
    this.#app = app;
    this.posts = new Pages(
      async (limit, offset) =>
        this.counted === null ? [] : app.backend.call("counted", { counted: this.counted, range: this.range, within: this.within, limit, offset }),
      (lines, asked) => marks.learn(lines, asked),
      (line) => line.post,
    );
    this.posts.follow(app, ["marks", "posts"]);
  }

  async look(range: Range = this.range): Promise<void> {
    const turn = ++this.#turn;
    if (range !== this.range) this.close();
    this.range = range;
    try {
      const view = await this.#app.backend.call("trends", range);
      if (turn !== this.#turn) return;
      this.view = view;
      this.problem = null;
      // The page stands; what is beneath it may take a little longer.
      const [relays, rising] = await Promise.all([
        this.#app.backend.call("relays", range),
        this.rising ?? this.#app.backend.call("rising", null),
      ]);
      if (turn !== this.#turn) return;
      this.relays = relays;
      this.rising = rising;
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblem(thrown);
    }
  }

  async open(counted: Counted, within: CountedIn = "range"): Promise<void> {
    if (this.counted === counted && this.within === within) return this.close();
    this.counted = counted;
    this.within = within;
    await this.posts.begin();
  }

  close(): void {
    this.counted = null;
    this.posts.clear();
  }

  /** Erases when and how the reader read. There is no way back. */
  async erase(): Promise<number | null> {
    const erased = await this.#app.ask("erase_trends", null);
    if (erased !== null) {
      this.close();
      await this.look();
    }
    return erased;
  }

  forget(): void {
    this.#turn += 1;
    this.view = this.relays = this.rising = this.problem = null;
    this.close();
  }
}
