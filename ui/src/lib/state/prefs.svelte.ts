// Gives what the reader set for this window alone: language, theme, widths of panes. Kept in the window's own storage.
// Never holds anything of the library: that is the engine's.

import type { Sort } from "../backend/contract";
import { LANGUAGES as SPOKEN, type Language, speech } from "../i18n/t.svelte";

/** The system's, then every one that there is a file of. */
export const LANGUAGES: readonly string[] = ["system", ...SPOKEN];
export const THEMES = ["system", "light", "dark"] as const;
export type LanguageChoice = (typeof LANGUAGES)[number];
/** Pictures that are not for everybody: veiled until they are asked for, shown like any other, or left out. */
export const VEILS = ["ask", "show", "hide"] as const;
export type Veil = (typeof VEILS)[number];
/** Which of what a search finds stands first. */
export const SORTS: readonly Sort[] = ["relevance", "newest", "oldest"];
export type Theme = (typeof THEMES)[number];
export type Pane = "list" | "tree";

/** Narrowest and widest a pane may be dragged, and where it starts, in rem. */
export const PANES: Record<Pane, { least: number; most: number; start: number }> = {
  list: { least: 18, most: 40, start: 25 },
  tree: { least: 13, most: 30, start: 18 },
};

/** The sizes of the page, as browsers have them. */
const ZOOMS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** Under this name; `early.ts` looks for the language there. */
const KEPT = "pepites.window";
/** How many choices of the palette are remembered: what is shown without scrolling. */
const REMEMBERED = 8;

export class Prefs {
  language: LanguageChoice = $state("system");
  theme: Theme = $state("system");
  veil: Veil = $state("ask");
  widths: Record<Pane, number> = $state({ list: PANES.list.start, tree: PANES.tree.start });
  /** Folders of the tree that are closed, each as its path in JSON. */
  closed: string[] = $state([]);
  /** Hears which language is spoken here: what the window says outside of its page is said in it. */
  onspoken: (language: string) => void = () => {};
  /** A language that was chosen and whose file cannot be read; the one before goes on. */
  unread: Language | null = $state(null);
  onunread: (language: Language) => void = () => {};
  /** What was chosen in the palette, last first, by the names of its choices. */
  recent: string[] = $state([]);
  /** The server on which the reader writes of what they read. */
  server = $state("");
  /** How much the page is enlarged. */
  zoom = $state(1);
  sort: Sort = $state("relevance");
  #system = navigator.language;
  /** The choice that is spoken: another is on its way until its file is read. */
  #spoken: LanguageChoice = "system";

  constructor() {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
      if (typeof kept === "object" && kept !== null) this.#take(kept as Record<string, unknown>);
    } catch {
      // A damaged store is as good as none: the window then follows the system.
    }
    this.#spoken = this.language;
    this.#apply();
  }

  /** The system's language, once the desk has said it. */
  follow(system: string): void {
    this.#system = system;
    this.#apply();
  }

  /** Speaks another language from now on, once its file is read; where it cannot be, the one that is spoken is chosen again. */
  speak(language: LanguageChoice): void {
    this.unread = null;
    this.language = language;
    this.#keep((unread) => {
      this.language = this.#spoken;
      this.unread = unread;
      this.#keep();
      this.onunread(unread);
    });
  }

  paint(theme: Theme): void {
    this.theme = theme;
    this.#keep();
  }

  /** The next size of the page, or with 0 the usual one; whether there is another. */
  enlarge(step: 1 | -1 | 0): boolean {
    const next = step === 0 ? 1 : ZOOMS[ZOOMS.indexOf(this.zoom) + step];
    if (next === undefined || next === this.zoom) return false;
    this.zoom = next;
    this.#keep();
    return true;
  }

  /** Which of what a search finds stands first, in this search and in the next ones. */
  order(sort: Sort): void {
    this.sort = sort;
    this.#keep();
  }

  /** What is done with pictures that are not for everybody. */
  unveil(veil: Veil): void {
    this.veil = veil;
    this.#keep();
  }

  /** Sets a pane's width in rem, within its bounds. */
  widen(pane: Pane, width: number): void {
    const { least, most } = PANES[pane];
    this.widths[pane] = Math.min(most, Math.max(least, width));
    this.#keep();
  }

  fold(path: string, closed: boolean): void {
    this.closed = this.closed.filter((other) => other !== path);
    if (closed) this.closed.push(path);
    this.#keep();
  }

  /** Remembers what was chosen in the palette. */
  used(choice: string): void {
    this.recent = [choice, ...this.recent.filter((other) => other !== choice)].slice(0, REMEMBERED);
    this.#keep();
  }

  /** Remembers the server that was written on. */
  toot(server: string): void {
    this.server = server;
    this.#keep();
  }

  #take(kept: Record<string, unknown>): void {
    this.language = LANGUAGES.find((choice) => choice === kept["language"]) ?? "system";
    this.theme = THEMES.find((choice) => choice === kept["theme"]) ?? "system";
    this.veil = VEILS.find((choice) => choice === kept["veil"]) ?? "ask";
    if (Array.isArray(kept["closed"])) this.closed = kept["closed"].map(String);
    if (Array.isArray(kept["recent"])) this.recent = kept["recent"].map(String).slice(0, REMEMBERED);
    if (typeof kept["server"] === "string") this.server = kept["server"];
    this.zoom = ZOOMS.find((size) => size === kept["zoom"]) ?? 1;
    this.sort = SORTS.find((sort) => sort === kept["sort"]) ?? "relevance";
    const widths = kept["widths"] as Partial<Record<Pane, unknown>> | undefined;
    for (const pane of ["list", "tree"] as const) {
      const width = widths?.[pane];
      const { least, most } = PANES[pane];
      if (typeof width === "number" && width >= least && width <= most) this.widths[pane] = width;
    }
  }

  #keep(unread?: (language: Language) => void): void {
    const { language, theme, veil, widths, closed, recent, server, zoom, sort } = this;
    localStorage.setItem(KEPT, JSON.stringify({ language, theme, veil, widths, closed, recent, server, zoom, sort }));
    this.#apply(unread);
  }

  #apply(unread?: (language: Language) => void): void {
    const { language } = this;
    const heard = () => {
      this.#spoken = language;
      this.onspoken(speech.language);
    };
    speech.speak(language === "system" ? this.#system : language, heard, unread);
    document.documentElement.dataset["theme"] = this.theme;
  }
}
