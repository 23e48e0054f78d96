// Gives what was found for the words and filters that were typed, what was understood of them, and the searches that are
// kept; the starred posts and the shared ones: lists over the whole library. Never reads an operator itself: the engine does.

import type { FilterView, HitView, OperatorView, PostLine, Problem, SavedSearch, Sort, UnderstoodView } from "../backend/contract";
import { speech, t, told } from "../i18n/t.svelte";
import { asProblem, type App } from "./app.svelte";
import type { Marks } from "./marks.svelte";
import { Pages } from "./pages.svelte";
import type { Prefs } from "./prefs.svelte";

/** How long typing rests before it is searched. */
const REST_MS = 180;
/** A last word that may go on: of two letters or more, no filter, nothing quoted, nothing left out. */
const GOES_ON = /(?:^|\s)[\p{L}\p{N}]{2,}$/u;

export class Search {
  words = $state("");
  hits: Pages<HitView>;
  /** What was understood of the words; null until the engine said so. */
  understood: UnderstoodView | null = $state.raw(null);
  operators: OperatorView[] = $state.raw([]);
  /** The searches that are kept; null until they were asked for. */
  saved: SavedSearch[] | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  #app: App;
  #prefs: Prefs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** The last word is still being typed: it stands for all that begin so. */
  #typing = $state(false);
  /** What the list was asked for. */
  #listed = $state("");

  constructor(app: App, marks: Marks, prefs: Prefs) {
    this.#app = app;
    this.#prefs = prefs;
    this.hits = new Pages(
      (limit, offset) => app.backend.call("search", { words: this.#asked, sort: prefs.sort, limit, offset }),
      (hits, asked) => marks.learn(hits.map((hit) => hit.line), asked),
      (hit) => hit.line.post,
    );
    app.whenChanged(["searches"], () => {
      if (this.saved) void this.load();
    });
  }

  /** The kept search whose words are typed. */
  get open(): SavedSearch | null {
    const words = this.words.trim();
    return this.saved?.find((saved) => saved.words === words) ?? null;
  }

  /** What is found is of the words that stand in the field; else it is still of those before. */
  get settled(): boolean {
    return this.#listed === this.#asked;
  }

  /** What is asked of the engine: words, the last of them open at its end while it is typed. */
  get #asked(): string {
    const words = this.words.trim();
    return this.#typing && GOES_ON.test(words) ? `${words}*` : words;
  }

  /** Takes the words as they are typed; `now` does not wait for a rest, and takes the last word as whole. */
  type(words: string, now = false): void {
    const asked = this.#asked;
    // A blank ends the last word; what the address says while one types is what was typed.
    if (!now || words !== this.words) this.#typing = !now && !/\s$/.test(words);
    this.words = words;
    void this.#understand(words);
    if (asked === this.#asked && (this.hits.heard || this.hits.loading)) return;
    clearTimeout(this.#timer);
    if (words.trim() === "") this.hits.clear();
    else this.#timer = setTimeout(() => void this.#list(), now ? 0 : REST_MS);
  }

  /** Which of what is found stands first: remembered, and shown at once. */
  order(sort: Sort): void {
    if (sort === this.#prefs.sort) return;
    this.#prefs.order(sort);
    clearTimeout(this.#timer);
    if (this.words.trim() !== "") void this.#list();
  }

  #list(): Promise<void> {
    this.#listed = this.#asked;
    return this.hits.begin();
  }

  /** Asks for the kept searches, and for the operators in the reader's language. */
  async load(): Promise<void> {
    try {
      const [saved, operators] = await Promise.all([
        this.#app.backend.call("searches", null),
        this.#app.backend.call("operators", speech.language),
      ]);
      [this.saved, this.operators, this.problem] = [saved, operators, null];
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  /** Keeps what is typed, called as it is typed until the reader names it; the kept search. */
  async keep(): Promise<SavedSearch | null> {
    const kept = await this.#put({ id: null, name: "", words: this.words.trim(), section: false });
    if (kept) this.#did(told("ui.undo.search_kept", { name: kept.name }), () => this.#drop(kept));
    return kept;
  }

  async rename(saved: SavedSearch, name: string): Promise<void> {
    if (name.trim() === saved.name || !(await this.#put({ ...saved, name }))) return;
    this.#did(told("ui.undo.search_renamed", { name: name.trim() || saved.words }), () => this.#put(saved));
  }

  /** Gives it a section of its own in digests, or takes that back. */
  async section(saved: SavedSearch, on: boolean): Promise<void> {
    if (!(await this.#put({ ...saved, section: on }))) return;
    this.#did(told(on ? "ui.undo.search_section" : "ui.undo.search_no_section", { name: saved.name }), () => this.#put(saved));
  }

  async drop(saved: SavedSearch): Promise<void> {
    if (!(await this.#drop(saved))) return;
    this.#did(told("ui.undo.search_dropped", { name: saved.name }), () => this.#put({ ...saved, id: null }));
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.words = "";
    this.understood = null;
    this.saved = null;
    this.problem = null;
    this.hits.clear();
  }

  async #understand(words: string): Promise<void> {
    const turn = ++this.#turn;
    if (words.trim() === "") {
      this.understood = null;
      return;
    }
    try {
      const understood = await this.#app.backend.call("understand", { words, language: speech.language });
      if (turn === this.#turn) this.understood = understood;
    } catch {
      // What cannot be asked for now is not shown; the list beneath says why.
      if (turn === this.#turn) this.understood = null;
    }
  }

  async #put(saved: Omit<SavedSearch, "id"> & { id: SavedSearch["id"] | null }): Promise<SavedSearch | null> {
    const kept = await this.#app.ask("keep_search", saved);
    await this.load();
    return kept;
  }

  async #drop(saved: SavedSearch): Promise<boolean> {
    const done = await this.#app.done("drop_search", saved.id);
    await this.load();
    return done;
  }

  /** What gives null or false on the way back was not undone. */
  #did(said: string, undo: () => Promise<SavedSearch | boolean | null>): void {
    this.#app.did({ said, undo: async () => Boolean(await undo()) });
  }
}

/** What a filter asks for, in words: its day and its language written out. */
export function saidOf({ said, not }: FilterView, day: (day: string) => string): string {
  const values = { ...said.values };
  const { day: date, language } = values;
  if (typeof date === "string") values["day"] = day(date);
  if (typeof language === "string") values["language"] = new Intl.DisplayNames([speech.language], { type: "language" }).of(language) ?? language;
  const words = t(said.key as Parameters<typeof t>[0], values);
  return not ? t("ui.search.except", { what: words }) : words;
}

export function starred(app: App, marks: Marks): Pages<PostLine> {
  const pages = new Pages(
    (limit, offset) => app.backend.call("starred", { limit, offset }),
    (lines, asked) => marks.learn(lines, asked),
    (line) => line.post,
    // What the star was taken off here stays until the screen is left: it does not jump away.
    (line) => !marks.of(line).starred,
  );
  pages.follow(app, ["marks", "posts"]);
  return pages;
}

/** What the reader shared, the last first. */
export function shared(app: App, marks: Marks): Pages<PostLine> {
  const pages = new Pages(
    (limit, offset) => app.backend.call("counted", { counted: "shared", range: "all", within: "range", limit, offset }),
    (lines, asked) => marks.learn(lines, asked),
    (line) => line.post,
  );
  pages.follow(app, ["marks", "posts"]);
  return pages;
}
