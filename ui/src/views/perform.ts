// Takes an act of the keyboard and does it; false when it means nothing where the focus is, so that the key stays the page's.

import type { House } from "../lib/state/house.svelte";
import { type Act, isTyping } from "../lib/state/keys";

export function perform(house: House, act: Act, event: KeyboardEvent, over: boolean): boolean {
  const { app, adding, full, marks, reading, refresh, route, stories } = house;
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
    why: () => (reading.why = route.place.post !== null && !reading.why),
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
    taste: () => house.go("taste"),
    trends: () => house.go("trends"),
    room: () => house.go("room"),
    past: () => house.go("past"),
  };
  void acts[act]();
  return true;
}

/** The telling that has the focus is none of the open story; where none has it, the open one is not. */
function putApart({ reading, route, stories }: House): unknown {
  const telling = document.activeElement?.closest<HTMLElement>("[data-telling]")?.dataset["telling"];
  const open = reading.post?.line;
  if (open === undefined || route.place.post === null) return null;
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
