// Small things that once were lost: keys over a tick, an undo that failed, a star from elsewhere, a drag the system took away.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { Command } from "../lib/backend/backend";
import type { Code, Problem } from "../lib/backend/contract";
import { fake, golden, clock } from "../lib/backend/fake";
import { App } from "../lib/state/app.svelte";
import type { House } from "../lib/state/house.svelte";
import { Marks } from "../lib/state/marks.svelte";
import { speech } from "../lib/i18n/t.svelte";
import { isTyping } from "../lib/state/keys";
import { starred } from "../lib/state/search.svelte";
import { reasonOf } from "../parts/words";
import { possible } from "../views/perform";
import { open, press, seen, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const problem = (code: Code): Problem => ({ code, detail: { key: `problem.${code}`, values: { count: 5 } } });

/** Every call of this command fails until the returned function is called. */
function failing(house: House, command: Command, code: Code): () => void {
  const { call } = house.app.backend;
  house.app.backend.call = (name, ask) => (name === command ? Promise.reject(problem(code)) : call(name, ask));
  return () => void (house.app.backend.call = call);
}

test.each([
  ['<input type="checkbox">', "j", false],
  ['<input type="checkbox">', " ", true],
  ['<input type="radio">', "ArrowDown", true],
  ['<input type="radio">', "j", false],
  ['<input type="range">', "j", false],
  ['<input type="range">', "ArrowLeft", true],
  ['<input type="range">', "?", false],
  ['<input type="search">', "j", true],
  ["<input>", "j", true],
  ["<textarea></textarea>", "j", true],
  ["<select></select>", "j", true],
  ["<button></button>", "j", false],
])("%s takes %j itself: %j", (html, key, takes) => {
  document.body.innerHTML = html;
  expect(isTyping(document.body.firstElementChild, key)).toBe(takes);
  document.body.innerHTML = "";
});

test("keys live on over a tick that was set: from it one goes on to another screen", async () => {
  await open("language=en", `#/sources/${golden.places.whole}`, golden.sources.find(({ id }) => id === golden.places.whole)?.title ?? "?");
  const tick = document.querySelector<HTMLInputElement>(".how input[type=checkbox]");
  if (!tick) throw new Error("no tick");
  tick.focus();
  await press("g", "t");
  await waitFor(() => expect(location.hash).toBe("#/today"));
});

test("an undo that could not be kept can be tried again", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("n", "s");
  await screen.findByRole("button", { name: "Undo" });
  const { call } = house.app.backend;
  const line = house.reading.line;
  if (!line) throw new Error("nowhere");
  house.app.backend.call = () => Promise.reject(problem("library_busy"));
  await house.app.undo();
  expect(house.marks.of(line).starred).toBe(true);
  expect(house.app.problem?.code).toBe("library_busy");
  expect(house.app.undoable).toBe(true);
  house.app.backend.call = call;
  await house.app.undo();
  expect(house.marks.of(line).starred).toBe(false);
  expect(house.app.undoable).toBe(false);
});

test("what throws while it is undone stays to be undone, but not in another library", async () => {
  const app = new App(fake("own"), clock);
  app.did({ said: "moved", undo: () => Promise.reject(problem("disk_full")) });
  await app.undo();
  expect([app.undoable, app.problem?.code, app.offer?.said]).toEqual([true, "disk_full", "moved"]);
  const undoing = app.undo();
  app.forget();
  await undoing;
  expect(app.undoable).toBe(false);
});

test.each([
  ["throws", () => Promise.reject(problem("missing"))],
  ["gives false and says why", (app: App) => app.done("drop_rule", 1)],
])("what never can be undone does not bar what was done before it: it %s", async (_, undo) => {
  const app = new App(fake("own"), clock);
  app.backend.call = () => Promise.reject(problem("missing"));
  const older = vi.fn(() => Promise.resolve());
  app.did({ said: "older", undo: older });
  app.did({ said: "gone", undo: () => undo(app) });
  await app.undo();
  expect([app.problem?.code, app.undoable]).toEqual(["missing", true]);
  await app.undo();
  expect([older.mock.calls.length, app.undoable]).toEqual([1, false]);
});

test("an undo of several steps goes on where it stopped", async () => {
  const house = await open("language=en", "#/today", READY);
  const line = golden.today.entries[0]?.face;
  if (!line) throw new Error("no story");
  await house.wishes.loadRules();
  await house.mute({ id: null, wish: "mute", kind: "relay", name: "relay", folder: null, into: null, until: null }, line);
  expect(house.app.offer?.said).toContain("nothing of “Relays”");
  const mend = failing(house, "mark", "library_busy");
  const asked = vi.spyOn(house.app.backend, "call");
  await house.app.undo();
  expect(house.app.undoable).toBe(true);
  const dropped = asked.mock.calls.filter(([name]) => name === "drop_rule");
  mend();
  const again = vi.spyOn(house.app.backend, "call");
  await house.app.undo();
  expect([dropped.length, again.mock.calls.filter(([name]) => name === "drop_rule").length]).toEqual([1, 0]);
  expect([house.marks.of(line).skipped, house.app.undoable]).toEqual([false, false]);
});

test("a search that could not be brought back, and a library that could not be, still can be", async () => {
  const house = await open("own&language=en", "#/search", /./);
  await house.search.load();
  const [kept] = house.search.saved ?? [];
  if (!kept) throw new Error("nothing is kept");
  await house.search.drop(kept);
  const mend = failing(house, "keep_search", "library_busy");
  await house.app.undo();
  expect(house.app.undoable).toBe(true);
  mend();
  await house.app.undo();
  expect(house.app.undoable).toBe(false);
  await house.keeping.look("/home/reader/pepites.db");
  await house.keeping.restore();
  failing(house, "restore", "library_busy");
  await house.app.undo();
  expect([house.app.undoable, house.app.problem?.code, house.keeping.problem]).toEqual([true, "library_busy", null]);
});

test("back to another screen lets go of what was chosen there, back from a story does not", async () => {
  const house = await open("language=en", "#/today", READY);
  const today = house.reading.lines.map(({ post }) => post);
  house.go("shared");
  await settle();
  house.go("today");
  await screen.findAllByText(seen(READY));
  await press("n", "x");
  expect(house.picks.lines).toHaveLength(1);
  await press("j");
  history.back();
  await waitFor(() => expect(house.route.place.post).toBeNull());
  expect([house.picks.lines.length, house.reading.lines.length]).toEqual([1, today.length]);
  history.back();
  await waitFor(() => expect(house.route.place.view).toBe("shared"));
  history.back();
  await waitFor(() => expect(house.reading.lines.map(({ post }) => post)).toEqual(today));
  expect(house.picks.lines).toEqual([]);
});

test("a list that is on the screen no longer is none that keys walk", async () => {
  const house = await open("language=en", "#/search?q=winter", /./);
  await waitFor(() => expect(house.reading.lines.length).toBeGreaterThan(0));
  await fireEvent.input(await screen.findByRole("searchbox"), { target: { value: "" } });
  await waitFor(() => expect(house.reading.lines).toEqual([]));
});

test("nothing is chosen behind an open story, nor where no choice is shown", async () => {
  const house = await open("language=en", "#/today", READY);
  const can = () => (["pick", "pick_down", "pick_up", "pick_all"] as const).map((act) => possible(house)(act));
  await press("n");
  expect(can()).toEqual([true, true, true, true]);
  await press("j");
  (document.activeElement as HTMLElement).blur();
  await fireEvent.keyDown(document.body, { key: "a", ctrlKey: true });
  expect(can()).toEqual([false, false, false, false]);
  house.reading.close();
  expect(house.picks.lines).toEqual([]);
  house.go("room");
  await waitFor(() => expect(house.reading.lines.length).toBeGreaterThan(0));
  await press("n", "x");
  expect([can(), house.picks.lines]).toEqual([[false, false, false, false], []]);
});

test("the same filter asked for twice is shown twice", async () => {
  const house = await open("language=en", "#/search", /./);
  const { call } = house.app.backend;
  const filter = { said: { key: "search.starred", values: {} }, not: false, without: "albatross" };
  const understood = { filters: [filter, filter], notes: [], completions: [] };
  house.app.backend.call = ((name: Command, ask: never) => (name === "understand" ? Promise.resolve(understood) : call(name, ask))) as typeof call;
  await fireEvent.input(await screen.findByRole("searchbox"), { target: { value: "albatross is:starred is:favourite" } });
  expect(await screen.findByText("Take a filter away, or try fewer words.")).toBeTruthy();
  expect(screen.getAllByText(/^Without/)).toHaveLength(2);
});

test("a reason names what only relays in the reader's language", () => {
  const said = (key: string, values: Record<string, string>) => reasonOf({ key, values });
  speech.speak("fr");
  expect(said("reason.always", { names: "bois, \u001frelays" })).toContain("bois, Relais");
  speech.speak("en");
  expect(said("reason.liked_lifts", { names: "wood", less: "\u001frelays" })).toMatch(/wood.*Relays/);
});

test("a star that came from elsewhere is in the list; what loses its star here stays until one leaves", async () => {
  const backend = fake("own");
  const app = new App(backend, clock);
  const marks = new Marks(app);
  const [one, two, three] = golden.today.entries.map(({ face }) => face) as [(typeof golden.today.entries)[0]["face"], ...(typeof golden.today.entries)[0]["face"][]];
  if (!two || !three) throw new Error("too few");
  await backend.call("mark", { posts: [one.post, two.post], mark: "starred", on: true });
  const list = starred(app, marks);
  const unwatch = list.watch();
  await list.begin();
  expect(list.rows.map(({ post }) => post)).toEqual(expect.arrayContaining([one.post, two.post]));
  const tell = () => Promise.resolve().then(() => backend.call("settle_left_out", { digest: 0, mark: "put_off", on: false }));
  const before = list.rows.length;
  await marks.set(one, "starred", false);
  await backend.call("mark", { posts: [three.post], mark: "starred", on: true });
  await tell();
  await waitFor(() => expect(list.rows.map(({ post }) => post)).toContain(three.post));
  expect(list.rows).toHaveLength(before + 1);
  expect(list.rows.map(({ post }) => post)).toContain(one.post);
  unwatch();
  await list.begin();
  expect(list.rows.map(({ post }) => post)).not.toContain(one.post);
});

test("today again is the same list: its keys go on", async () => {
  const house = await open("language=en", "#/today", READY);
  const shown = house.reading.lines.length;
  await press("g", "t");
  expect(shown).toBeGreaterThan(5);
  expect(house.reading.lines).toHaveLength(shown);
});

test("a drag of a pane that the system takes away moves nothing any more", async () => {
  const house = await open("language=en", "#/sources", "Sources");
  const handle = (await screen.findAllByRole("separator"))[0] as HTMLElement;
  handle.setPointerCapture = () => {};
  const before = house.prefs.widths.tree;
  await fireEvent.pointerDown(handle, { clientX: 100 });
  handle.dispatchEvent(new MouseEvent("pointermove", { clientX: 148 }));
  expect(house.prefs.widths.tree).toBe(before + 3);
  handle.dispatchEvent(new MouseEvent("pointercancel"));
  handle.dispatchEvent(new MouseEvent("pointermove", { clientX: 180 }));
  expect(house.prefs.widths.tree).toBe(before);
});

test("the sources in trouble are named in the pane of the tree too: a narrow window has no other", async () => {
  await open("own&language=en", "#/sources", "Sources");
  await settle();
  const named = [...document.querySelectorAll(".tree .trouble button")].map((each) => each.textContent);
  expect(named.sort()).toEqual(golden.sources.filter(({ trouble }) => trouble).map(({ title }) => title).sort());
});

const sheets: Record<string, string> = import.meta.glob(["../parts/*.svelte", "../views/*.svelte", "../lib/design/*.css"], {
  query: "?raw",
  import: "default",
  eager: true,
});

test("what has the focus is seen where the system names the colours: no outline is taken away without another in its place", () => {
  const offences = Object.entries(sheets).flatMap(([path, text]) => {
    const rules = [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = "", body = ""]) => ({ selector: selector.trim(), body }));
    return rules
      .filter(({ selector, body }) => /:focus/.test(selector) && /outline:\s*(none|0)\b/.test(body))
      // The line may be that of a part that covers the whole row.
      .filter(({ selector }) => !rules.some((other) => other.selector === `${selector}::after` && /outline:/.test(other.body)))
      .map(({ selector }) => `${path}: ${selector}`);
  });
  expect(offences).toEqual([]);
});
