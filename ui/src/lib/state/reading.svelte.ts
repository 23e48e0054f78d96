// Gives what is being read: the list on screen, the story that the reader stands on, the one that is open.
// Takes the moves of keys and mouse. Never knows which screen the list belongs to.

import { tick, untrack } from "svelte";
import type { EntryView, PostId, PostLine, PostView, Problem } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";
import { beside } from "./beside";
import type { Marks } from "./marks.svelte";
import { Noted, SHORTEST_S } from "./noted";
import { Opening } from "./opening";
import type { Route } from "./route.svelte";
import { Unkept } from "./unkept";

/** Where the focus should go next; `turn` makes each wish a new one. */
export type Wish = { pane: "list" | "story" | "end"; turn: number };
/** Asks for the next piece of a list, or waits for what is on its way; whether it may have more rows then. */
export type More = () => Promise<boolean>;

/** Who stays so long in a story that they did not choose looks at it: the least that counts as reading anything. */
const STAY_S = SHORTEST_S;
/** The story before leaves the screen when the next takes longer: keys are about the next one already. */
const SLOW_MS = 500;
/** The next piece of a list is asked for so many rows before its end. */
const AHEAD = 3;

export class Reading {
  lines: PostLine[] = $state.raw([]);
  current: PostId | null = $state(null);
  post: PostView | null = $state.raw(null);
  loading = $state(false);
  problem: Problem | null = $state.raw(null);
  /** What is told to the trends alone. */
  readonly noted: Noted;
  /** The table of what each signal gave is shown. */
  why = $state(false);
  /** Why the open story could not be marked as read; null where it was. */
  unmarked: Problem | null = $state.raw(null);
  wish: Wish | null = $state.raw(null);
  #entries = new Map<PostId, EntryView>();
  #app: App;
  #marks: Marks;
  #route: Route;
  #more: More = nothing;
  /** The list as it was when the reader stood on a row of it last: where a refresh takes that row away, they go on from there. */
  #around: PostLine[] = [];
  /** Counts what led the reader elsewhere but for steps: a step that waited for its row is not meant there. */
  #led = 0;
  /** The piece that steps wait for: where they lead is known then, unless the reader was led elsewhere. */
  #growing: { led: number; grown: Promise<boolean> } | null = null;
  /** The story that is on its way; null where it does not come. */
  #arriving: Promise<PostView | null> = Promise.resolve(null);
  /** The list that was shown last, which says whose it is. */
  #shown: PostLine[] = [];
  #turn = 0;
  /** The open story that only came because another was let go: nobody chose it, so it is not read yet. */
  #come: PostId | null = null;
  /** The story that was let go last. */
  #gone: PostId | null = null;
  readonly #unkept: Unkept;
  readonly #opening: Opening;
  #staying: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, marks: Marks, route: Route) {
    this.#app = app;
    this.#marks = marks;
    this.#route = route;
    this.noted = new Noted(app);
    this.#unkept = new Unkept(app, marks, (post, why) => {
      if (this.#route.place.post === post) this.unmarked = why;
    });
    this.#opening = new Opening(app, marks, this.#unkept, () => this.#route.place.post);
    marks.ondecided = (posts) => {
      const back = this.#unkept.decide(posts);
      const came = posts.find((post) => post === this.#come);
      if (came !== undefined) this.#leaveOff();
      return () => {
        back();
        if (came !== undefined && this.post?.line.post === came) this.#come ??= came;
      };
    };
  }

  /** The list on screen, in order; `more` asks for its next piece. What it gives takes the list back, unless another is shown. */
  show(lines: PostLine[], entries: EntryView[] = [], more: More = nothing): () => void {
    this.lines = this.#shown = lines;
    const stood = untrack(() => this.current);
    if (stood !== null && lines.some(({ post }) => post === stood)) this.#around = lines;
    this.#more = more;
    this.#entries = new Map(entries.flatMap((entry) => [entry.face, ...entry.relays].map(({ post }) => [post, entry])));
    return () => {
      if (this.#shown === lines) this.show([]);
    };
  }

  /** Another screen comes, by the system's back or forward: where the reader stood is no place in its list. */
  moved(): void {
    this.#around = [];
    this.show([]);
  }

  /** Where the post stands in the digest on screen. */
  entry(post: PostId): EntryView | null {
    return this.#entries.get(post) ?? null;
  }

  /** The line that keys act on: what is open, be it on its way, or what the reader stands on. */
  get line(): PostLine | null {
    const open = this.#route.place.post;
    if (open !== null && this.post?.line.post === open) return this.post.line;
    const meant = open ?? this.current;
    const told = () => (meant === null ? undefined : this.#entries.get(meant)?.relays.find((line) => line.post === meant));
    return this.lines.find((line) => line.post === meant) ?? told() ?? null;
  }

  /** The same, once it is known: a key that is pressed while a story comes, or the row of a step, means that story. `act` is
   *  begun with it at once, before what the next key means is known. */
  async meant(act: (line: PostLine) => unknown = () => null): Promise<PostLine | null> {
    while (this.#growing?.led === this.#led) await this.#growing.grown;
    const line = this.line ?? (await this.arrived())?.line ?? null;
    if (line) await act(line);
    return line;
  }

  /** The open story, once it is there; null where there is none, or where the reader went on meanwhile. */
  async arrived(): Promise<PostView | null> {
    const open = this.#route.place.post;
    if (open === null) return null;
    if (this.loading) await this.#arriving;
    return this.#route.place.post === open && this.post?.line.post === open ? this.post : null;
  }

  open(post: PostId, focus = true): Promise<void> {
    this.#led += 1;
    return this.#open(post, focus, false);
  }

  async #open(post: PostId, focus: boolean, come: boolean): Promise<void> {
    this.noted.comeBack(post);
    this.stand(post);
    this.#route.post(post);
    await this.#load(post, come);
    if (focus) this.#want("story");
  }

  /** Stands on a post, or on the story whose relay it is; behind the last one no more. */
  stand(post: PostId): void {
    if (this.wish?.pane === "end") this.wish = null;
    this.current = this.#entries.get(post)?.face.post ?? post;
    this.#around = this.lines;
  }

  /** Back to the list; to its end where the story that is open lies over that. */
  close(to: "list" | "end" = "list"): void {
    if (to === "end" && this.#route.place.post === null) return;
    this.#led += 1;
    this.#turn += 1;
    this.#route.post(null);
    this.#empty();
    this.#want(to);
  }

  /** The route moved: opens what it names. */
  async follow(): Promise<void> {
    this.#led += 1;
    const { post } = this.#route.place;
    if (post === null) {
      this.#turn += 1;
      this.#empty();
      this.#want("list");
    } else if (this.post?.line.post !== post) {
      this.stand(post);
      await this.#load(post);
    }
  }

  /** Stands on a post of the list, and takes the focus there. */
  standOn(post: PostId): void {
    this.#led += 1;
    this.stand(post);
    this.#want("list");
  }

  /** Another screen, or the same list from its beginning: nothing is open, nothing stood on. */
  leave(same = false): void {
    this.noted.flush();
    this.#led += 1;
    this.#turn += 1;
    this.#empty();
    this.current = this.wish = null;
    this.#around = [];
    if (same) return;
    this.lines = [];
    this.#more = nothing;
    this.#entries = new Map();
  }

  /** Another library is open: what is still to be noted or marked is of no post of it. */
  forget(): void {
    this.noted.forget();
    this.#unkept.forget();
    this.#opening.forget();
  }

  async step(by: 1 | -1, open: boolean): Promise<void> {
    // Who goes on from it has done with it, however quickly; who goes back has not.
    if (open && by > 0) void this.engage();
    await this.#step(by, open, false);
  }

  /** A step that comes before its row does waits for it: at the end of a piece, or in a list that is only asked for. */
  async #step(by: 1 | -1, open: boolean, come: boolean): Promise<void> {
    const led = this.#led;
    for (;;) {
      const at = by < 0 && this.#ended ? this.#last() : this.beside(by);
      const next = this.lines[at];
      if (next && by > 0 && at + AHEAD > this.lines.length) void this.#more();
      if (next && open) return this.#open(next.post, true, come);
      if (next) {
        if (by > 0 && this.current !== null) this.passed(this.current);
        this.stand(next.post);
        return this.#want("list");
      }
      const grown = by > 0 && (await this.#grown());
      if (led !== this.#led) return;
      if (!grown) break;
    }
    if (by > 0) this.#want("end");
  }

  /** The reader went on behind the last story, and none is open: who goes back from there goes to that one. */
  get #ended(): boolean {
    return this.wish?.pane === "end" && this.#route.place.post === null;
  }

  #last(): number {
    const at = this.lines.findIndex(({ post }) => post === this.current);
    return at < 0 ? this.beside(-1) : at;
  }

  /** The row behind the one that the reader stands on, or the one before it. */
  beside(by: 1 | -1): number {
    return beside(by, this.current, this.lines, this.#around);
  }

  /** Waits for the next piece of the list; whether it may have more rows now. */
  async grow(): Promise<boolean> {
    const grown = await this.#more();
    // What came is in the list once the page has heard of it.
    await tick();
    return grown;
  }

  /** The same for steps: all that wait go on at once, in their order. */
  #grown(): Promise<boolean> {
    if (this.#growing?.led === this.#led) return this.#growing.grown;
    const grown = this.grow().finally(() => this.#growing?.grown === grown && (this.#growing = null));
    this.#growing = { led: this.#led, grown };
    return grown;
  }

  async toggle(): Promise<void> {
    if (this.#route.place.post !== null) this.close();
    else if (this.current !== null) await this.open(this.current);
  }

  /** Lets the story go; when it was open, the next one opens, and is not read by that alone. Behind the last one is the end:
   *  who goes on letting go there takes nothing back. */
  async skip(): Promise<void> {
    await this.meant(async (line) => {
      const on = !this.#marks.of(line).skipped;
      if (!on && this.#gone === line.post && this.wish?.pane === "end") return this.#want("end");
      this.#gone = on ? line.post : null;
      // Who lets two go does not wait for the first to be kept.
      const kept = this.#marks.set(line, "skipped", on);
      if (on) await this.#step(1, this.#route.place.post !== null, true);
      await kept;
    });
  }

  /** The reader reads in the open story, or goes on from it: what only came is read from now on. `of`: the story that is seen
   *  to be read, which may be the one before while the next is on its way. */
  async engage(of: PostId | null = this.#come): Promise<void> {
    const post = this.#come;
    if (post === null || post !== of) return;
    this.#leaveOff();
    this.#unkept.add(post);
    await this.#unkept.keep(() => this.#route.place.post);
    if (this.#unkept.has(post) && this.post?.line.post === post) this.#come = post;
  }

  /** Tries again to mark the open story. */
  async mark(): Promise<void> {
    const open = this.#route.place.post;
    if (open !== null) this.#unkept.add(open);
    await this.#unkept.keep(() => this.#route.place.post);
  }

  /** What only came is not read by staying any more. */
  #leaveOff(): void {
    clearTimeout(this.#staying);
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
    if (!line || this.#route.place.post === post) return;
    const { read, relay, starred, skipped, put_off } = this.#marks.of(line);
    if (!(read || relay || starred || skipped || put_off)) this.noted.passed(post);
  }

  /** The open post was read to its end. */
  finished(): void {
    const { post } = this;
    if (!post) return;
    void this.engage(post.line.post);
    this.noted.finished(post.line.post);
  }

  #empty(): void {
    this.noted.leave();
    this.#leaveOff();
    this.post = null;
    this.problem = this.unmarked = null;
    this.loading = false;
    this.why = false;
  }

  /** `come`: nobody chose it, so that it is not marked. */
  #load(post: PostId, come = false): Promise<unknown> {
    return (this.#arriving = this.#heard(post, come));
  }

  async #heard(post: PostId, come: boolean): Promise<PostView | null> {
    const turn = ++this.#turn;
    this.#leaveOff();
    if (come) this.#come = post;
    this.loading = true;
    this.problem = this.unmarked = null;
    const slow = setTimeout(() => {
      if (turn === this.#turn) this.post = null;
    }, SLOW_MS);
    try {
      let later = false;
      const view = await this.#opening.of(post, !come, (now, gone) => {
        later = true;
        if (turn === this.#turn) [this.post, this.problem] = [now, gone];
      });
      if (turn !== this.#turn) return null;
      if (!later) this.post = view;
      this.noted.dwell(view.line.words, () => this.post?.line.post === post && this.finished());
      if (come) this.#stay(post);
      this.#opening.ahead([this.lines[this.beside(1)]?.post, this.lines[this.beside(-1)]?.post]);
      return view;
    } catch (thrown) {
      if (turn !== this.#turn) return null;
      this.post = null;
      this.problem = asProblem(thrown);
      return null;
    } finally {
      clearTimeout(slow);
      if (turn === this.#turn) this.loading = false;
    }
  }
}

/** A list that has no more pieces. */
const nothing: More = () => Promise.resolve(false);
