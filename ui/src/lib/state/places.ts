// Gives how far each story was read: as a share of its height, and the paragraph that was at the upper edge. What was begun
// goes on there. Kept in the library: what the window keeps by itself, a quick end may lose.

import type { PlaceView, PostId } from "../backend/contract";
import type { App } from "./app.svelte";

/** Where a version before kept it, in the window. */
const BEFORE = "pepites.places";
/** The longest that a place waits to be kept while one scrolls. */
const REST_MS = 400;

/** The paragraph that was at the upper edge: which of how many, and how much of it was above. */
export type Spot = NonNullable<PlaceView["spot"]>;

export class Places {
  #places = new Map<PostId, PlaceView>();
  /** What waits to be kept. */
  #waiting = new Map<PostId, PlaceView>();
  /** Which library, one after the other: what another could not keep is none of this one's. */
  #library = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #app: App;

  constructor(app: App) {
    this.#app = app;
    // The window may close before the next rest.
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => this.flush());
  }

  /** Learns what the library keeps. Without it, stories begin at their beginning. */
  async load(): Promise<void> {
    const kept = await this.#app.backend.call("places", null).catch(() => []);
    for (const place of kept) if (!this.#waiting.has(place.post)) this.#places.set(place.post, place);
    if (!this.#app.sample) await this.#take();
  }

  /** Another library lies on the desk, or what was kept is erased. */
  forget(): void {
    this.#library += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#places.clear();
    this.#waiting.clear();
  }

  /** The share of a story that was above the window; 0 for its beginning. */
  of(post: PostId): number {
    return this.#places.get(post)?.share ?? 0;
  }

  /** The paragraph that was at the upper edge, where that is known. */
  spot(post: PostId): Spot | null {
    return this.#places.get(post)?.spot ?? null;
  }

  /** Keeps how far a story was read; its beginning and its end need no remembering. */
  keep(post: PostId, share: number, spot: Spot | null = null): void {
    const place = { post, share, spot };
    if (share > 0 && share < 1) this.#places.set(post, place);
    else this.#places.delete(post);
    this.#waiting.set(post, place);
    this.#timer ??= setTimeout(() => this.flush(), REST_MS);
  }

  /** Keeps what waits. What a library could not keep for the moment waits for the next time. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    const library = this.#library;
    for (const place of waiting) {
      this.#app.backend.call("keep_place", place).catch(() => {
        if (library === this.#library && !this.#waiting.has(place.post)) this.#waiting.set(place.post, place);
      });
    }
  }

  /** What a version before kept in the window goes into the library, and out of the window once all of it is kept. */
  async #take(): Promise<void> {
    const before = localStorage.getItem(BEFORE);
    if (before === null) return;
    const taken: PlaceView[] = [];
    try {
      const kept: unknown = JSON.parse(before);
      for (const one of Array.isArray(kept) ? (kept as unknown[]) : []) {
        const [story, share, block, part, of] = Array.isArray(one) ? (one as unknown[]) : [];
        const post = Number(/^own\/(\d+)$/.exec(String(story))?.[1] ?? Number.NaN);
        if (!Number.isInteger(post) || typeof share !== "number" || this.#places.has(post)) continue;
        const known = typeof block === "number" && typeof part === "number" && typeof of === "number";
        taken.push({ post, share, spot: known ? { block, part, of } : null });
      }
    } catch {
      // A damaged store is as good as none.
    }
    for (const place of taken) this.#places.set(place.post, place);
    const keeping = taken.map((place) => this.#app.backend.call("keep_place", place));
    const kept = await Promise.allSettled(keeping);
    if (kept.every(({ status }) => status === "fulfilled")) localStorage.removeItem(BEFORE);
  }
}
