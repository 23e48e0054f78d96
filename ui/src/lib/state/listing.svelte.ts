// Gives the making of a source from a page without a feed: the lists that the page seems to hold, what selectors give of it.
// Never follows anything before the reader says so.

import type { ListOffer, Preview, Problem, Selectors, SourceId } from "../backend/contract";
import type { Adding } from "./arrivals.svelte";
import { asProblem, type App } from "./app.svelte";

export type SelectorPart = keyof Selectors;
export const PARTS: readonly SelectorPart[] = ["item", "title", "link", "date", "text"];

/** How long typing rests before the page is asked again: each look is a request to somebody's server. */
const REST_MS = 700;
const NOTHING: Selectors = { item: "", title: null, link: null, date: null, text: null };

export class Listing {
  /** The page; null while the sheet is shut. */
  page: string | null = $state(null);
  busy = $state(false);
  offers: ListOffer[] = $state.raw([]);
  /** The offer that is chosen; null once the reader wrote selectors of their own. */
  chosen: number | null = $state(null);
  selectors: Selectors = $state.raw(NOTHING);
  preview: Preview | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  #app: App;
  #adding: Adding;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(app: App, adding: Adding) {
    this.#app = app;
    this.#adding = adding;
  }

  /** Opens the sheet and asks the page for its lists. */
  async start(page: string): Promise<void> {
    this.page = page;
    this.offers = [];
    this.selectors = NOTHING;
    this.preview = null;
    this.chosen = null;
    await this.#ask(async (mine) => {
      const offers = await this.#app.backend.call("lists", page);
      if (!mine()) return;
      this.offers = offers;
      if (offers.length > 0) this.choose(0);
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.page = null;
    this.busy = false;
  }

  choose(at: number): void {
    const offer = this.offers[at];
    if (!offer) return;
    clearTimeout(this.#timer);
    this.chosen = at;
    this.selectors = offer.selectors;
    this.preview = offer.preview;
    this.problem = null;
  }

  /** Takes a selector as it is typed; the page is looked at once typing rests. */
  type(part: SelectorPart, css: string): void {
    const typed = css.trim();
    this.selectors = { ...this.selectors, [part]: part === "item" ? typed : typed || null };
    this.chosen = null;
    this.preview = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), REST_MS);
  }

  /** Asks what the selectors give now. */
  async look(): Promise<void> {
    const { page, selectors } = this;
    clearTimeout(this.#timer);
    if (page === null || selectors.item === "") return;
    await this.#ask(async (mine) => {
      const preview = await this.#app.backend.call("preview", { address: page, selectors });
      if (mine()) this.preview = preview;
    });
  }

  /** Follows what is shown; gives the source, or null when it could not be followed. */
  async follow(): Promise<SourceId | null> {
    const { preview } = this;
    if (!preview) return null;
    this.busy = true;
    const source = await this.#adding.follow(preview.address);
    this.busy = false;
    if (source !== null) this.close();
    return source;
  }

  async #ask(asked: (mine: () => boolean) => Promise<void>): Promise<void> {
    const turn = (this.#turn += 1);
    const mine = () => turn === this.#turn;
    this.busy = true;
    this.problem = null;
    try {
      await asked(mine);
    } catch (thrown) {
      if (mine()) this.problem = asProblem(thrown);
    } finally {
      if (mine()) this.busy = false;
    }
  }
}
