// Small things that once were lost: keys over a tick, an undo that failed, a star from elsewhere, a drag the system took away.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fake, golden, clock } from "../lib/backend/fake";
import { App } from "../lib/state/app.svelte";
import { Marks } from "../lib/state/marks.svelte";
import { isTyping } from "../lib/state/keys";
import { starred } from "../lib/state/search.svelte";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";

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
  house.app.backend.call = () => Promise.reject({ code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } });
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
  app.did({ said: "moved", undo: () => Promise.reject({ code: "fault", detail: { key: "problem.fault" } }) });
  await app.undo();
  expect([app.undoable, app.problem?.code, app.offer?.said]).toEqual([true, "fault", "moved"]);
  const undoing = app.undo();
  app.forget();
  await undoing;
  expect(app.undoable).toBe(false);
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
  expect(named).toEqual(golden.sources.filter(({ trouble }) => trouble).map(({ title }) => title));
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
