// Takes a way to ask for a piece of a list, gives the list as far as it was scrolled.
// Never mixes answers: one that comes after the list began anew is dropped.

import type { Problem } from "../backend/contract";
import { asProblem } from "./app.svelte";

/** How many rows are asked at first: more than two screens, less than a second on a slow disk. */
export const PIECE = 60;
/** Who scrolls far asks for more at once, up to so many: the end of 100,000 is some hundred asks away, not thousands. */
const LARGEST = 960;

export class Pages<Row> {
  rows: Row[] = $state.raw([]);
  /** Something was answered since the list began. */
  heard = $state(false);
  loading = $state(false);
  /** There is nothing more to ask for. */
  ended = $state(false);
  problem: Problem | null = $state.raw(null);
  #ask: (limit: number, offset: number) => Promise<Row[]>;
  #learn: (rows: Row[]) => void;
  #id: (row: Row) => unknown;
  #turn = 0;
  /** How many rows were asked for: what arrives meanwhile pushes rows down, and they are heard twice. */
  #asked = 0;

  constructor(ask: (limit: number, offset: number) => Promise<Row[]>, learn: (rows: Row[]) => void = () => {}, id: (row: Row) => unknown = (row) => row) {
    this.#ask = ask;
    this.#learn = learn;
    this.#id = id;
  }

  /** Empties the list and asks from its beginning. */
  begin(): Promise<void> {
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

  /** The next piece, unless it is on its way or there is none. */
  async more(): Promise<void> {
    if (!this.loading && !this.ended && this.heard) await this.#piece(this.#asked, Math.min(LARGEST, Math.max(PIECE, this.rows.length)));
  }

  /** Empties the list without asking. */
  clear(): void {
    this.#turn += 1;
    this.rows = [];
    this.heard = this.loading = this.ended = false;
    this.problem = null;
  }

  #piece(offset: number, limit: number): Promise<void> {
    return this.#hear(async (current) => {
      const rows = await this.#ask(limit, offset);
      if (!current()) return;
      this.#learn(rows);
      this.rows = offset === 0 ? rows : this.#joined(this.rows, rows);
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
        const rows = await this.#ask(LARGEST, asked);
        if (!current()) return;
        this.#learn(rows);
        all = this.#joined(all, rows);
        asked += LARGEST;
        ended = rows.length < LARGEST;
      }
      this.rows = all;
      this.#asked = asked;
      this.ended = ended;
    });
  }

  /** Each row once: a list is drawn by what its rows are. */
  #joined(rows: Row[], more: Row[]): Row[] {
    const had = new Set(rows.map(this.#id));
    return [...rows, ...more.filter((row) => !had.has(this.#id(row)))];
  }

  async #hear(ask: (current: () => boolean) => Promise<void>): Promise<void> {
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
