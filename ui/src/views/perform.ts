// Takes an act and does it; says which acts mean something now. A key gives false when it means nothing where the focus is,
// so that it stays the page's.

import type { House } from "../lib/state/house.svelte";
import type { MarkView, Mode, PostLine, Wish } from "../lib/backend/contract";
import { t } from "../lib/i18n/t.svelte";
import { type Act, isTyping } from "../lib/state/keys";
import type { SourceAct } from "../lib/state/sources.svelte";
import { turnPage } from "./paging";
import { openStood, orderStood, renameStood, walkTree } from "./walking";

/** What means the same in a field, or over a sheet: the window itself. */
const ANYWHERE: Act[] = ["zoom_in", "zoom_out", "zoom_usual", "quit"];

export function perform(house: House, act: Act, event: KeyboardEvent, over: boolean): boolean {
  // Larger letters are wanted wherever they are too small.
  if (ANYWHERE.includes(act)) {
    void doings(house)[act]();
    return true;
  }
  // A sheet has keys of its own; what goes anywhere is not one of them, but Ctrl K means nothing else there either.
  if (over || document.querySelector("dialog[open]")) return false;
  // A field has keys of its own too, but for those with Ctrl that no field knows.
  if (isTyping(event.target, event.key) && act !== "palette" && act !== "settings" && !(act === "undo" && isEmpty(event.target))) {
    if (event.key !== "Escape" || !(event.target instanceof HTMLElement)) return false;
    event.target.blur();
    return true;
  }
  // Enter presses the button or follows the link that has the focus, unless it is the headline of what is open.
  if (event.key === "Enter" && event.target instanceof Element && event.target.closest("button, a, summary, [role=treeitem]"))
    return false;
  // Space presses what has the focus too, but for a link, which it passes over.
  if (event.key === " " && event.target instanceof Element && event.target.closest("button, summary, [role=treeitem], [role=separator]"))
    return false;
  if (!means(house, act)) return false;
  // Escape goes one step back: out of the table of why, then out of the story. `u` goes to the list.
  if (event.key === "Escape" && house.reading.why) {
    house.reading.why = false;
    return true;
  }
  const among = house.route.place.view === "people" ? amongPeople(house) : null;
  void (among?.[act] ?? doings(house)[act])();
  return true;
}

/** A field in which nothing is typed has nothing to take back: what was done last is meant. */
function isEmpty(target: EventTarget | null): boolean {
  return target instanceof HTMLSelectElement || ((target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value === "");
}

/** Whether a key of the page's own has another meaning here: in a text one chooses words, out of the tree there is none to walk. */
function means(house: House, act: Act): boolean {
  const { route, sources } = house;
  if (act === "pick" && route.place.view === "people") return true;
  if (act.startsWith("pick")) return pickable(house) && document.activeElement?.closest(".story") == null;
  if (act === "folder_up" || act === "folder_down") return document.activeElement?.closest("[role=tree]") != null;
  if (act === "folder_rename" || act.startsWith("tree_")) return route.place.view === "sources" && sources.all.length > 0;
  return true;
}

/** What each act does. */
export function doings(house: House): Record<Act, () => unknown> {
  const { accounts, adding, app, circle, digest, full, importing, marks, offers, picks, prefs, reading, refresh, route, sources, stories } = house;
  /** With the story that is open, be it on its way, or stood on; where there is none, that is said. */
  const meant = async (act: (line: PostLine) => unknown) => {
    if (await reading.meant(act)) return null;
    // One that could not be shown, or was left before it came, was chosen.
    const none = route.place.post === null && reading.current === null;
    return none && reading.lines.length > 0 && app.say(t("ui.keys.no_story"));
  };
  /** To all that are chosen, else to the one that the reader stands on. */
  const mark = (what: MarkView, one: (line: PostLine) => unknown = (line) => marks.toggle(line, what)) => (choosing(house) ? picks.mark(what) : meant(one));
  return {
    next: () => reading.step(1, true),
    previous: () => reading.step(-1, true),
    down: () => reading.step(1, false),
    up: () => reading.step(-1, false),
    toggle: () => reading.toggle(),
    page: () => turnPage(house, 1),
    page_back: () => turnPage(house, -1),
    back: () => (choosing(house) ? picks.clear() : route.place.post !== null ? reading.close() : outOf(house)),
    tree_next: () => walkTree(house, 1),
    tree_previous: () => walkTree(house, -1),
    tree_open: () => openStood(house),
    read: () => mark("read"),
    star: () => mark("starred"),
    skip: () => mark("skipped", () => reading.skip()),
    put_off: () => mark("put_off"),
    full: async () => {
      const view = await reading.arrived();
      if (!view) return;
      full.opened(view);
      full.toggle();
    },
    original: () => meant((line) => Promise.all([reading.engage(line.post), line.link && house.openLink(line.link)])),
    share: () => meant((line) => (house.sharing = line)),
    why: () => (reading.why = route.place.post !== null && !reading.why),
    like: () => house.like("like"),
    dislike: () => house.like("dislike"),
    join: () => meant((line) => (stories.joining = line)),
    apart: () => putApart(house),
    pick: () => reading.current !== null && picks.flip(reading.current),
    pick_down: () => picks.step(1),
    pick_up: () => picks.step(-1),
    pick_all: () => picks.all(),
    pick_none: () => picks.clear(),
    picked_move: () => offers.run("picked_move"),
    picked_refresh: () => offers.run("picked_refresh"),
    picked_unfollow: () => offers.run("picked_unfollow"),
    today: () => house.go("today"),
    starred: () => house.go("starred"),
    shared: () => house.go("shared"),
    sources: () => house.go("sources"),
    people: () => house.go("people"),
    trends: () => house.go("trends"),
    room: () => house.go("room"),
    taste: () => house.go("taste"),
    weights: () => house.go("taste", { id: 1 }),
    learned: () => house.go("taste", { id: 2 }),
    past: () => house.go("past"),
    left_out: () => house.go("left_out", { id: digest.id === null ? (digest.view?.line.id ?? null) : null }),
    search: () => house.go("search"),
    again: () => digest.edition("again"),
    more: () => digest.edition("more"),
    shorten_5: () => digest.shorten(5),
    shorten_10: () => digest.shorten(10),
    shorten_20: () => digest.shorten(20),
    whole: () => digest.whole(),
    export_digest: () => (digest.exporting = true),
    all_tomorrow: () => digest.settle("put_off"),
    let_all_go: () => digest.settle("skipped"),
    source_site: () => actOnSource(house, "site"),
    source_refresh: () => actOnSource(house, "refresh"),
    source_rename: () => actOnSource(house, "rename"),
    source_move: () => actOnSource(house, "move"),
    source_person: () => actOnSource(house, "person"),
    source_login: () => actOnSource(house, "login"),
    source_logout: () => actOnSource(house, "logout"),
    source_prefer: () => actOnSource(house, "prefer"),
    source_full: () => actOnSource(house, "full"),
    source_lift: () => actOnSource(house, "lift"),
    source_unfollow: () => actOnSource(house, "unfollow"),
    mode_all: () => thin(house, "all"),
    mode_digest: () => thin(house, "digest"),
    mode_nuggets: () => thin(house, "nuggets"),
    mode_no_relays: () => thin(house, "no_relays"),
    mode_daily_1: () => thin(house, { daily: 1 }),
    mode_daily_3: () => thin(house, { daily: 3 }),
    mode_daily_5: () => thin(house, { daily: 5 }),
    mode_muted: () => thin(house, "muted"),
    folder_new: () => {
      house.go("sources");
      sources.making = [];
    },
    folder_rename: () => renameStood(house),
    folder_up: () => orderStood(house, -1),
    folder_down: () => orderStood(house, 1),
    import_people: () => importing.pick(true),
    find_people: () => offers.run("find_people"),
    pause_people: () => offers.run("pause_people"),
    follow_people: () => offers.run("follow_people"),
    export_people: () => offers.run("export_people"),
    export_found: () => offers.run("export_found"),
    room_apply: () => offers.run("room_apply"),
    room_undo: () => offers.run("room_undo"),
    export_trends: () => offers.run("export_trends"),
    export_volume: () => offers.run("export_volume"),
    export_hours: () => offers.run("export_hours"),
    erase_trends: () => offers.run("erase_trends"),
    forget_taste: () => offers.run("forget_taste"),
    rule_mute: () => rule(house, "mute"),
    rule_always: () => rule(house, "always"),
    rule_notify: () => rule(house, "notify"),
    rule_star: () => rule(house, "star"),
    rule_file: () => rule(house, "file"),
    palette: () => (house.sheet = "palette"),
    refresh: () => refresh.start(),
    stop: () => house.stop(),
    add: () => adding.start(),
    import: () => importing.pick(),
    circle: () => circle.start(),
    account: () => accounts.start(),
    export: () => exported(house, () => sources.exported()),
    export_accounts: () => exported(house, () => sources.accountsExported()),
    undo: () => app.undo(),
    help: () => (house.sheet = "keys"),
    settings: () => (house.sheet = "settings"),
    reading: () => (house.sheet = "reading"),
    network: () => (house.sheet = "network"),
    privacy: () => (house.sheet = "privacy"),
    data: () => (house.sheet = "data"),
    offline: () => house.online(false),
    online: () => house.online(true),
    zoom_in: () => house.zoom(1),
    zoom_out: () => house.zoom(-1),
    zoom_usual: () => house.zoom(0),
    light: () => prefs.paint("light"),
    dark: () => prefs.paint("dark"),
    theme_system: () => prefs.paint("system"),
    english: () => prefs.speak("en"),
    french: () => prefs.speak("fr"),
    language_system: () => prefs.speak("system"),
    sample_enter: () => house.sample(true),
    sample_leave: () => house.sample(false),
    quit: () => app.backend.quit(),
  };
}

/** A new rule, begun with what is wanted. */
function rule(house: House, wish: Wish): void {
  house.wishes.begun = wish;
  house.go("taste");
}

/** What the screen itself does, where it can. */
const OFFERED: readonly Act[] = [
  "picked_move", "picked_refresh", "picked_unfollow", "find_people", "pause_people", "follow_people", "export_people",
  "export_found", "room_apply", "room_undo", "export_trends", "export_volume", "export_hours", "erase_trends", "forget_taste",
];

/** Posts of the list on screen are chosen together: what one does is done to all of them. */
function choosing({ picks, route }: House): boolean {
  return route.place.post === null && picks.lines.length > 0;
}

/** The list on screen is one of which posts can be chosen: a plan that makes room shows no choice, an open story hides it. */
function pickable({ reading, route }: House): boolean {
  return reading.lines.length > 0 && route.place.post === null && route.place.view !== "room";
}

function modeOf(act: Act): Mode {
  const daily = /^mode_daily_(\d+)$/.exec(act);
  return daily ? { daily: Number(daily[1]) } : (act.replace("mode_", "") as Mode);
}

function thin({ sources }: House, mode: Mode): unknown {
  return sources.source && sources.thin(sources.source, mode);
}

/** Whether an act means something where the reader is. What is always possible is not named here. */
export function possible(house: House): (act: Act) => boolean {
  const { app, digest, offers, prefs, reading, refresh, route, sources } = house;
  const { view, post } = route.place;
  const { line } = reading;
  const running = refresh.running || house.moving;
  const today = view === "today" && digest.id === null && digest.view !== null;
  const source = view === "sources" ? sources.source : null;
  const list = reading.lines.length > 0;
  const many = choosing(house);
  const picks = pickable(house);
  const tree = view === "sources" && sources.all.length > 0;
  const told = document.activeElement?.closest("[data-telling]") != null;
  const only: Partial<Record<Act, boolean>> = {
    palette: false,
    next: list,
    previous: list,
    down: list,
    up: list,
    toggle: post !== null || reading.current !== null,
    page: post !== null || list,
    page_back: post !== null || list,
    tree_next: tree,
    tree_previous: tree,
    tree_open: tree && sources.stood !== null,
    folder_rename: tree && sources.stood !== null,
    // The key of a row of a source has its place in its folder behind that of the folder.
    folder_up: tree && sources.stood?.endsWith("]") === true,
    folder_down: tree && sources.stood?.endsWith("]") === true,
    pick: view === "people" ? house.contacts.person !== null : picks && reading.current !== null,
    pick_down: picks,
    pick_up: picks,
    pick_all: picks,
    pick_none: many,
    back: many || post !== null || view === "past" || view === "left_out" || view === "room",
    read: many || line !== null,
    star: many || line !== null,
    skip: many || line !== null,
    put_off: many || line !== null,
    share: line !== null,
    join: line !== null,
    original: line?.link != null,
    full: post !== null && line?.link != null,
    why: post !== null && reading.entry(post) !== null,
    apart: post !== null && told,
    like: house.alike.length > 0,
    dislike: house.alike.length > 0,
    again: today,
    more: today && ((digest.view?.left_out ?? 0) > 0 || (digest.view?.older_unread ?? 0) > 0),
    whole: today && digest.shown !== null,
    export_digest: (today || (view === "past" && route.place.id !== null)) && digest.view?.line.id != null,
    all_tomorrow: view === "left_out",
    let_all_go: view === "left_out",
    source_site: source !== null && source.site !== null && !app.sample,
    source_login: source !== null && !app.sample,
    source_logout: source !== null && source.login !== null,
    refresh: !running,
    stop: running,
    export_accounts: sources.all.some(({ kind }) => kind === "mastodon"),
    undo: app.undoable,
    offline: house.settings?.net.offline === false,
    online: house.settings?.net.offline === true,
    zoom_usual: prefs.zoom !== 1,
    light: prefs.theme !== "light",
    dark: prefs.theme !== "dark",
    theme_system: prefs.theme !== "system",
    english: prefs.language !== "en",
    french: prefs.language !== "fr",
    language_system: prefs.language !== "system",
    sample_enter: !app.sample,
    sample_leave: app.sample,
  };
  const minutes = digest.view?.line.minutes ?? 0;
  return (act) => {
    const shorter = /^shorten_(\d+)$/.exec(act);
    if (shorter) return today && Number(shorter[1]) < minutes;
    if (OFFERED.includes(act)) return offers.has(act);
    if (act.startsWith("mode_")) return source !== null && JSON.stringify(source.mode) !== JSON.stringify(modeOf(act));
    return only[act] ?? (act.startsWith("source_") ? source !== null : true);
  };
}

/** Does it to the source on screen; what needs an answer opens its sheet there. */
export function actOnSource(house: House, act: SourceAct): unknown {
  const { accounts, refresh, sources } = house;
  const of = sources.source;
  if (!of) return null;
  if (act === "back") return house.go("sources");
  if (act === "site") return of.site && house.openLink(of.site);
  if (act === "refresh") return refresh.start([of.id]);
  if (act === "logout") return sources.logOut(of);
  if (act === "lift") return sources.lift(of, !of.unlimited);
  if (act === "account") return accounts.start();
  if (act === "full") return sources.openInFull(of, !of.full_text);
  if (act === "prefer") return sources.prefer(of, !of.preferred);
  if (act === "unfollow") return sources.unfollow(of).then(() => house.go("sources"));
  return (sources.asked = { what: act, of });
}

/** Where it went is told on the screen of the sources. */
async function exported(house: House, write: () => Promise<string | null>): Promise<void> {
  house.go("sources");
  house.sources.saved = await write();
}

/** What keys mean over the people: the list is walked, the surest of who is open is followed or refused. */
function amongPeople(house: House): Partial<Record<Act, () => unknown>> {
  const { contacts } = house;
  const step = (by: 1 | -1) => () => {
    const id = contacts.beside(by);
    if (id !== null) house.go("people", { id });
  };
  const surest = (act: "follow" | "refuse") => () => {
    const { person } = contacts;
    const match = contacts.best(person);
    if (!person || !match) return null;
    return act === "follow" ? contacts.followOne(person, match) : contacts.refuse(person, match, true);
  };
  const nothing = () => null;
  return {
    next: step(1),
    down: step(1),
    previous: step(-1),
    up: step(-1),
    back: () => house.route.place.id !== null && house.go("people"),
    star: surest("follow"),
    skip: surest("refuse"),
    pick: () => contacts.person && contacts.tick(contacts.person.id, !contacts.ticked.has(contacts.person.id)),
    toggle: nothing,
    read: nothing,
    put_off: nothing,
    join: nothing,
  };
}

/** The telling that has the focus is none of the open story; where none has it, the open one is not. */
async function putApart({ reading, stories }: House): Promise<unknown> {
  const telling = document.activeElement?.closest<HTMLElement>("[data-telling]")?.dataset["telling"];
  const open = (await reading.arrived())?.line;
  if (open === undefined) return null;
  if (telling === undefined) return stories.leave(open);
  const all = stories.of(open.post)?.tellings.flatMap(({ line, also }) => [line, ...also]);
  const other = all?.find(({ post }) => post === Number(telling));
  return other && stories.apart(open.post, other);
}

/** From what Today leads to, back to Today; from a source, back to the tree. */
function outOf(house: House): void {
  const { view, id } = house.route.place;
  if (view === "past") house.go(id === null ? "today" : "past");
  else if (view === "left_out") house.go("today");
  else if (view === "room") house.go("trends");
}
