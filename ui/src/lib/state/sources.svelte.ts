// Gives the sources, the one that is chosen and its posts; renames, moves and leaves them, each with undo.
// Never builds the tree: that is tree.ts.

import type { Ask } from "../backend/backend";
import type { GivenLogin, Mode, PeopleView, PostLine, Problem, SourceDays, SourceId, SourceView } from "../backend/contract";
import { modeWords } from "../i18n/modes";
import { speech, t, told } from "../i18n/t.svelte";
import { shownTitle } from "../i18n/untitled";
import { asProblem, type App } from "./app.svelte";
import type { Marks } from "./marks.svelte";
import { Pages } from "./pages.svelte";
import { folders, keyOf, remade, renamed, reordered, within } from "./tree";

/** How long changes gather before the sources are asked again: a refresh tells of each batch. */
const GATHER_MS = 300;

/** What can be done with a source; four of them ask something first. */
export type Asking = "rename" | "move" | "login" | "person";
export type SourceAct = Asking | "back" | "logout" | "site" | "refresh" | "lift" | "account" | "full" | "prefer" | "unfollow";

/** Commands that change a source and whose answer nobody needs. */
type Done = "rename" | "move_many" | "unfollow_many" | "follow_many_again" | "unfollow" | "follow_again" | "set_full_text" | "prefer" | "set_unlimited" | "log_out" | "set_mode" | "order_folders" | "make_folders";

export class Sources {
  all: SourceView[] = $state.raw([]);
  /** The folders that the reader put into an order of their own. */
  order: string[][] = $state.raw([]);
  /** The folders that they made by hand: they are there with nothing in them too. */
  made: string[][] = $state.raw([]);
  heard = $state(false);
  problem: Problem | null = $state.raw(null);
  /** The last days of the chosen one; null until they were heard. */
  days: SourceDays | null = $state.raw(null);
  filter = $state("");
  chosen: SourceId | null = $state(null);
  posts: Pages<PostLine>;
  /** The sheet that is open for a source. */
  asked: { what: Asking; of: SourceView } | null = $state.raw(null);
  /** Where the last export went. */
  saved: string | null = $state(null);
  /** The rows of the tree that are chosen together, by their keys. */
  picked: string[] = $state.raw([]);
  /** The folder whose new name is asked for. */
  renaming: string[] | null = $state.raw(null);
  /** The folder in which a new one is to be made, whose name is asked for; none is the top level. */
  making: string[] | null = $state.raw(null);
  /** Rows that are to be moved together: where to is asked. */
  movingPicked = $state(false);
  /** The row of the tree that the reader stood on last, by its key. */
  stood: string | null = $state(null);
  /** The row that is to have the focus, by its key. */
  wanted: string | null = $state(null);
  #app: App;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, marks: Marks) {
    this.#app = app;
    this.posts = new Pages(
      async (limit, offset) =>
        this.chosen === null ? [] : app.backend.call("posts_of", { source: this.chosen, limit, offset }),
      (lines, asked) => marks.learn(lines, asked),
      (line) => line.post,
    );
    app.whenChanged(["sources", "posts", "marks"], () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.load(), GATHER_MS);
    });
    this.posts.follow(app, ["marks"]);
    app.whenChanged(["posts"], () => {
      if (this.chosen !== null) void this.posts.again();
    });
  }

  get source(): SourceView | null {
    return this.all.find((source) => source.id === this.chosen) ?? null;
  }

  /** Every folder there is, in order. */
  get folders(): string[][] {
    return folders(this.all, speech.language, this.order, this.made);
  }

  async load(): Promise<void> {
    // What was told of so far is in the answer.
    clearTimeout(this.#timer);
    try {
      const { backend } = this.#app;
      const [all, order, made] = await Promise.all([backend.call("sources", null), backend.call("folder_order", null), backend.call("made_folders", null)]);
      this.all = all.map((source) => ({ ...source, title: shownTitle(source.title) }));
      [this.order, this.made] = [order, made];
      this.problem = null;
      this.heard = true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  choose(source: SourceId | null): void {
    if (source === this.chosen) return;
    this.chosen = source;
    this.days = null;
    if (source === null) this.posts.clear();
    else void Promise.all([this.posts.begin(), this.#learnDays(source)]);
  }

  /** Who only looks at a source is not told when its figures cannot be had: its posts are there. */
  async #learnDays(source: SourceId): Promise<void> {
    const days = await this.#app.backend.call("source_days", source).catch(() => null);
    if (source === this.chosen) this.days = days;
  }

  forget(): void {
    this.all = [];
    this.order = this.made = [];
    this.heard = false;
    this.filter = "";
    this.asked = this.saved = this.wanted = this.stood = this.renaming = this.making = null;
    this.movingPicked = false;
    this.picked = [];
    this.choose(null);
  }

  async rename(source: SourceView, name: string): Promise<void> {
    const typed = name.trim();
    if (typed === source.title || !(await this.#done("rename", { source: source.id, name: typed || null }))) return;
    this.#app.did({
      said: told("ui.undo.renamed", { title: source.title }),
      undo: () => this.#done("rename", { source: source.id, name: source.name }),
    });
  }

  /** Puts one source or several into one folder, or (none) at the top level, as one step. They leave where they were, or stay there too. */
  put(moving: SourceView[], to: string[], stays: boolean): Promise<boolean> {
    const into = (source: SourceView) => [...source.folders.filter((path) => stays && keyOf(path) !== keyOf(to)), ...(to.length > 0 ? [to] : [])];
    return this.moveAll(moving.map((source) => ({ source, folders: into(source) })), stays ? this.alsoIn(moving, to) : null);
  }

  /** What is said of those that stand in one more folder: they were not moved. */
  alsoIn(moving: SourceView[], to: string[]): string {
    const [only] = moving;
    const folder = to.join(" › ");
    return moving.length === 1 && only ? told("ui.undo.also_in", { title: only.title, folder }) : told("ui.undo.also_in_several", { count: moving.length, folder });
  }

  /** Moves each into its folders, all or none, with one undo. */
  async moveAll(moves: { source: SourceView; folders: string[][] }[], said: string | null = null): Promise<boolean> {
    const [only] = moves;
    if (!only || !(await this.#done("move_many", moves.map(({ source, folders }) => ({ source: source.id, folders }))))) return false;
    const back = moves.map(({ source }) => ({ source: source.id, folders: source.folders }));
    const moved = moves.length === 1 ? told("ui.undo.moved", { title: only.source.title }) : told("ui.undo.moved_several", { count: moves.length });
    this.#app.did({ said: said ?? moved, undo: () => this.#done("move_many", back) });
    return true;
  }

  /** A folder, with all that is in it, becomes another: it is renamed, or goes into one. Where there is one already, both are
   *  one; an empty one would be none then, and stays. It keeps its place among the others, wherever that is now. `away`: what
   *  is in it goes into the folder `to`, and it is gone. */
  async moveFolder(from: string[], to: string[], away = to.length === 0): Promise<void> {
    if (keyOf(from) === keyOf(to)) return;
    const moves = this.all.flatMap((source) => {
      const folders = within(source.folders, from, to);
      return folders === null ? [] : [{ source: source.id, folders, back: source.folders }];
    });
    const bare = !this.made.some((path) => path.length > from.length && keyOf(path.slice(0, from.length)) === keyOf(from));
    if (!away && bare && moves.length === 0 && this.folders.some((path) => keyOf(path) === keyOf(to))) return this.#app.say(t("ui.sources.folder_there", { name: to.at(-1) ?? "" }));
    const before = { order: this.order, made: this.made };
    const after = { order: renamed(before.order, from, to).filter((path) => path.length > 0), made: remade(before.made, from, to) };
    // Where nothing moved, nothing has another place.
    if (moves.length === 0 && same(after.made, before.made)) return;
    const put = async (arranged: typeof after, folders: "folders" | "back") =>
      (await this.#arrange(arranged)) &&
      (moves.length === 0 || this.#done("move_many", moves.map((move) => ({ source: move.source, folders: move[folders] }))));
    if (!(await put(after, "folders"))) return void (await this.#arrange(before));
    const [was = "", is = ""] = [from, to].map((path) => path.at(-1));
    const gone = to.length < from.length && keyOf(from.slice(0, to.length)) === keyOf(to);
    const key = gone ? "ui.undo.folder_gone" : was === is ? "ui.undo.folder_moved" : "ui.undo.folder_renamed";
    this.#app.did({ said: told(key, { name: was === is || gone ? was : is }), undo: () => put(before, "back") });
  }

  /** Makes a folder in which nothing is yet; where there is one of that name, one stands on it. */
  async makeFolder(path: string[]): Promise<void> {
    const key = keyOf(path);
    const known = this.folders.some((each) => keyOf(each) === key);
    this.filter = "";
    if (!known && !(await this.#done("make_folders", [...this.made, path]))) return;
    this.wanted = key;
    if (known) return;
    // What was put into it since stays there.
    const undo = () => this.#done("make_folders", this.made.filter((each) => keyOf(each) !== key));
    this.#app.did({ said: told("ui.undo.folder_made", { name: path.at(-1) ?? "" }), undo });
  }

  /** Keeps the order and the folders that were made, where they are others. */
  async #arrange({ order, made }: { order: string[][]; made: string[][] }): Promise<boolean> {
    if (!same(order, this.order) && !(await this.#done("order_folders", order))) return false;
    return same(made, this.made) || this.#done("make_folders", made);
  }

  /** Puts a folder before or after another beside it, with one undo. */
  async orderFolder(path: string[], beside: string[], after: boolean): Promise<void> {
    const before = this.order;
    const next = reordered(before, this.folders, path, beside, after);
    if (next === null || !(await this.#done("order_folders", next))) return;
    this.#app.did({ said: told("ui.undo.folder_ordered", { name: path.at(-1) ?? "" }), undo: () => this.#done("order_folders", before) });
  }

  /** Leaves several at once, all or none, with one undo. */
  async unfollowAll(all: SourceView[]): Promise<void> {
    const ids = all.map(({ id }) => id);
    if (ids.length === 0 || !(await this.#done("unfollow_many", ids))) return;
    this.#app.did({ said: told("ui.undo.unfollowed_many", { count: ids.length }), undo: () => this.#done("follow_many_again", ids) });
  }

  /** How much of it the reader wants. */
  async thin(source: SourceView, mode: Mode): Promise<void> {
    if (!(await this.#done("set_mode", { source: source.id, mode }))) return;
    this.#app.did({
      said: told("cli.thin.done", { title: source.title, mode: modeWords(mode) }),
      undo: () => this.#done("set_mode", { source: source.id, mode: source.mode }),
    });
  }

  /** Whether its posts are opened with their full text. */
  async openInFull(source: SourceView, on: boolean): Promise<void> {
    const put = (on: boolean) => this.#done("set_full_text", { source: source.id, on });
    if (await put(on)) this.#app.did({ said: told(on ? "ui.undo.full_on" : "ui.undo.full_off", { title: source.title }), undo: () => put(!on) });
  }

  /** Of a story that several tell, whether its telling is the one shown. */
  async prefer(source: SourceView, on: boolean): Promise<void> {
    const put = (on: boolean) => this.#done("prefer", { source: source.id, on });
    if (await put(on)) this.#app.did({ said: told(on ? "ui.undo.prefer_on" : "ui.undo.prefer_off", { title: source.title }), undo: () => put(!on) });
  }

  /** Whether it may bring more than its share into a digest. */
  async lift(source: SourceView, on: boolean): Promise<void> {
    const put = (on: boolean) => this.#done("set_unlimited", { source: source.id, on });
    if (await put(on)) this.#app.did({ said: told(on ? "ui.undo.lift_on" : "ui.undo.lift_off", { title: source.title }), undo: () => put(!on) });
  }

  /** Tries a login at once; it is kept when it works. Gives what is wrong with it, else null. */
  async logIn(source: SourceView, login: GivenLogin): Promise<Problem | null> {
    try {
      await this.#app.backend.call("log_in", { source: source.id, login });
    } catch (thrown) {
      return asProblem(thrown);
    }
    await this.load();
    return null;
  }

  /** Forgets what logs in at a source. */
  async logOut(source: SourceView): Promise<boolean> {
    return this.#done("log_out", source.id);
  }

  /** Who is one person. */
  async people(): Promise<PeopleView | null> {
    return this.#app.ask("people", null);
  }

  /** Says that another source is the same person, or not, or (null) nothing any more. */
  async tie(source: SourceView, other: SourceId, title: string, together: boolean | null): Promise<void> {
    const tie = async (said: boolean | null) => this.#app.ask("tie", { one: source.id, other, together: said });
    const report = await tie(together);
    if (!report) return;
    const key = report.together ? "ui.undo.joined" : "ui.undo.parted";
    this.#app.did({
      said: t(key, { title: source.title, other: title }),
      undo: async () => (await tie(report.before)) !== null,
    });
  }

  async unfollow(source: SourceView): Promise<void> {
    if (!(await this.#done("unfollow", source.id))) return;
    this.#app.did({
      said: told("ui.undo.unfollowed", { title: source.title }),
      undo: () => this.#done("follow_again", source.id),
    });
  }

  /** Writes every source to a file that the reader names; gives its path, or null. */
  async exported(): Promise<string | null> {
    return this.#saved("pepites.opml", await this.#app.ask("export", null));
  }

  /** Writes the accounts among them as other readers of microblogs take them. */
  async accountsExported(): Promise<string | null> {
    return this.#saved("following_accounts.csv", await this.#app.ask("export_accounts", null));
  }

  async #saved(name: string, text: string | null): Promise<string | null> {
    if (text === null) return null;
    try {
      return await this.#app.backend.saveFile(name, text);
    } catch (thrown) {
      this.#app.problem = asProblem(thrown);
      return null;
    }
  }

  /** Runs a command whose answer nobody needs, and asks for the sources as they are now; true when it was done. */
  async #done<C extends Done>(name: C, ask: Ask<C>): Promise<boolean> {
    try {
      await this.#app.backend.call(name, ask);
    } catch (thrown) {
      this.#app.problem = asProblem(thrown);
      return false;
    }
    await this.load();
    return true;
  }
}

function same(one: string[][], other: string[][]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
