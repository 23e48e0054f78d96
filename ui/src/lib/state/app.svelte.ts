// Gives what every screen shares: the backend, where the reader is, what long work says, what can be undone.
// Never draws. A state of one screen stands beside it and asks again when the engine tells that its topic changed.

import type { Answer, Ask, Backend, Command } from "../backend/backend";
import type { Code, Problem, Progress, Topic } from "../backend/contract";
import { phrase, t } from "../i18n/t.svelte";

/** Something that was done and can be undone, shown in the bar at the bottom. What throws, or gives false, was not undone;
 *  what gives a sentence was, and that is said beside it. */
export type Undoable = { said: string; undo: () => Promise<unknown> };

const MINUTE_MS = 60_000;
/** How long the bar offers to undo; Ctrl/Cmd-Z goes back further. */
const OFFERED_MS = 10_000;
/** How long a word that offers nothing stays. */
const SAID_MS = 4000;
/** What is being done has been answered by then, or never is: longer than a library waits for another process. */
const DOING_MS = 15_000;
/** How many acts Ctrl/Cmd-Z remembers. */
const REMEMBERED = 50;
/** What passes: what failed for one of these can be tried again later, an undo too. What is gone for good must not bar older acts. */
export const PASSING: readonly Code[] = [
  "library_busy", "library_read_only", "disk_full", "refresh_running", "search_running", "no_answer", "no_keychain",
];

export class App {
  readonly backend: Backend;
  /** The sample library is open. */
  sample = $state(false);
  /** What a refresh said last; null when none runs. */
  progress: Progress | null = $state(null);
  /** What the asking for whom someone follows said last; null when nobody is asked. */
  heard: Progress | null = $state(null);
  /** How far the import of a file is. */
  bringing: Progress | null = $state(null);
  /** How far a refresh is that another program runs on this library; null when none does. */
  elsewhere: Progress | null = $state(null);
  /** How far the search for people is, here or (`searchElsewhere`) in another program; null when there is none. */
  search: Progress | null = $state(null);
  searchElsewhere: Progress | null = $state(null);
  /** What went wrong last, until the reader closes it or the same goes right. */
  problem: Problem | null = $state(null);
  /** What the bar offers to undo. */
  offer: Undoable | null = $state.raw(null);
  /** What the bar says without offering anything: what was taken back, how large the page is. */
  note: string | null = $state(null);
  /** The moment that ages are counted to; moved each minute. */
  now = $state(0);

  #failed: Command | null = null;
  #done: Undoable[] = [];
  /** Acts that the engine has not answered yet. */
  #doing = new Set<Promise<unknown>>();
  /** The undoing that was asked for last. */
  #undoing: Promise<void> = Promise.resolve();
  /** Which library is open, by its turn. */
  #library = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listeners = new Set<(topics: Topic[]) => void>();

  constructor(backend: Backend, clock: () => number = Date.now) {
    this.backend = backend;
    this.now = clock();
    setInterval(() => (this.now = clock()), MINUTE_MS);
    backend.hear((event) => {
      if ("changed" in event) for (const listener of this.#listeners) listener(event.changed);
      else if ("progress" in event) this.#tell(event.progress);
      else if ("search" in event) this.search = event.search;
      else if ("search_elsewhere" in event) this.searchElsewhere = event.search_elsewhere;
      else this.elsewhere = event.elsewhere;
    });
  }

  /** Two may run at once: each says whose it is. */
  #tell(progress: Progress): void {
    if (progress.work === "refresh") this.progress = progress;
    else if (progress.work === "circle") this.heard = progress;
    else if (progress.work === "import") this.bringing = progress;
  }

  /** Runs a command; a problem is shown, and null given. */
  async ask<C extends Command>(name: C, ask: Ask<C>): Promise<Answer<C> | null> {
    try {
      const answer = await this.backend.call(name, ask);
      if (this.#failed === name) this.problem = null;
      return answer;
    } catch (thrown) {
      const problem = asProblem(thrown);
      // What the reader stopped is no trouble.
      if (problem.code === "stopped") this.say(phrase(problem.detail));
      else [this.problem, this.#failed] = [problem, name];
      return null;
    }
  }

  /** Runs a command that answers nothing; whether it was done. */
  async done<C extends Command>(name: C, ask: Ask<C>): Promise<boolean> {
    await this.ask(name, ask);
    return this.problem === null || this.#failed !== name;
  }

  /** Asks `again` whenever one of these topics changes, until the returned function is called. */
  whenChanged(topics: Topic[], again: () => void): () => void {
    const listener = (changed: Topic[]) => {
      if (changed.some((topic) => topics.includes(topic))) again();
    };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everything is another library now: every state asks again. */
  everythingChanged(): void {
    for (const listener of this.#listeners) listener(["sources", "posts", "marks", "digests", "settings", "wishes", "searches"]);
  }

  /** Something is being done that can be undone once it is: who undoes meanwhile means it, and not what was done before. */
  async doing<Done>(act: Promise<Done>): Promise<Done> {
    this.#doing.add(act);
    try {
      return await act;
    } finally {
      this.#doing.delete(act);
    }
  }

  /** Offers to undo what was just done. */
  did(act: Undoable): void {
    this.#remember(act);
  }

  /** Offers it anew where it was not seen: a sheet lay over the bar. Not what was undone, nor what something was done after. */
  offerAgain(act: Undoable): void {
    if (this.#done.at(-1) === act) this.#show(act);
  }

  /** Says it briefly in the bar. */
  say(said: string, long = SAID_MS): void {
    this.dismiss();
    this.note = said;
    this.#timer = setTimeout(() => (this.note = null), long);
  }

  /** The bar is not wanted; Ctrl/Cmd-Z still knows the act. */
  dismiss(): void {
    clearTimeout(this.#timer);
    this.offer = this.note = null;
  }

  #remember(act: Undoable): void {
    this.#done.push(act);
    if (this.#done.length > REMEMBERED) this.#done.shift();
    this.#show(act);
  }

  #show(act: Undoable): void {
    this.dismiss();
    this.offer = act;
    this.#timer = setTimeout(() => (this.offer = null), OFFERED_MS);
  }

  /** Which library is open, by its turn: what another answers late is of no post of this one. */
  get library(): number {
    return this.#library;
  }

  /** There is something to undo. */
  get undoable(): boolean {
    return this.#done.length > 0 || this.#doing.size > 0;
  }

  /** Undoes the last act that was not undone yet, or what is being done just now; asked for twice, one after the other. One
   *  that could not be undone now (the library was busy) still can be; one that never can (it is gone) is let go, and why is said. */
  undo(named?: Undoable): Promise<void> {
    if (named) return this.#undo(named);
    const next = () => this.#undoLast();
    this.#undoing = this.#undoing.then(next, next);
    return this.#undoing;
  }

  async #undoLast(): Promise<void> {
    if (this.#doing.size > 0) {
      const library = this.#library;
      const before = new Set(this.#done);
      await this.#answered([...this.#doing]);
      // Nothing came of it, which says why itself: what was done before was not meant, nor what was done in another library.
      const last = this.#done.at(-1);
      if (library !== this.#library || last === undefined || before.has(last)) return;
    }
    await this.#undo(this.#done.at(-1));
  }

  /** Waits for these, and for what never answers once. */
  async #answered(acts: Promise<unknown>[]): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise((go) => (timer = setTimeout(go, DOING_MS)));
    await Promise.race([Promise.allSettled(acts), enough]);
    clearTimeout(timer);
    for (const act of acts) this.#doing.delete(act);
  }

  async #undo(one: Undoable | undefined): Promise<void> {
    const act = one && this.#done.includes(one) ? one : undefined;
    this.#done = this.#done.filter((each) => each !== act);
    this.offer = null;
    if (!act) return;
    const library = this.#library;
    const before = this.problem;
    let undone: unknown = false;
    try {
      undone = await act.undo();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    const why = this.problem === before ? null : this.problem;
    const again = undone === false && (why === null || PASSING.includes(why.code));
    // What is undone may be off the screen: it is said.
    if (undone !== false) {
      const said = t("ui.undo.undone", { said: act.said });
      if (typeof undone === "string") this.say(`${said} ${undone}`, OFFERED_MS);
      else this.say(said);
    }
    if (again && library === this.#library) this.#remember(act);
  }

  /** Nothing of another library can be undone here, or runs here. */
  forget(): void {
    this.elsewhere = this.search = this.searchElsewhere = null;
    this.#library += 1;
    this.#done = [];
    this.#doing.clear();
    this.#undoing = Promise.resolve();
    this.dismiss();
  }
}

/** What was thrown, as a problem: a mistake of the window's own is a `fault` in its own words. */
export function asProblem(thrown: unknown): Problem {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "detail" in thrown) return thrown as Problem;
  return { code: "fault", detail: { key: "problem.fault", values: { detail: String(thrown) } } };
}
