// Loads the screens and sheets that the first paint does not need. Never draws.

class Late {
  /** Null until they were loaded, which the window begins behind its first paint. */
  views: typeof import("./rest") | null = $state.raw(null);
  #coming: Promise<void> | null = null;

  /** Loads them once. */
  load(): Promise<void> {
    this.#coming ??= import("./rest").then((views) => void (this.views = views));
    return this.#coming;
  }
}

export const late = new Late();
