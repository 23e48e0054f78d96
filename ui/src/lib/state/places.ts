// Gives how far each story was read, as a share of its height: what was begun goes on there. Kept in the window's own storage.

const KEPT = "pepites.places";
/** Of so many stories: who comes back to one after that many others begins it anew. */
const MOST = 300;
/** How long scrolling rests before it is kept. */
const REST_MS = 400;

export class Places {
  #shares = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
      for (const pair of Array.isArray(kept) ? kept : [])
        if (Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "number" && pair[1] > 0 && pair[1] <= 1)
          this.#shares.set(pair[0], pair[1]);
    } catch {
      // A damaged store is as good as none.
    }
  }

  /** The share of a story that was above the window; 0 for its beginning. */
  of(story: string): number {
    return this.#shares.get(story) ?? 0;
  }

  /** Keeps how far a story was read; its beginning and its end need no remembering. */
  keep(story: string, share: number): void {
    this.#shares.delete(story);
    if (share > 0 && share < 1) this.#shares.set(story, share);
    const [oldest] = this.#shares.keys();
    if (this.#shares.size > MOST && oldest !== undefined) this.#shares.delete(oldest);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => localStorage.setItem(KEPT, JSON.stringify([...this.#shares])), REST_MS);
  }
}
