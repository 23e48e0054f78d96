// Gives every state of the window to its screens, and moves them together: start, another screen, another library.

import { getContext, setContext, tick } from "svelte";
import type { Backend, DigestFormat } from "../backend/backend";
import type { DigestId, PostLine, RuleAsk, Settings } from "../backend/contract";
import { nameOf, number, speech, t, told } from "../i18n/t.svelte";
import { Accounts } from "./accounts.svelte";
import { App, asProblem } from "./app.svelte";
import { Adding, Importing } from "./arrivals.svelte";
import { Circle } from "./circle.svelte";
import { Contacts } from "./contacts.svelte";
import { Digest } from "./digest.svelte";
import { drawn } from "./drawn";
import { Full } from "./full.svelte";
import { Hunt } from "./hunt.svelte";
import { Listing } from "./listing.svelte";
import { Letters } from "./letters.svelte";
import { Keeping } from "./keeping.svelte";
import { reasonsOf } from "./made_of";
import { Manners } from "./manners.svelte";
import { Marks } from "./marks.svelte";
import { Offers } from "./offers.svelte";
import { Picks } from "./picks.svelte";
import { Places } from "./places";
import { Prefs } from "./prefs.svelte";
import { Reading } from "./reading.svelte";
import { Refresh } from "./refresh.svelte";
import { type Place, Route, type View } from "./route.svelte";
import { Room } from "./room.svelte";
import { Search, shared, starred } from "./search.svelte";
import { Sources } from "./sources.svelte";
import { Stories } from "./stories.svelte";
import { Trends } from "./trends.svelte";
import { type Subject, Wishes } from "./wishes.svelte";

/** A page of the settings. */
export type Page = "settings" | "reading" | "network" | "privacy" | "data" | "keys";

/** A digest that is not there by then is being made. */
const SOON_MS = 300;

export class House {
  readonly prefs = new Prefs();
  readonly letters = new Letters();
  readonly places: Places;
  readonly route = new Route();
  readonly app: App;
  readonly marks: Marks;
  readonly reading: Reading;
  /** Posts that are chosen together. */
  readonly picks: Picks;
  /** What the screen can do beyond what is always there. */
  readonly offers = new Offers();
  readonly full: Full;
  readonly digest: Digest;
  readonly sources: Sources;
  readonly search: Search;
  readonly stories: Stories;
  readonly trends: Trends;
  readonly room: Room;
  readonly refresh: Refresh;
  readonly importing: Importing;
  readonly adding: Adding;
  readonly listing: Listing;
  readonly circle: Circle;
  readonly contacts: Contacts;
  readonly hunt: Hunt;
  readonly wishes: Wishes;
  readonly accounts: Accounts;
  readonly keeping: Keeping;
  readonly manners: Manners;
  readonly starred;
  readonly shared;
  settings: Settings | null = $state.raw(null);
  /** The sample library is being opened or left. */
  moving = $state(false);
  /** Which sheet lies over the window. */
  sheet: Page | "palette" | null = $state(null);
  /** The story whose sheet of ways to share it is open. */
  sharing: PostLine | null = $state.raw(null);
  /** The move that is under way, or the last one. */
  #move: Promise<void> = Promise.resolve();

  constructor(backend: Backend, clock?: () => number) {
    this.app = new App(backend, clock);
    this.marks = new Marks(this.app);
    this.reading = new Reading(this.app, this.marks, this.route);
    this.picks = new Picks(this.marks, this.reading);
    this.full = new Full(this.app);
    this.digest = new Digest(this.app, this.marks);
    this.sources = new Sources(this.app, this.marks);
    this.stories = new Stories(this.app, this.marks);
    this.search = new Search(this.app, this.marks, this.prefs);
    this.trends = new Trends(this.app, this.marks);
    this.room = new Room(this.app);
    this.refresh = new Refresh(this.app);
    const own = () => this.#own();
    this.contacts = new Contacts(this.app);
    this.hunt = new Hunt(this.app, this.contacts);
    this.importing = new Importing(this.app, own, () => this.sources.load(), () => this.go("people"));
    this.adding = new Adding(this.app, this.refresh, own);
    this.listing = new Listing(this.app, this.adding);
    this.circle = new Circle(this.app, own);
    this.wishes = new Wishes(this.app);
    this.accounts = new Accounts(this.app, this.refresh, own);
    this.places = new Places(this.app);
    this.keeping = new Keeping(this.app, () => this.#anew(), () => this.places.forget());
    this.manners = new Manners(this.app);
    this.starred = starred(this.app, this.marks);
    this.shared = shared(this.app, this.marks);
    this.prefs.onspoken = (language) => backend.speak(language);
    this.prefs.onunread = (language) => this.app.say(t("ui.settings.language.unread", { language: nameOf(language) }));
    backend.hearCalls(() => this.go("today"));
    this.route.onmoved = (from) => void this.#moved(from);
    this.app.whenChanged(["settings"], () => void this.#learnSettings());
    backend.hearDrops(
      (hovering) => (this.importing.hovering = hovering),
      (paths) => void this.#dropped(paths),
      (address) => this.#asked(address),
    );
    if (this.prefs.zoom !== 1) void this.#enlarge();
  }

  /** Asks for everything that the first screen shows at once: one answer does not wait for another. */
  async start(): Promise<void> {
    const desk = this.#learnDesk();
    const digest = this.route.place.view === "today" ? this.digest.begin(desk) : null;
    // Which library lies on the desk is known first: the places are its own.
    const places = desk.then(() => this.places.load());
    // Before anything is on the screen: later, it would take the focus from where the reader has gone since. What is open
    // is shown where it was left.
    const opened = this.route.place.post === null ? this.reading.follow() : places.then(() => this.reading.follow());
    await Promise.all([desk, digest, opened, places, this.#learnSources(digest), this.#learnSettings()]);
    // Its screen has taken what came.
    await tick();
    this.digest.begun();
  }

  /** Behind the first stories, where they are there soon: to count what thousands of sources brought takes longer than these. */
  async #learnSources(digest: Promise<void> | null): Promise<void> {
    await Promise.race([digest, new Promise((go) => setTimeout(go, SOON_MS))]);
    if (this.digest.view?.entries.length) await drawn();
    await this.sources.load();
  }

  async #learnDesk(): Promise<void> {
    try {
      const desk = await this.app.backend.desk();
      this.app.sample = desk.sample;
      this.prefs.follow(desk.language);
    } catch (thrown) {
      this.app.problem = asProblem(thrown);
    }
  }

  /** Goes to a screen; what was open is left. */
  go(view: View, more: Partial<Place> = {}): void {
    // The same list again is still there: nothing shows it anew.
    const { place } = this.route;
    this.reading.leave(view === place.view && (more.id ?? null) === place.id);
    this.picks.clear();
    this.stories.forget();
    this.route.go({ view, ...more });
  }

  /** Prints the story that is open, on paper or as a PDF. */
  async print(): Promise<void> {
    try {
      await this.app.backend.print();
    } catch (thrown) {
      this.app.problem = asProblem(thrown);
    }
  }

  /** Enters the sample library, or leaves it: one move after the other. */
  sample(enter: boolean): Promise<void> {
    this.#move = this.#move.then(() => this.#moveTo(enter));
    return this.#move;
  }

  /** Stops what runs: a refresh, or the making of the sample. */
  async stop(): Promise<void> {
    if (this.moving) await this.app.ask("stop", "refresh");
    else await this.refresh.stop();
  }

  async #own(): Promise<boolean> {
    await this.#move;
    const away = this.app.sample;
    if (away) await this.sample(false);
    return away && !this.app.sample;
  }

  async #moveTo(enter: boolean): Promise<void> {
    if (enter === this.app.sample) return;
    this.moving = true;
    this.app.progress = null;
    try {
      await (enter ? this.app.backend.enterSample() : this.app.backend.leaveSample());
    } catch (thrown) {
      this.app.problem = asProblem(thrown);
      return;
    } finally {
      this.moving = false;
    }
    this.app.sample = enter;
    await this.#anew();
  }

  /** Another library lies on the desk: nothing that was shown of the last one is true any more. */
  async #anew(): Promise<void> {
    this.app.progress = null;
    this.app.problem = null;
    this.app.forget();
    this.marks.forget();
    this.places.forget();
    const { reading, digest, sources, stories, search, full, wishes, trends, room, contacts, hunt } = this;
    for (const state of [reading, digest, sources, stories, search, full, wishes, trends, room, contacts, hunt]) state.forget();
    this.starred.clear();
    this.shared.clear();
    this.importing.forget();
    this.go("today");
    await Promise.all([this.sources.load(), this.#learnSettings(), this.places.load()]);
    this.app.everythingChanged();
  }

  /** The network is used, or not at all. */
  async online(on: boolean): Promise<void> {
    const { settings } = this;
    if (settings) await this.change({ ...settings, net: { ...settings.net, offline: !on } });
  }

  /** The page one step larger or smaller; 0 is its usual size again. */
  async zoom(step: 1 | -1 | 0): Promise<void> {
    if (this.prefs.enlarge(step)) await this.#enlarge();
    this.app.say(t("ui.trends.percent", { share: number(100 * this.prefs.zoom, 0) }));
  }

  async #enlarge(): Promise<void> {
    try {
      await this.app.backend.zoom(this.prefs.zoom);
    } catch (thrown) {
      this.app.problem = asProblem(thrown);
    }
  }

  async change(settings: Settings): Promise<void> {
    const before = this.settings;
    this.settings = settings;
    try {
      await this.app.backend.call("change_settings", settings);
    } catch (thrown) {
      this.app.problem = asProblem(thrown);
      this.settings = before;
    }
  }

  /** Writes a digest to a file that the reader names; gives its path, or null when they changed their mind. */
  exportDigest(digest: DigestId, format: DigestFormat, day: string): Promise<string | null> {
    const end = { html: "html", markdown: "md", epub: "epub", atom: "atom" }[format];
    return this.#written(() => this.app.backend.saveDigest(digest, format, speech.language, `pepites-${day}.${end}`));
  }

  /** Writes an export to a file that the reader names; gives its path, or null. */
  save(name: string, text: string): Promise<string | null> {
    return this.#written(() => this.app.backend.saveFile(name, text));
  }

  /** The same for a picture. */
  savePicture(name: string, bytes: Uint8Array): Promise<string | null> {
    return this.#written(() => this.app.backend.savePicture(name, bytes));
  }

  async #written(write: () => Promise<string | null>): Promise<string | null> {
    try {
      return await write();
    } catch (thrown) {
      this.app.problem = asProblem(thrown);
      return null;
    }
  }

  /** Nothing of what a rule is about from now on: the story that it was told at goes too. One act, one undo. */
  async mute(ask: RuleAsk, line: PostLine): Promise<void> {
    const kept = await this.wishes.make([ask]);
    if (!kept) return;
    const settled = this.marks.of(line).skipped;
    const back = settled ? null : await this.marks.quietly(line, "skipped", true);
    this.app.did({
      said: told("ui.undo.mute_here", { name: kept.shown.join(", ") }),
      undo: async () => {
        // What of it is undone already, it does not do again.
        await kept.undo();
        return (await back?.()) ?? true;
      },
    });
  }

  /** What "more like this" is about, of the open story. */
  get alike(): Subject[] {
    const { post } = this.reading;
    return post ? reasonsOf(post, this.reading.entry(post.line.post)?.parts ?? []) : [];
  }

  /** More or less of what the open story stands here for. */
  async like(wish: "like" | "dislike"): Promise<void> {
    if ((await this.reading.arrived()) && this.alike.length > 0) await this.wishes.ofAll(this.alike, wish);
  }

  async openLink(url: string): Promise<void> {
    try {
      await this.app.backend.openLink(url);
    } catch (thrown) {
      this.app.problem = asProblem(thrown);
    }
  }

  /** The system's back or forward: the post of the address is opened, when there is one. What was of another screen is left. */
  async #moved(from: Place): Promise<void> {
    const { view, id } = this.route.place;
    if (view !== from.view || id !== from.id) {
      this.picks.clear();
      this.stories.forget();
      this.reading.moved();
    }
    await this.reading.follow();
  }

  async #learnSettings(): Promise<void> {
    this.settings = (await this.app.ask("settings", null)) ?? this.settings;
    this.reading.noted.pace = this.settings?.words_per_minute ?? this.reading.noted.pace;
  }

  /** A link outside asks for it: the reader sees what it is before anything is asked of anybody. */
  #asked(address: string): void {
    this.sheet = null;
    this.adding.start(address);
  }

  async #dropped(paths: string[]): Promise<void> {
    this.importing.hovering = false;
    // Over the people a file is of people, whatever else it could be.
    const people = this.route.place.view === "people";
    for (const path of paths) await this.importing.take(path, people);
  }
}

const KEY = Symbol("house");

export function provide(house: House): void {
  setContext(KEY, house);
}

export function useHouse(): House {
  return getContext<House>(KEY);
}
