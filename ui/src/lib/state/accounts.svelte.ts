// Gives the accounts of the reader's own: who is signed in, what each sees, the signing in that goes on.
// Never sees a password: the reader's browser and their server settle that between them.

import { SvelteSet } from "svelte/reactivity";
import type { AccountView, Problem, SignInView, SourceId, TimelineView } from "../backend/contract";
import { speech, t } from "../i18n/t.svelte";
import { asProblem, type App } from "./app.svelte";
import type { Own } from "./arrivals.svelte";
import type { Refresh } from "./refresh.svelte";

/** What the engine says where the reader left by themselves: nothing to tell them. */
const LEFT = "problem.sign_in.cancelled";

export class Accounts {
  open = $state(false);
  all: AccountView[] = $state.raw([]);
  heard = $state(false);
  /** The server, as it is typed. */
  server = $state("");
  code = $state("");
  busy = $state(false);
  /** The signing in that waits for the browser. */
  begun: SignInView | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  /** What was done last, in a sentence. */
  said: string | null = $state(null);
  /** The account whose timelines are shown. */
  shown: string | null = $state(null);
  timelines: TimelineView[] | null = $state.raw(null);
  /** Who is asked whether they mean to sign out. */
  leaving: string | null = $state(null);
  readonly chosen = new SvelteSet<string>();
  #app: App;
  #refresh: Refresh;
  #own: Own;
  /** Which signing in an answer belongs to. */
  #turn = 0;

  constructor(app: App, refresh: Refresh, own: Own) {
    this.#app = app;
    this.#refresh = refresh;
    this.#own = own;
    app.whenChanged(["sources"], () => void (this.open && this.load()));
  }

  start(): void {
    this.open = true;
    this.#clear();
    void this.load();
  }

  close(): void {
    void this.leave();
    this.open = false;
    this.#clear();
  }

  async load(): Promise<void> {
    if (this.#app.sample) {
      // The reader's own are not on this desk.
      [this.all, this.heard] = [[], true];
      return;
    }
    try {
      this.all = await this.#app.backend.call("accounts", null);
      this.heard = true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  /** Asks the server for its page, shows it in the browser, waits for the reader to come back. */
  async signIn(): Promise<void> {
    const server = this.server.trim();
    if (!server) return;
    this.#clear(server);
    const turn = this.#turn;
    this.busy = true;
    try {
      await this.#own();
      if (this.#app.sample) return;
      const begun = await this.#app.backend.call("sign_in", { server, language: speech.language });
      if (turn !== this.#turn) return;
      this.begun = begun;
      this.busy = false;
      if (begun.url) await this.show(begun.url);
      await this.#end(turn, this.#app.backend.call("signed_in", null));
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblem(thrown);
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }

  /** Shows a page in the reader's browser; where none opens, the reader gets its address. */
  async show(url: string): Promise<void> {
    try {
      await this.#app.backend.openLink(url);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  /** Ends the signing in by the code that the page shows. */
  async paste(): Promise<void> {
    const turn = this.#turn;
    this.busy = true;
    this.problem = null;
    await this.#end(turn, this.#app.backend.call("sign_in_code", this.code));
    if (turn === this.#turn) this.busy = false;
  }

  /** Leaves the signing in that goes on. */
  async leave(): Promise<void> {
    if (!this.begun) return;
    this.#turn += 1;
    this.begun = null;
    this.busy = false;
    await this.#app.ask("sign_in_cancel", null);
  }

  async signOut(handle: string): Promise<void> {
    this.#clear();
    this.busy = true;
    try {
      const { revoked } = await this.#app.backend.call("sign_out", handle);
      this.said = t(revoked ? "account.signed_out" : "account.signed_out.unheard", { account: handle });
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.busy = false;
    await this.load();
  }

  /** Shows what an account sees; the home timeline is chosen beforehand. */
  async look(handle: string): Promise<void> {
    this.#clear();
    this.shown = handle;
    this.busy = true;
    try {
      const timelines = await this.#app.backend.call("timelines", handle);
      if (this.shown !== handle) return;
      this.timelines = timelines;
      const home = timelines.find(({ name, followed }) => name === null && !followed);
      if (home) this.chosen.add(home.address);
    } catch (thrown) {
      this.problem = asProblem(thrown);
      this.shown = null;
    } finally {
      this.busy = false;
    }
  }

  toggle(address: string): void {
    if (!this.chosen.delete(address)) this.chosen.add(address);
  }

  titleOf({ name }: TimelineView, handle: string): string {
    return name ?? t("account.home", { account: handle });
  }

  /** Follows the chosen, and asks them at once. */
  async follow(folders: string[][]): Promise<void> {
    const handle = this.shown ?? "";
    const chosen = (this.timelines ?? []).filter(({ address }) => this.chosen.has(address));
    const people = chosen.map((timeline) => ({ address: timeline.address, name: this.titleOf(timeline, handle), followed: false }));
    this.busy = true;
    this.problem = null;
    try {
      const added: SourceId[] = await this.#app.backend.call("follow_all", { people, folders });
      const said = t("ui.accounts.followed", { count: added.length });
      this.#clear();
      this.said = said;
      if (added.length === 0) return;
      this.#app.did({
        said,
        undo: async () => {
          for (const source of added) await this.#app.backend.call("unfollow", source);
        },
      });
      void this.#refresh.start(added);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }

  async #end(turn: number, ending: Promise<AccountView>): Promise<void> {
    try {
      const account = await ending;
      if (turn !== this.#turn) return;
      this.#clear();
      await this.load();
      await this.look(account.handle);
      this.said = t("ui.accounts.signed_in", { account: account.handle });
    } catch (thrown) {
      if (turn !== this.#turn) return;
      const problem = asProblem(thrown);
      if (problem.detail.key === LEFT) return;
      this.problem = problem;
      // A mistyped code may be typed again; whatever else ends it, has ended it.
      if (!problem.detail.key.endsWith("code") && !problem.detail.key.endsWith("expired")) this.begun = null;
    }
  }

  #clear(server = ""): void {
    this.#turn += 1;
    this.server = server;
    this.code = "";
    this.begun = null;
    this.problem = null;
    this.said = null;
    this.shown = null;
    this.timelines = null;
    this.leaving = null;
    this.chosen.clear();
  }
}
