// Gives the digest on screen: today's last edition, or one of the past, and what it left out.
// Takes the reader's wish for another edition. Marks are elsewhere.

import type { DigestAsk, DigestId, DigestLineView, DigestView, EntryView, MarksView, PostLine, Problem } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";
import type { Marks } from "./marks.svelte";
import { Pages } from "./pages.svelte";

const AS_IT_IS: DigestAsk = { budget: null, again: false, more: false };
/** How long changes gather before today is asked again: a refresh tells of many. */
const GATHER_MS = 400;

export class Digest {
  view: DigestView | null = $state.raw(null);
  /** A past one is shown: its id; null is today's. */
  id: DigestId | null = $state(null);
  loading = $state(false);
  problem: Problem | null = $state.raw(null);
  /** The digest whose left-out posts are listed. */
  leftOutOf: DigestId = 0;
  leftOut: Pages<PostLine>;
  past: Pages<DigestLineView>;
  #app: App;
  #marks: Marks;
  #turn = 0;
  /** The digest whose full texts were asked for since posts came last. */
  #ahead: DigestId | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, marks: Marks) {
    this.#app = app;
    this.#marks = marks;
    this.leftOut = new Pages(
      (limit, offset) => app.backend.call("left_out", { digest: this.leftOutOf, limit, offset }),
      (lines) => marks.learn(lines),
    );
    this.past = new Pages((limit, offset) => app.backend.call("digests", { limit, offset }));
    app.whenChanged(["posts"], () => (this.#ahead = null));
    app.whenChanged(["posts", "marks", "digests", "settings"], () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void (this.view && this.again()), GATHER_MS);
    });
  }

  /** Today's last edition, made when there is none. */
  today(): Promise<void> {
    if (this.id !== null) this.#clear();
    return this.#ask(AS_IT_IS);
  }

  /** A digest of the past. */
  async show(id: DigestId): Promise<void> {
    if (this.id !== id) this.#clear();
    this.id = id;
    await this.#hear(() => this.#app.backend.call("digest", id));
  }

  again(): Promise<void> {
    return this.id === null ? this.#ask(AS_IT_IS) : this.show(this.id);
  }

  /** A new edition from everything unread, or from what was left out. */
  edition(from: "again" | "more"): Promise<void> {
    return this.#ask({ budget: null, again: from === "again", more: from === "more" });
  }

  /** Another library is open. */
  forget(): void {
    this.#clear();
    this.#ahead = null;
    this.leftOut.clear();
    this.past.clear();
  }

  #clear(): void {
    this.id = null;
    this.view = null;
    this.problem = null;
  }

  async #ask(ask: DigestAsk): Promise<void> {
    await this.#hear(() => this.#app.backend.call("today", ask));
    // For later, without a network; what does not come says so when it is opened. Not at each mark.
    const id = this.view?.line.id ?? null;
    if (id === null || id === this.#ahead) return;
    this.#ahead = id;
    this.#app.backend.call("full_texts", null).catch(() => 0);
  }

  async #hear(asked: () => Promise<DigestView>): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    this.problem = null;
    try {
      const view = await asked();
      if (turn !== this.#turn) return;
      this.#marks.learn(view.entries.flatMap((entry) => [entry.face, ...entry.relays]));
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
