// Gives how the text of a story is set, by the reader: letters, size, width, height of a line. Kept in the window's own
// storage, and laid over the tokens of design/tokens.css; nothing but the reading changes.

export const FONTS = ["serif", "sans"] as const;
export type Font = (typeof FONTS)[number];
export type Dial = "size" | "width" | "leading";

/** Bounds, steps and what is usual. A line of 60 to 75 characters is read without losing the next one. */
export const DIALS: Record<Dial, { least: number; most: number; step: number; usual: number }> = {
  /** In rem, so that the system's size and zoom count: 16 to 26 px. */
  size: { least: 1, most: 1.625, step: 0.0625, usual: 1.1875 },
  /** In characters. */
  width: { least: 60, most: 75, step: 1, usual: 68 },
  /** In heights of a letter. */
  leading: { least: 1.4, most: 1.9, step: 0.1, usual: 1.6 },
};
const DIAL_NAMES = ["size", "width", "leading"] as const;

const KEPT = "pepites.letters";

export class Letters {
  font: Font = $state("serif");
  dials: Record<Dial, number> = $state({ size: DIALS.size.usual, width: DIALS.width.usual, leading: DIALS.leading.usual });

  constructor() {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
      if (typeof kept === "object" && kept !== null) this.#take(kept as Record<string, unknown>);
    } catch {
      // A damaged store is as good as none: the usual letters then.
    }
    this.#apply();
  }

  get usual(): boolean {
    return this.font === "serif" && DIAL_NAMES.every((dial) => this.dials[dial] === DIALS[dial].usual);
  }

  choose(font: Font): void {
    this.font = font;
    this.#keep();
  }

  turn(dial: Dial, to: number): void {
    if (fits(dial, to)) this.dials[dial] = to;
    this.#keep();
  }

  reset(): void {
    this.font = "serif";
    for (const dial of DIAL_NAMES) this.dials[dial] = DIALS[dial].usual;
    this.#keep();
  }

  #take(kept: Record<string, unknown>): void {
    this.font = FONTS.find((font) => font === kept["font"]) ?? "serif";
    for (const dial of DIAL_NAMES) {
      const value = kept[dial];
      if (typeof value === "number" && fits(dial, value)) this.dials[dial] = value;
    }
  }

  #keep(): void {
    localStorage.setItem(KEPT, JSON.stringify({ font: this.font, ...this.dials }));
    this.#apply();
  }

  #apply(): void {
    const { style } = document.documentElement;
    const set = (name: string, value: string, usual: boolean) => (usual ? style.removeProperty(name) : style.setProperty(name, value));
    const { size, width, leading } = this.dials;
    set("--read", `var(--${this.font})`, this.font === "serif");
    set("--size-read", `${size}rem`, size === DIALS.size.usual);
    set("--measure", `${width}ch`, width === DIALS.width.usual);
    set("--line-read", String(leading), leading === DIALS.leading.usual);
  }
}

function fits(dial: Dial, value: number): boolean {
  const { least, most } = DIALS[dial];
  return value >= least && value <= most;
}
