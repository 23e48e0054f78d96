// Takes a way to ask for a piece of a list, gives the list as far as it was scrolled.
// Never mixes answers: one that comes after the list began anew is dropped.

import type { Problem } from "../backend/contract";
import { asProblem } from "./app.svelte";

/** How many rows are asked at once: more than two screens, less than a second on a slow disk. */
export const PIECE = 60;

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
  #turn = 0;

  constructor(ask: (limit: number, offset: number) => Promise<Row[]>, learn: (rows: Row[]) => void = () => {}) {
    this.#ask = ask;
    this.#learn = learn;
  }

  /** Empties the list and asks from its beginning. */
  begin(): Promise<void> {
    this.rows = [];
    this.heard = false;
    return this.#piece(0, PIECE);
  }

  /** Asks again for what is shown, in place. */
  again(): Promise<void> {
    return this.#piece(0, Math.max(PIECE, this.rows.length));
  }

  /** The next piece, unless it is on its way or there is none. */
  async more(): Promise<void> {
    if (!this.loading && !this.ended && this.heard) await this.#piece(this.rows.length, PIECE);
  }

  /** Empties the list without asking. */
  clear(): void {
    this.#turn += 1;
    this.rows = [];
    this.heard = this.loading = this.ended = false;
    this.problem = null;
  }

  async #piece(offset: number, limit: number): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    this.problem = null;
    try {
      const rows = await this.#ask(limit, offset);
      if (turn !== this.#turn) return;
      this.#learn(rows);
      this.rows = offset === 0 ? rows : [...this.rows, ...rows];
      this.ended = rows.length < limit;
      this.heard = true;
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblem(thrown);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }
}
