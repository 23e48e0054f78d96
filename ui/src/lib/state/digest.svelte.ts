// Gives the digest on screen: today's last edition, or one of the past, and what it left out.
// Takes the reader's wish for another edition. Marks are elsewhere.

import type {
  DigestAsk,
  DigestId,
  DigestLineView,
  DigestView,
  EntryView,
  LeftOutView,
  MarksView,
  Problem,
  StoryId,
} from "../backend/contract";
import { t } from "../i18n/t.svelte";
import { asProblem, type App } from "./app.svelte";
import { moment } from "./asked";
import type { Marks } from "./marks.svelte";
import { Pages } from "./pages.svelte";

const AS_IT_IS: DigestAsk = { budget: null, again: false, more: false };
/** How long changes gather before today is asked again: a refresh tells of many. */
const GATHER_MS = 400;

/** The stories that are read in so many minutes. It stays as it is while they are: what is read does not make room. */
export type Cut = { digest: DigestId; minutes: number; takes: number; stories: Set<StoryId> };

export class Digest {
  view: DigestView | null = $state.raw(null);
  /** A past one is shown: its id; null is today's. */
  id: DigestId | null = $state(null);
  loading = $state(false);
  problem: Problem | null = $state.raw(null);
  /** The digest whose left-out posts are listed. */
  leftOutOf: DigestId = 0;
  leftOut: Pages<LeftOutView>;
  /** What is shown of the digest when there is less time; null shows the whole. */
  cut: Cut | null = $state.raw(null);
  past: Pages<DigestLineView>;
  /** It is on screen. */
  watched = false;
  /** Another was made while nobody looked. */
  #awaits = false;
  /** The sheet that asks how the digest on screen is taken along is open. */
  exporting = $state(false);
  #app: App;
  #marks: Marks;
  #turn = 0;
  /** What is on its way. */
  #coming: Promise<void> = Promise.resolve();
  /** Today's, asked for before its screen was there. */
  #early: Promise<void> | null = null;
  /** The digest whose full texts were asked for since posts came last. */
  #ahead: DigestId | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, marks: Marks) {
    this.#app = app;
    this.#marks = marks;
    this.leftOut = new Pages(
      (limit, offset) => app.backend.call("left_out", { digest: this.leftOutOf, limit, offset }),
      (rows, asked) => marks.learn(rows.map(({ line }) => line), asked),
      ({ line }) => line.post,
    );
    this.past = new Pages((limit, offset) => app.backend.call("digests", { limit, offset }), undefined, ({ id }) => id);
    this.leftOut.follow(app, ["marks", "posts"]);
    app.whenChanged(["posts"], () => (this.#ahead = null));
    app.whenChanged(["posts", "marks", "settings"], () => this.#later(() => this.reread()));
    // Made elsewhere: at its hour, or in a terminal. What nobody looks at was not seen: it waits for who comes back.
    app.whenChanged(["digests"], () => this.#later(() => this.#whenLookedAt()));
    if (typeof document !== "undefined") {
      document.addEventListener("visibilitychange", () => void (this.#awaits && this.#whenLookedAt()));
    }
  }

  /** Asks for today's while the window is still being made: its screen, once it is there, takes what comes. It is shown when
   *  `ready`. */
  begin(ready: Promise<unknown>): Promise<void> {
    this.#early = this.#ask(AS_IT_IS, ready);
    return this.#early;
  }

  /** The window is made: from now on, who comes to today asks for it. */
  begun(): void {
    this.#early = null;
  }

  /** Today's last edition, made when there is none. */
  today(): Promise<void> {
    const early = this.#early;
    this.#early = null;
    if (early !== null && this.id === null) return early;
    if (this.id !== null) this.#clear();
    return this.#ask(AS_IT_IS);
  }

  /** A digest of the past. */
  async show(id: DigestId): Promise<void> {
    if (this.id !== id) this.#clear();
    this.id = id;
    await this.#hear(() => this.#app.backend.call("digest", id));
  }

  /** The digest on screen as it is now. A new one is made when the reader comes for it, and never under their eyes. */
  async reread(): Promise<void> {
    const { view } = this;
    const id = view?.line.id ?? null;
    if (this.id === null && id === null) return this.#whenLookedAt();
    if (this.id !== null || view === null || id === null) return this.again();
    await this.#hear(async () => ({ ...(await this.#app.backend.call("digest", id)), next: view.next }));
  }

  async #whenLookedAt(): Promise<void> {
    this.#awaits = !this.watched || document.visibilityState === "hidden";
    if (!this.#awaits) await this.again();
  }

  again(): Promise<void> {
    return this.id === null ? this.#ask(AS_IT_IS) : this.show(this.id);
  }

  /** A new edition from everything unread, or from what was left out. */
  edition(from: "again" | "more"): Promise<void> {
    return this.#ask({ budget: null, again: from === "again", more: from === "more" });
  }

  /** Shows what can be read of it in so many minutes. */
  async shorten(minutes: number): Promise<void> {
    const digest = this.view?.line.id ?? null;
    if (digest === null) return;
    const cut = await this.#app.ask("cut", { digest, minutes });
    if (cut) this.cut = { digest, minutes, takes: cut.minutes, stories: new Set(cut.stories) };
  }

  /** Shows the whole again. */
  whole(): void {
    this.cut = null;
  }

  /** The cut of the digest on screen; another edition has none yet. */
  get shown(): Cut | null {
    return this.cut !== null && this.cut.digest === this.view?.line.id ? this.cut : null;
  }

  /** Lets all go that the digest left out, or puts it off until tomorrow, with undo. */
  async settle(mark: "skipped" | "put_off"): Promise<void> {
    const digest = this.leftOutOf;
    const report = await this.#app.ask("settle_left_out", { digest, mark, on: true });
    if (!report) return;
    void this.leftOut.again();
    const posts = report.changed;
    if (posts.length === 0) return;
    this.#app.did({
      said: t(mark === "skipped" ? "ui.undo.let_go_all" : "ui.undo.put_off_all", { count: posts.length }),
      undo: async () => {
        await this.#app.backend.call("mark", { posts, mark, on: false });
        void this.leftOut.again();
      },
    });
  }

  /** Another library is open. */
  forget(): void {
    this.#clear();
    this.#early = this.#ahead = null;
    this.leftOut.clear();
    this.past.clear();
  }

  #later(asked: () => Promise<void>): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void (this.view && asked()), GATHER_MS);
  }

  #clear(): void {
    this.exporting = false;
    this.cut = null;
    this.id = null;
    this.view = null;
    this.problem = null;
  }

  async #ask(ask: DigestAsk, ready?: Promise<unknown>): Promise<void> {
    await this.#hear(async () => {
      const view = this.#app.backend.call("today", ask);
      // What failed is heard below, and not twice.
      view.catch(() => null);
      await ready;
      return view;
    });
    // For later, without a network; what does not come says so when it is opened. Not at each mark.
    const id = this.view?.line.id ?? null;
    if (id === null || id === this.#ahead) return;
    this.#ahead = id;
    this.#app.backend.call("full_texts", null).catch(() => 0);
  }

  /** Waits for what is on its way; whether anything was. */
  async heard(): Promise<boolean> {
    if (!this.loading) return false;
    await this.#coming;
    return true;
  }

  #hear(asked: () => Promise<DigestView>): Promise<void> {
    return (this.#coming = this.#told(asked));
  }

  async #told(asked: () => Promise<DigestView>): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    this.problem = null;
    const at = moment();
    try {
      const view = await asked();
      if (turn !== this.#turn) return;
      this.#marks.learn(view.entries.flatMap((entry) => [entry.face, ...entry.relays]), at);
      this.view = view;
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblem(thrown);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }
}

/** How much of a digest was read or let go, 0 to 1. */
export function read(entries: EntryView[], marks: Pick<Marks, "of">): number {
  if (entries.length === 0) return 0;
  const settled = ({ read, skipped, relay }: MarksView) => read || skipped || relay;
  const done = entries.filter(({ face }) => settled(marks.of(face)));
  return done.length / entries.length;
}
