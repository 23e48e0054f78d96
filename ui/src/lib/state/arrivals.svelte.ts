// Gives what comes in by the reader's hand: a file that is imported, an address that is added, and what came of it.

import type { AddReport, Column, ContactsImport, GivenLogin, ImportReport, Problem, SourceId, TablePreview } from "../backend/contract";
import { phrase, t, told } from "../i18n/t.svelte";
import { asProblem, type App, type Undoable } from "./app.svelte";
import type { Refresh } from "./refresh.svelte";

type Arrived = { path: string; report: ImportReport; switched: boolean; act: Undoable | null };
/** Of what stays when an import is taken back, so many are named in the bar. */
const NAMED = 3;
/** Lays the reader's own library on the desk: what they bring is never for the sample. True when it had to be fetched. */
export type Own = () => Promise<boolean>;

export class Importing {
  busy = $state(false);
  /** The file that is taken in. */
  file = $state("");
  stopping = $state(false);
  /** A file hovers over the window. */
  hovering = $state(false);
  /** Reports that were not closed yet: several files can be dropped at once. */
  #arrived: Arrived[] = $state.raw([]);
  #app: App;
  #own: Own;
  /** Asks for the sources as they are now: what was imported is there before the report is. */
  #loaded: () => Promise<void>;
  /** Shows the people that a file brought. */
  #met: () => void;

  constructor(app: App, own: Own, loaded: () => Promise<void>, met: () => void) {
    this.#app = app;
    this.#own = own;
    this.#loaded = loaded;
    this.#met = met;
  }

  /** The report on screen. */
  get report(): ImportReport | null {
    return this.#arrived[0]?.report ?? null;
  }

  /** The sample library was left for the report on screen. */
  get switched(): boolean {
    return this.#arrived[0]?.switched ?? false;
  }

  /** The table on screen of which the reader says first what its columns hold. */
  get columns(): TablePreview | null {
    return this.report?.contacts?.columns ?? null;
  }

  /** Asks for a file, then imports it; `people`: it is of people. */
  async pick(people = false): Promise<void> {
    try {
      const path = await this.#app.backend.pickFile();
      if (path !== null) await this.take(path, people);
    } catch (thrown) {
      this.#app.problem = asProblem(thrown);
    }
  }

  async take(path: string, people = false): Promise<void> {
    const switched = await this.#own();
    // Not left after all: it says so itself.
    if (this.#app.sample) return;
    const report = people ? await this.#meet(path, () => this.#app.ask("contacts_import", { path, columns: null })) : await this.#import(path, false);
    if (!report) return;
    this.#arrived = [...this.#arrived, { path, report, switched, act: this.#did(report) }];
    if (report.contacts) this.#met();
  }

  /** Takes the people of the table on screen, its columns as the reader says. */
  async takeColumns(columns: Column[]): Promise<void> {
    const [offered, ...rest] = this.#arrived;
    if (!offered) return;
    const report = await this.#meet(offered.path, () => this.#app.ask("contacts_import", { path: offered.path, columns }));
    if (report) this.#arrived = [{ ...offered, report, act: this.#did(report) }, ...rest];
  }

  /** The address book of the made-up world, in the sample. */
  async takeSample(): Promise<void> {
    const report = await this.#meet("", () => this.#app.ask("sample_contacts", null));
    if (report) this.#arrived = [{ path: "", report, switched: false, act: this.#did(report) }];
  }

  /** Takes what could be read of the damaged file that was offered. */
  async takePartial(): Promise<void> {
    const [offered, ...rest] = this.#arrived;
    if (!offered) return;
    const report = await this.#import(offered.path, true);
    if (report) this.#arrived = [{ ...offered, report, act: this.#did(report) }, ...rest];
  }

  /** Ends the import that is under way: nothing of its file is taken. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.#app.ask("stop", "import");
  }

  /** Takes back what the file on screen brought. */
  async undo(): Promise<void> {
    const act = this.#arrived[0]?.act;
    this.#arrived = this.#arrived.slice(1);
    if (act) await this.#app.undo(act);
  }

  /** What came can be undone as all else. */
  #did(report: ImportReport): Undoable | null {
    const { file, contacts } = report;
    const id = report.import;
    if (id === null) return null;
    const [what, count] = contacts ? (["people", contacts.added] as const) : (["sources", report.added.length] as const);
    const more = contacts ? "rows" : "folders";
    const act = {
      said: count > 0 ? told(`ui.undo.import.${what}`, { file, count }) : told(`ui.undo.import.${more}`, { file }),
      undo: () => this.#back(id),
    };
    this.#app.did(act);
    return act;
  }

  /** What stays although its import is taken back, in a sentence. */
  async #back(id: number): Promise<string | undefined> {
    const { kept, kept_people, before } = await this.#app.backend.call("undo_import", id);
    await this.#loaded();
    if (before) return t("ui.undo.import.before");
    const names = [...kept.map(({ title, why }) => `${title} (${phrase(why)})`), ...kept_people];
    if (names.length === 0) return undefined;
    const some = names.slice(0, NAMED).join(", ");
    return t("ui.undo.import.kept", { count: names.length, names: names.length > NAMED ? `${some}…` : some });
  }

  /** Closes the report on screen; the next one follows. */
  close(): void {
    const act = this.#arrived[0]?.act;
    this.#arrived = this.#arrived.slice(1);
    // The sheet lay over the bar that offers it.
    if (act) this.#app.offerAgain(act);
  }

  forget(): void {
    this.#arrived = [];
  }

  async #meet(path: string, ask: () => Promise<ContactsImport | null>): Promise<ImportReport | null> {
    this.#begin(path);
    const contacts = await ask();
    this.busy = false;
    if (!contacts) return null;
    const { file, dialect } = contacts;
    return { file, dialect, origin: null, added: [], already: [], repeated: 0, skipped: [], passwords_lost: 0, partial: null, offered: false, import: contacts.import, contacts };
  }

  async #import(path: string, even_partial: boolean): Promise<ImportReport | null> {
    this.#begin(path);
    const report = await this.#app.ask("import", { path, even_partial });
    // The welcome of an empty library would flash behind the report else.
    if (report && report.added.length > 0) await this.#loaded();
    this.busy = false;
    return report;
  }

  #begin(path: string): void {
    this.#app.bringing = null;
    this.file = path.split(/[\\/]/).at(-1) || t("ui.import.file");
    this.stopping = false;
    this.busy = true;
  }
}

/** What is said of an address that wants a login, or another one. */
const LOCKED = ["problem.no_answer.login", "problem.no_answer.login_refused"];

export class Adding {
  open = $state(false);
  address = $state("");
  busy = $state(false);
  /** What was found there, to choose from. */
  report: AddReport | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  #app: App;
  #refresh: Refresh;
  #own: Own;
  /** What was looked at: the field may say something else by the time one of what was found is chosen. */
  #asked = "";
  /** Which look an answer belongs to: one that is late is for nobody. */
  #turn = 0;
  /** What is there can only be read with an account: a login is asked for until it is followed. */
  locked = $state(false);
  /** What logs in there, as it was typed for this address: it goes to the engine, and nowhere else. */
  #login: GivenLogin | null = null;

  constructor(app: App, refresh: Refresh, own: Own) {
    this.#app = app;
    this.#refresh = refresh;
    this.#own = own;
  }

  start(address = ""): void {
    this.open = true;
    this.address = address;
    this.report = null;
    this.problem = null;
    this.locked = false;
    this.#login = null;
  }

  close(): void {
    this.open = false;
    this.#login = null;
    // What is still looked for is for nobody.
    this.#turn += 1;
    this.busy = false;
  }


  /** Follows what is at the address, logged in. */
  async logIn(login: GivenLogin): Promise<void> {
    this.#login = login;
    await this.#add(null);
  }

  /** Shows what is there; nothing is followed yet. */
  async look(address = this.address): Promise<void> {
    this.address = address;
    this.#asked = this.address.trim();
    this.#login = null;
    if (!this.#asked) return;
    const turn = (this.#turn += 1);
    const mine = () => turn === this.#turn;
    this.busy = true;
    this.problem = null;
    this.locked = false;
    try {
      const report = await this.#app.backend.call("look", this.#asked);
      if (mine()) this.report = report;
    } catch (thrown) {
      if (!mine()) return;
      this.report = null;
      this.problem = asProblem(thrown);
      this.locked = LOCKED.includes(this.problem.detail.key);
    } finally {
      if (mine()) this.busy = false;
    }
  }

  /** Follows one of what was found. */
  choose(choice: number): Promise<void> {
    // What stands alone there is followed by its address; of several, one is named by its place.
    return this.#add((this.report?.found.length ?? 0) > 1 ? choice : null);
  }

  /** Follows what is at an address that was looked at elsewhere. */
  async follow(address: string): Promise<SourceId | null> {
    await this.#own();
    return this.#app.sample ? null : this.instead(address, []);
  }

  /** Follows the account that someone moved to, in the same folders. */
  async instead(to: string, folders: string[][]): Promise<SourceId | null> {
    const report = await this.#app.ask("add", { address: to, choice: null, folders, login: null });
    const source = report?.source ?? null;
    if (source !== null && !report?.already) this.#followed(report?.added?.title ?? to, source);
    return source;
  }

  #followed(title: string, source: SourceId): void {
    this.#app.did({
      said: told("ui.undo.followed", { title }),
      undo: () => this.#app.backend.call("unfollow", source),
    });
    // Its posts are wanted at once: who adds a source wants to see what it brings.
    void this.#refresh.start([source], true);
  }

  async #add(choice: number | null): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      await this.#own();
      if (this.#app.sample) return;
      const report = await this.#app.backend.call("add", { address: this.#asked, choice, folders: [], login: this.#login });
      this.report = report;
      this.locked = false;
      const { added, source, already } = report;
      if (source === null || already) return;
      this.#followed(added?.title ?? this.#asked, source);
    } catch (thrown) {
      this.report = null;
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }
}
