// Gives what is being read: the list on screen, the story that the reader stands on, the one that is open.
// Takes the moves of keys and mouse. Never knows which screen the list belongs to.

import type { ActView, EntryView, PostId, PostLine, PostView, Problem } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";
import type { Marks } from "./marks.svelte";
import type { Route } from "./route.svelte";

/** Where the focus should go next; `turn` makes each wish a new one. */
export type Wish = { pane: "list" | "story" | "end"; turn: number };

/** Words that are read in a minute until the reader says otherwise, as the engine counts. */
const USUAL_PACE = 230;
/** How long posts that were passed by gather before they are noted. */
const GATHER_MS = 2000;
/** A post that was on screen for half of its reading time was read; one of a line needs a look, one of pages a minute. */
const [SHORTEST_S, LONGEST_S] = [5, 60] as const;
/** Who stays so long in a story that they did not choose looks at it: the least that counts as reading anything. */
const STAY_S = SHORTEST_S;

export class Reading {
  lines: PostLine[] = $state.raw([]);
  current: PostId | null = $state(null);
  post: PostView | null = $state.raw(null);
  loading = $state(false);
  problem: Problem | null = $state.raw(null);
  /** Words that the reader takes in a minute. */
  pace = USUAL_PACE;
  /** The table of what each signal gave is shown. */
  why = $state(false);
  wish: Wish | null = $state.raw(null);
  #entries = new Map<PostId, EntryView>();
  #app: App;
  #marks: Marks;
  #route: Route;
  #more: () => void = () => {};
  /** The list that was shown last, which says whose it is. */
  #shown: PostLine[] = [];
  #turn = 0;
  /** The post that was noted as read to its end last. */
  #finished: PostId | null = null;
  /** Posts that were passed by: those to note, and all that were. */
  #passing = new Set<PostId>();
  #passed = new Set<PostId>();
  #noting: ReturnType<typeof setTimeout> | undefined;
  #dwelling: ReturnType<typeof setTimeout> | undefined;
  /** The open story that only came because another was let go: nobody chose it, so it is not read yet. */
  #come: PostId | null = null;
  /** Those that were read, and whose mark could not be kept. */
  readonly #unkept = new Set<PostId>();
  #staying: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, marks: Marks, route: Route) {
    this.#app = app;
    this.#marks = marks;
    this.#route = route;
  }

  /** The list on screen, in order; `more` asks for its next piece. What it gives takes the list back, unless another is shown. */
  show(lines: PostLine[], entries: EntryView[] = [], more: () => void = () => {}): () => void {
    this.lines = this.#shown = lines;
    this.#more = more;
    this.#entries = new Map();
    for (const entry of entries)
      for (const line of [entry.face, ...entry.relays]) this.#entries.set(line.post, entry);
    return () => {
      if (this.#shown === lines) this.show([]);
    };
  }

  /** Where the post stands in the digest on screen. */
  entry(post: PostId): EntryView | null {
    return this.#entries.get(post) ?? null;
  }

  /** The line that keys act on: what is open, or what the reader stands on. */
  get line(): PostLine | null {
    const open = this.#route.place.post;
    if (open !== null && this.post?.line.post === open) return this.post.line;
    return this.lines.find((line) => line.post === this.current) ?? null;
  }

  open(post: PostId, focus = true): Promise<void> {
    return this.#open(post, focus, false);
  }

  async #open(post: PostId, focus: boolean, come: boolean): Promise<void> {
    // Come back to after all: it was not passed by.
    if (this.#passing.delete(post)) this.#passed.delete(post);
    this.stand(post);
    this.#route.post(post);
    await this.#load(post, come);
    if (focus) this.#want("story");
  }

  /** Stands on a post, or on the story whose relay it is. */
  stand(post: PostId): void {
    const face = this.#entries.get(post)?.face.post ?? post;
    this.current = face;
  }

  close(): void {
    this.#turn += 1;
    this.#route.post(null);
    this.#empty();
    this.#want("list");
  }

  /** The route moved: opens what it names. */
  async follow(): Promise<void> {
    const { post } = this.#route.place;
    if (post === null) {
      this.#empty();
      this.#want("list");
    } else if (this.post?.line.post !== post) {
      this.stand(post);
      await this.#load(post);
    }
  }

  /** Stands on a post of the list, and takes the focus there. */
  standOn(post: PostId): void {
    this.current = post;
    this.#want("list");
  }

  /** Another screen, or the same list from its beginning: nothing is open, nothing stood on. */
  leave(same = false): void {
    this.#notePassed();
    this.#turn += 1;
    this.#empty();
    this.current = null;
    if (same) return;
    this.lines = [];
    this.#entries = new Map();
  }

  async step(by: 1 | -1, open: boolean): Promise<void> {
    // Who goes on from it has done with it, however quickly; who goes back has not.
    if (open && by > 0) void this.engage();
    await this.#step(by, open, false);
  }

  async #step(by: 1 | -1, open: boolean, come: boolean): Promise<void> {
    const at = this.lines.findIndex((line) => line.post === this.current);
    const next = this.lines[at < 0 ? 0 : at + by];
    if (at >= this.lines.length - 3) this.#more();
    if (!next) {
      if (by > 0) this.#want("end");
      return;
    }
    if (open) return this.#open(next.post, true, come);
    if (by > 0 && this.current !== null) this.passed(this.current);
    this.current = next.post;
    this.#want("list");
  }

  async toggle(): Promise<void> {
    if (this.#route.place.post !== null) this.close();
    else if (this.current !== null) await this.open(this.current);
  }

  /** Lets the story go; when it was open, the next one opens, and is not read by that alone. */
  async skip(): Promise<void> {
    const { line } = this;
    if (!line) return;
    const on = !this.#marks.of(line).skipped;
    const open = this.#route.place.post !== null;
    await this.#marks.set(line, "skipped", on);
    if (on) await this.#step(1, open, true);
  }

  /** The reader reads in the open story, or goes on from it: what only came is read from now on. `of`: the story that is seen
   *  to be read, which may be the one before while the next is on its way. */
  async engage(of: PostId | null = this.#come): Promise<void> {
    const post = this.#come;
    if (post === null || post !== of) return;
    this.decide();
    // What could not be kept is kept at the next chance, with whatever is read then.
    for (const each of this.#unkept.add(post)) {
      const view = await this.#app.ask("open_post", each);
      if (view) this.#marks.learn([view.line, ...view.relays]);
      if (view && !view.unmarked) this.#unkept.delete(each);
      else if (each === post && this.post?.line.post === post) this.#come = post;
    }
  }

  /** The reader says by themselves whether it is read: nothing says it for them. */
  decide(): void {
    clearTimeout(this.#staying);
    if (this.post) this.#unkept.delete(this.post.line.post);
    this.#come = null;
  }

  /** What came is looked at when it stays on screen for some seconds. */
  #stay(post: PostId): void {
    clearTimeout(this.#staying);
    this.#staying = setTimeout(() => {
      if (this.#come !== post) return;
      if (document.hidden) this.#stay(post);
      else void this.engage();
    }, STAY_S * 1000);
  }

  #want(pane: Wish["pane"]): void {
    this.wish = { pane, turn: (this.wish?.turn ?? 0) + 1 };
  }

  /** The post was on the screen in the list, and was passed by: neither opened nor anything done with it. */
  passed(post: PostId): void {
    const line = this.lines.find((each) => each.post === post);
    if (!line || this.#passed.has(post) || this.#route.place.post === post) return;
    const { read, relay, starred, skipped, put_off } = this.#marks.of(line);
    if (read || relay || starred || skipped || put_off) return;
    this.#passed.add(post);
    this.#passing.add(post);
    clearTimeout(this.#noting);
    this.#noting = setTimeout(() => this.#notePassed(), GATHER_MS);
  }

  #notePassed(): void {
    clearTimeout(this.#noting);
    const posts = [...this.#passing];
    this.#passing.clear();
    if (posts.length > 0) this.#note(posts, "skimmed");
  }

  /** For the trends alone: that it could not be noted is no trouble of the reader's. */
  #note(posts: PostId[], act: ActView): void {
    void this.#app.backend.call("note_acts", { posts, act }).catch(() => {});
  }

  /** The open post was read to its end. */
  finished(): void {
    const { post } = this;
    clearTimeout(this.#dwelling);
    if (!post) return;
    void this.engage(post.line.post);
    if (this.#finished === post.line.post) return;
    this.#finished = post.line.post;
    this.#note([post.line.post], "finished");
  }

  /** Counts it as read when it stays on screen long enough. */
  #dwell(view: PostView): void {
    clearTimeout(this.#dwelling);
    const seconds = Math.min(LONGEST_S, Math.max(SHORTEST_S, (view.line.words * 30) / this.pace));
    this.#dwelling = setTimeout(() => {
      if (this.post?.line.post !== view.line.post) return;
      if (document.hidden) this.#dwell(view);
      else this.finished();
    }, seconds * 1000);
  }

  #empty(): void {
    clearTimeout(this.#dwelling);
    this.decide();
    this.post = null;
    this.problem = null;
    this.loading = false;
    this.why = false;
  }

  /** `come`: nobody chose it, so that it is not marked. */
  async #load(post: PostId, come = false): Promise<void> {
    const turn = ++this.#turn;
    this.decide();
    if (come) this.#come = post;
    this.loading = true;
    this.problem = null;
    try {
      const view = await this.#app.backend.call(come ? "post" : "open_post", post);
      if (turn !== this.#turn) return;
      this.#marks.learn([view.line, ...view.relays]);
      this.post = view;
      this.#dwell(view);
      if (come) this.#stay(post);
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.post = null;
      this.problem = asProblem(thrown);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }
}
