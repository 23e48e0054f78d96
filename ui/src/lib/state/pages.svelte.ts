// Takes a way to ask for a piece of a list, gives the list as far as it was scrolled.
// Never mixes answers: one that comes after the list began anew is dropped.

import type { Problem } from "../backend/contract";
import type { Topic } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";
import { moment } from "./asked";

/** How many rows are asked at first: more than two screens, less than a second on a slow disk. */
export const PIECE = 60;
/** Who scrolls far asks for more at once, up to so many: the end of 100,000 is some hundred asks away, not thousands. */
const LARGEST = 960;
/** A whole piece may be of rows that are there: so many are asked for until one brings another row. */
const MOST_ASKS = 10;
/** How long changes gather before the list is asked for again: each mark tells of one. */
const GATHER_MS = 300;

export class Pages<Row> {
  rows: Row[] = $state.raw([]);
  /** Something was answered since the list began. */
  heard = $state(false);
  loading = $state(false);
  /** There is nothing more to ask for. */
  ended = $state(false);
  problem: Problem | null = $state.raw(null);
  #ask: (limit: number, offset: number) => Promise<Row[]>;
  #learn: (rows: Row[], asked: number) => void;
  #id: (row: Row) => unknown;
  /** Whether a row that the list no longer holds stays where the reader sees it. */
  #stays: (row: Row) => boolean;
  /** So many screens show it. */
  #watchers = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** Counts beginnings: who waits for more of one list wants nothing of the next. */
  #begun = 0;
  /** What is on its way. */
  #coming: Promise<void> | null = null;
  /** How many rows were asked for: what arrives meanwhile pushes rows down, and they are heard twice. */
  #asked = 0;

  constructor(
    ask: (limit: number, offset: number) => Promise<Row[]>,
    learn: (rows: Row[], asked: number) => void = () => {},
    id: (row: Row) => unknown = (row) => row,
    stays: (row: Row) => boolean = () => false,
  ) {
    this.#ask = ask;
    this.#learn = learn;
    this.#id = id;
    this.#stays = stays;
  }

  /** It is on screen until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1;
    return () => void (this.#watchers -= 1);
  }

  /** Asks again for what is on screen whenever one of these topics changes. A list that was scrolled for thousands of rows is
   * left as it is: it would be asked for whole at each mark. */
  follow(app: App, topics: Topic[]): void {
    const later = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        // What is on its way may have been read before the change: it is asked for behind it.
        if (this.#watchers > 0 && this.loading) later();
        else if (this.#watchers > 0 && this.heard && this.rows.length <= LARGEST) void this.again();
      }, GATHER_MS);
    };
    app.whenChanged(topics, later);
  }

  /** Empties the list and asks from its beginning. */
  begin(): Promise<void> {
    this.#begun += 1;
    this.rows = [];
    this.heard = false;
    return this.#piece(0, PIECE);
  }

  /** Asks again for what is shown, in place. */
  async again(): Promise<void> {
    const shown = this.rows.length;
    if (shown <= LARGEST) return this.#piece(0, Math.max(PIECE, shown));
    await this.#allAgain(shown);
  }

  /** The next piece, or what is on its way; whether there are more rows than before. */
  async more(): Promise<boolean> {
    const had = this.rows.length;
    const begun = this.#begun;
    if (this.#coming) await this.#coming;
    if (this.#coming) await this.#coming;
    for (let asks = 0; asks < MOST_ASKS && begun === this.#begun && this.rows.length <= had && this.heard && !this.ended; asks += 1) {
      // Who waited beside this one may have asked for it.
      await (this.#coming ?? this.#piece(this.#asked, Math.min(LARGEST, Math.max(PIECE, this.rows.length))));
      if (this.problem) break;
    }
    // Another list has rows of its own.
    return begun === this.#begun && this.rows.length > had;
  }

  /** Empties the list without asking. */
  clear(): void {
    this.#begun += 1;
    this.#turn += 1;
    this.rows = [];
    this.heard = this.loading = this.ended = false;
    this.problem = null;
  }

  #piece(offset: number, limit: number): Promise<void> {
    return this.#hear(async (current) => {
      const asked = moment();
      const rows = await this.#ask(limit, offset);
      if (!current()) return;
      this.#learn(rows, asked);
      this.rows = offset === 0 ? this.#held(rows) : this.#joined(this.rows, rows);
      this.#asked = offset + limit;
      this.ended = rows.length < limit;
    });
  }

  /** A long list piece by piece: no answer is so large that the window stands still. It changes once, at the end. */
  #allAgain(shown: number): Promise<void> {
    return this.#hear(async (current) => {
      let all: Row[] = [];
      let asked = 0;
      let ended = false;
      while (asked < shown && !ended) {
        const at = moment();
        const rows = await this.#ask(LARGEST, asked);
        if (!current()) return;
        this.#learn(rows, at);
        all = this.#joined(all, rows);
        asked += LARGEST;
        ended = rows.length < LARGEST;
      }
      this.rows = all;
      this.#asked = asked;
      this.ended = ended;
    });
  }

  /** With the rows that are gone and stay on screen for now, each behind the one that it stood behind. */
  #held(rows: Row[]): Row[] {
    const had = new Set(rows.map(this.#id));
    const held = [...rows];
    this.rows.forEach((row, at) => {
      if (had.has(this.#id(row)) || !this.#stays(row)) return;
      const before = this.rows[at - 1];
      held.splice(before === undefined ? 0 : held.findIndex((each) => this.#id(each) === this.#id(before)) + 1, 0, row);
    });
    return held;
  }

  /** Each row once: a list is drawn by what its rows are. */
  #joined(rows: Row[], more: Row[]): Row[] {
    const had = new Set(rows.map(this.#id));
    return [...rows, ...more.filter((row) => !had.has(this.#id(row)))];
  }

  #hear(ask: (current: () => boolean) => Promise<void>): Promise<void> {
    const coming = this.#told(ask).finally(() => {
      if (this.#coming === coming) this.#coming = null;
    });
    return (this.#coming = coming);
  }

  async #told(ask: (current: () => boolean) => Promise<void>): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    this.problem = null;
    try {
      await ask(() => turn === this.#turn);
      if (turn === this.#turn) this.heard = true;
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblem(thrown);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }
}
