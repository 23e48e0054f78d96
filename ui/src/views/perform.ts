// Takes an act of the keyboard and does it; false when it means nothing where the focus is, so that the key stays the page's.

import type { House } from "../lib/state/house.svelte";
import { type Act, isTyping } from "../lib/state/keys";

export function perform(house: House, act: Act, event: KeyboardEvent, over: boolean): boolean {
  const { app, adding, full, marks, reading, refresh, route, stories } = house;
  const among = route.place.view === "people" ? amongPeople(house) : null;
  // A field and a sheet have keys of their own.
  if (over || document.querySelector("dialog[open]")) return false;
  if (isTyping(event.target)) {
    if (event.key !== "Escape" || !(event.target instanceof HTMLElement)) return false;
    event.target.blur();
    return true;
  }
  // Enter presses the button or follows the link that has the focus, unless it is the headline of what is open.
  if (event.key === "Enter" && event.target instanceof Element && event.target.closest("button, a, summary, [role=treeitem]"))
    return false;
  const { line } = reading;
  const acts: Record<Act, () => unknown> = {
    next: () => reading.step(1, true),
    previous: () => reading.step(-1, true),
    down: () => reading.step(1, false),
    up: () => reading.step(-1, false),
    toggle: () => reading.toggle(),
    back: () => (route.place.post !== null ? reading.close() : outOf(house)),
    read: () => line && marks.toggle(line, "read"),
    star: () => line && marks.toggle(line, "starred"),
    skip: () => reading.skip(),
    put_off: () => line && marks.toggle(line, "put_off"),
    full: () => route.place.post !== null && full.toggle(),
    original: () => house.openOriginal(),
    share: () => house.share(),
    why: () => (reading.why = route.place.post !== null && !reading.why),
    like: () => house.like("like"),
    dislike: () => house.like("dislike"),
    join: () => (stories.joining = line),
    apart: () => putApart(house),
    refresh: () => refresh.start(),
    add: () => adding.start(),
    search: () => house.go("search"),
    help: () => (house.sheet = "keys"),
    undo: () => app.undo(),
    today: () => house.go("today"),
    starred: () => house.go("starred"),
    sources: () => house.go("sources"),
    people: () => house.go("people"),
    taste: () => house.go("taste"),
    trends: () => house.go("trends"),
    room: () => house.go("room"),
    past: () => house.go("past"),
  };
  void (among?.[act] ?? acts[act])();
  return true;
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
    toggle: nothing,
    read: nothing,
    put_off: nothing,
    join: nothing,
  };
}

/** The telling that has the focus is none of the open story. */
function putApart({ reading, stories }: House): unknown {
  const telling = document.activeElement?.closest<HTMLElement>("[data-telling]")?.dataset["telling"];
  const open = reading.post?.line.post;
  if (telling === undefined || open === undefined) return null;
  const other = stories.of(open)?.tellings.find(({ line }) => line.post === Number(telling));
  return other && stories.apart(open, other.line);
}

/** From what Today leads to, back to Today; from a source, back to the tree. */
function outOf(house: House): void {
  const { view, id } = house.route.place;
  if (view === "past") house.go(id === null ? "today" : "past");
  else if (view === "left_out") house.go("today");
  else if (view === "room") house.go("trends");
}
