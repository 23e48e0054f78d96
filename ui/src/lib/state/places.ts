// Gives how far each story was read: as a share of its height, and the paragraph that was at the upper edge. What was begun
// goes on there. Kept in the window's own storage.

const KEPT = "pepites.places";
/** Of so many stories: who comes back to one after that many others begins it anew. */
const MOST = 300;
/** The longest that a place waits to be kept while one scrolls. */
const REST_MS = 400;

/** The paragraph that was at the upper edge: which of how many, and how much of it was above. */
export type Spot = { block: number; part: number; of: number };
type Place = { share: number; spot: Spot | null };

export class Places {
  #places = new Map<string, Place>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
      for (const one of Array.isArray(kept) ? (kept as unknown[]) : []) this.#take(one);
    } catch {
      // A damaged store is as good as none.
    }
    // The window may close before the next rest.
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => this.flush());
  }

  /** The share of a story that was above the window; 0 for its beginning. */
  of(story: string): number {
    return this.#places.get(story)?.share ?? 0;
  }

  /** The paragraph that was at the upper edge, where that is known. */
  spot(story: string): Spot | null {
    return this.#places.get(story)?.spot ?? null;
  }

  /** Keeps how far a story was read; its beginning and its end need no remembering. */
  keep(story: string, share: number, spot: Spot | null = null): void {
    this.#places.delete(story);
    if (share > 0 && share < 1) this.#places.set(story, { share, spot });
    const [oldest] = this.#places.keys();
    if (this.#places.size > MOST && oldest !== undefined) this.#places.delete(oldest);
    this.#timer ??= setTimeout(() => this.flush(), REST_MS);
  }

  /** Writes what waits to be kept. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = [...this.#places].map(([story, { share, spot }]) => (spot ? [story, share, spot.block, spot.part, spot.of] : [story, share]));
    localStorage.setItem(KEPT, JSON.stringify(all));
  }

  #take(kept: unknown): void {
    if (!Array.isArray(kept)) return;
    const [story, share, block, part, of] = kept as unknown[];
    if (typeof story !== "string" || typeof share !== "number" || !(share > 0 && share <= 1)) return;
    const known = typeof block === "number" && typeof part === "number" && typeof of === "number";
    const fits = known && Number.isInteger(block) && block >= 0 && block < of && part >= 0 && part <= 1;
    this.#places.set(story, { share, spot: fits ? { block, part, of } : null });
  }
}
