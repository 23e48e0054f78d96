// Gives the people of the reader's contacts: who can be followed, the one that is open, and what is done about them, with undo.
// Never follows anybody unasked. The search for them is hunt.svelte.ts.

import type { Ask } from "../backend/backend";
import type { Among, ContactChange, ContactId, ContactView, ContactsReport, MatchView, Problem, SourceId } from "../backend/contract";
import { t, told } from "../i18n/t.svelte";
import { asProblem, type App } from "./app.svelte";
import { Pages } from "./pages.svelte";

/** How long changes gather before the people are asked for again: a search tells of each round. */
const GATHER_MS = 200;
/** How long the field rests before the list follows. */
const REST_MS = 150;
/** From here on, of 100, a source can be followed without another look. */
export const SURE = 90;
/** Below, of 100, nothing is shown, nor followed. */
export const LEAST = 30;

export class Contacts {
  report: ContactsReport | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  /** Those who are listed; null: everybody. */
  only: Among | null = $state(null);
  words = $state("");
  readonly pages: Pages<ContactView>;
  /** Who is open. */
  chosen: ContactId | null = $state(null);
  person: ContactView | null = $state.raw(null);
  personProblem: Problem | null = $state.raw(null);
  /** Those who are ticked, to be followed together. */
  ticked: Set<ContactId> = $state.raw(new Set());
  /** Where whom the reader follows goes. */
  into: string[][] = $state.raw([]);
  /** The screen was seen: changes are followed from then on. */
  #looking = false;
  #app: App;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the field: what a search tells meanwhile must not swallow what is typed, nor the other way about. */
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** Where in the list the open one stands, or stood before they left it. */
  #place = 0;
  #turn = 0;
  #wanted = false;
  #asking: Promise<void> | null = null;

  constructor(app: App) {
    this.#app = app;
    this.pages = new Pages((limit, offset) => app.backend.call("contacts", { only: this.only, words: this.words.trim() || null, limit, offset }), undefined, (person) => person.id);
    app.whenChanged(["contacts", "sources", "settings"], () => {
      if (!this.#looking) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.again(), GATHER_MS);
    });
  }

  /** The screen is shown: asks for the report and the list, unless they are here. */
  async look(): Promise<void> {
    if (this.#looking && this.report) return this.again();
    this.#looking = true;
    await Promise.all([this.#learn(), this.pages.begin()]);
  }

  /** Asks again for what is shown, in place. Who asks meanwhile is answered by one more turn: a search tells of each round,
   * and answers that are overtaken each time would never be seen. */
  again(): Promise<void> {
    this.#wanted = true;
    this.#asking ??= this.#askAgain();
    return this.#asking;
  }

  async #askAgain(): Promise<void> {
    while (this.#wanted) {
      this.#wanted = false;
      const { chosen } = this;
      await Promise.all([this.#learn(), this.pages.again(), chosen === null ? null : this.open(chosen)]);
    }
    this.#asking = null;
  }

  list(only: Among | null): void {
    this.only = only;
    void this.pages.begin();
  }

  search(words: string): void {
    this.words = words;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.pages.begin(), REST_MS);
  }

  /** Opens somebody, or nobody. */
  async open(id: ContactId | null): Promise<void> {
    const turn = ++this.#turn;
    if (id !== this.chosen) this.person = this.pages.rows.find((row) => row.id === id) ?? null;
    this.chosen = id;
    this.#stand();
    this.personProblem = null;
    if (id === null) return;
    try {
      const person = await this.#app.backend.call("contact", id);
      if (turn === this.#turn) this.person = person;
    } catch (thrown) {
      if (turn === this.#turn) [this.person, this.personProblem] = [null, asProblem(thrown)];
    }
  }

  /** Where the open one stands in the list; -1 when they are not in it. */
  #stand(): number {
    const at = this.chosen === null ? -1 : this.pages.rows.findIndex((row) => row.id === this.chosen);
    if (at >= 0) this.#place = at;
    return at;
  }

  /** The one after the open one, or before; the first when nobody is open. Null at the ends. Where the open one left the list
   * (followed, refused, another list), the walk goes on from where they stood. */
  beside(step: 1 | -1): ContactId | null {
    const { rows } = this.pages;
    if (this.chosen === null) return rows[0]?.id ?? null;
    const at = this.#stand();
    const next = at >= 0 ? at + step : step > 0 ? Math.min(this.#place, rows.length - 1) : this.#place - 1;
    if (next + 1 >= rows.length) void this.pages.more();
    return rows[next]?.id ?? null;
  }

  tick(id: ContactId, on: boolean): void {
    const ticked = new Set(this.ticked);
    if (on) ticked.add(id);
    else ticked.delete(id);
    this.ticked = ticked;
  }

  /** What of a person would be followed next: the surest that is not followed and not refused. */
  best(person: ContactView | null): MatchView | null {
    return person?.matches.find((match) => match.confidence >= LEAST && !match.not && !match.followed) ?? null;
  }

  /** Follows what was found; gives the sources that are new, or null when nothing could be followed. */
  async follow(ask: Ask<"follow_contacts">, said: string | null = null): Promise<SourceId[] | null> {
    const report = await this.#app.ask("follow_contacts", ask);
    if (!report) return null;
    // One who is followed alone leaves those who are ticked.
    if (ask.address === null) this.ticked = new Set();
    await this.again();
    if (report.added.length > 0)
      this.#app.did({
        said: said ?? t("ui.circle.added", { count: report.people }),
        undo: async () => {
          for (const source of report.added) await this.#app.backend.call("unfollow", source);
          await this.again();
        },
      });
    return report.added;
  }

  /** Follows one source of one person. */
  async followOne(person: ContactView, match: MatchView): Promise<void> {
    const ask = { people: [person.id], address: match.address, confidence: 0, folders: this.into };
    await this.follow(ask, told("ui.undo.followed", { title: match.title ?? person.name }));
  }

  /** Says that a source is not theirs, or takes that back. */
  async refuse(person: ContactView, match: MatchView, not: boolean): Promise<void> {
    const put = async (undo: boolean) => {
      const changed = await this.#app.ask("not_contact", { contact: person.id, address: match.address, undo });
      if (changed) await this.#changed(changed);
      return changed !== null;
    };
    if (!(await put(!not))) return;
    const key = not ? "ui.undo.not_theirs" : "ui.undo.theirs";
    this.#app.did({ said: t(key, { title: match.title ?? match.address, name: person.name }), undo: () => put(not) });
  }

  /** Changes what is known of a person; true when it was kept, else the problem is told by who asked. */
  async change(person: ContactView, change: ContactChange): Promise<Problem | null> {
    const put = async (change: ContactChange) => this.#changed(await this.#app.backend.call("change_contact", { contact: person.id, change }));
    try {
      await put(change);
    } catch (thrown) {
      return asProblem(thrown);
    }
    // What was there, not the request turned round: an address that was there before stays, a name of the files is the files'.
    const back = { name: null, organisation: null, add: [], strike: [], back: { own: person.own, cards: person.rows.map((row) => row.card) } };
    this.#app.did({
      said: told("ui.undo.changed", { name: person.name }),
      undo: () => put(back),
    });
    return null;
  }

  /** Two are one person: the other's rows become this one's. */
  async join(one: ContactView, other: ContactView): Promise<void> {
    const joined = await this.#app.ask("join_contacts", { one: one.id, other: other.id });
    if (!joined) return;
    await this.#changed(joined);
    const cards = other.rows.map((row) => row.card);
    this.#app.did({
      said: told("ui.undo.joined", { title: one.name, other: other.name }),
      undo: async () => {
        await this.#app.backend.call("part_contact", { contact: one.id, cards, to: other.id });
        await this.again();
      },
    });
  }

  /** A row is somebody else's. */
  async part(person: ContactView, card: number): Promise<void> {
    const parted = await this.#app.ask("part_contact", { contact: person.id, cards: [card], to: null });
    if (!parted) return;
    await this.again();
    this.#app.did({
      said: told("ui.undo.parted", { title: person.name, other: parted.name }),
      undo: async () => {
        await this.#app.backend.call("join_contacts", { one: person.id, other: parted.id });
        await this.again();
      },
    });
  }

  /** Takes somebody off the list; whether that was done. */
  async remove(person: ContactView): Promise<boolean> {
    const put = async (undo: boolean) => {
      const done = await this.#app.done("remove_contacts", { contacts: [person.id], undo });
      if (done && !undo && this.chosen === person.id) await this.open(null);
      if (done) await this.again();
      return done;
    };
    if (!(await put(false))) return false;
    this.#app.did({ said: told("ui.undo.removed", { name: person.name }), undo: () => put(true) });
    return true;
  }

  /** Forgets everybody, and what was heard of them. */
  async forgetAll(): Promise<void> {
    await this.open(null);
    await this.#app.ask("forget_contacts", null);
    await this.again();
  }

  /** Another library: nothing of this one is shown any more. */
  forget(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#typing);
    this.#turn += 1;
    this.#looking = false;
    this.report = this.problem = this.person = this.personProblem = this.only = this.chosen = null;
    this.words = "";
    this.ticked = new Set();
    this.into = [];
    this.pages.clear();
  }

  async #changed(person: ContactView): Promise<void> {
    if (this.chosen === person.id) this.person = person;
    await this.again();
  }

  async #learn(): Promise<void> {
    try {
      this.report = await this.#app.backend.call("contacts_report", { stages: null, server: null, most: null });
      this.problem = null;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }
}
