// The palette: what is found by a few letters, and that everything that can be done is reached by its name.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import en from "../lib/i18n/en.json";
import { keysOf } from "../lib/i18n/strokes";
import { speech } from "../lib/i18n/t.svelte";
import { fit, fold } from "../lib/state/fuzzy";
import { ACTS, Keys, SHEET } from "../lib/state/keys";
import { choose, named, type Choice } from "../lib/state/palette";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const titled = (id: number) => golden.sources.find((source) => source.id === id)?.title ?? "?";
const sheet = () => document.querySelector<HTMLInputElement>("dialog input[role=combobox]");
const field = (): HTMLInputElement => {
  const found = sheet();
  if (!found) throw new Error("the palette is not open");
  return found;
};
const rows = () => [...document.querySelectorAll<HTMLElement>("dialog [role=option]")];
const options = () => rows().map((option) => option.querySelector(".name")?.textContent ?? "");
const type = async (text: string) => {
  await fireEvent.input(field(), { target: { value: text } });
  await settle();
};
const ctrl = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ctrlKey: true });
/** The option that the field says Enter takes. */
const stood = () => document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.querySelector(".name")?.textContent;

const choice = (name: string, more: Partial<Choice> = {}): Choice => ({ id: name, kind: "source", name, strokes: [], run: () => null, ...more });
const found = (typed: string, names: string[], recent: string[] = []) =>
  choose(named(names.map((name) => choice(name))), typed, recent).map(({ name }) => name);

test.each([
  ["etoiles", "Étoilés", true],
  ["étoilés", "ETOILES", true],
  ["coeur", "Le Cœur des choses", true],
  ["l'avenir", "L’Avenir", true],
  ["mr", "Make room", true],
  ["carpo", "Le Carnet du Port", true],
  ["port carnet", "Le Carnet du Port", true],
  ["carnet x", "Le Carnet du Port", false],
  ["qz", "Le Carnet du Port", false],
  ["elport", "Le Carnet du Port", false],
])("%j is meant by %j: %j", (typed, name, meant) => {
  expect(fit(fold(typed), fold(name)) !== null).toBe(meant);
});

test("the name that begins so comes first, then the word, then the letters anywhere, then those left out", () => {
  expect(found("port", ["P. O. R. T.", "Reporters", "Le Carnet du Port", "Port news", "Tides"])).toEqual([
    "Port news",
    "Le Carnet du Port",
    "Reporters",
    "P. O. R. T.",
  ]);
});

test("what was used lately comes first where others fit as well, and before one has typed", () => {
  expect(found("tide", ["Tide one", "Tide two"], ["Tide two"])).toEqual(["Tide two", "Tide one"]);
  const acts = [choice("Refresh", { kind: "act" }), choice("Today", { kind: "go" }), choice("A source"), choice("B source")];
  expect(choose(named(acts), "", ["B source", "gone", "Today"]).map(({ name }) => name)).toEqual(["B source", "Today", "Refresh"]);
});

test("what is called so comes before what is only found by another name of it", () => {
  const list = [choice("Harbour", { also: "https://tides.example" }), choice("Of some tides of late")];
  expect(choose(named(list), "tides", []).map(({ name }) => name)).toEqual(["Of some tides of late", "Harbour"]);
});

test("every act stands once in the groups, and has a name in the catalogue", () => {
  const grouped = SHEET.flatMap(({ acts }) => acts);
  expect([...grouped].sort()).toEqual(Object.keys(ACTS).sort());
  for (const act of grouped) expect(en, act).toHaveProperty([`ui.keys.act.${act}`]);
  for (const { head } of SHEET) expect(en).toHaveProperty([`ui.keys.${head}`]);
  const strokes = Object.values(ACTS).flat();
  expect(new Set(strokes).size).toBe(strokes.length);
});

test("keys with Ctrl or Cmd are acts of their own, and never break the two strokes of g", () => {
  const keys = new Keys();
  const act = (key: string, more = {}) => keys.act({ key, ctrlKey: false, metaKey: false, altKey: false, ...more }, 0);
  expect([act("k", { ctrlKey: true }), act("k", { metaKey: true }), act("k"), act("z", { ctrlKey: true }), act("z")]).toEqual([
    "palette", "palette", "previous", "undo", null,
  ]);
  expect([act("S"), act("s"), act("g"), act("s", { ctrlKey: true }), act("s"), act("j", { altKey: true })]).toEqual([
    "share", "star", null, null, "star", null,
  ]);
  speech.speak("fr");
  expect(["Mod k", "S", "g t", "Escape"].map(keysOf)).toEqual([["Ctrl", "k"], ["Maj", "s"], ["g", "t"], ["Échap"]]);
  speech.speak("en");
});

test("Ctrl K opens it from anywhere, a few letters and Enter go to a source, and the focus was never lost", async () => {
  await open("language=en", "#/today", READY);
  await ctrl("k");
  await settle();
  expect(document.activeElement).toBe(field());
  expect(field().getAttribute("aria-expanded")).toBe("true");
  await type(titled(golden.places.whole));
  expect(stood()).toBe(titled(golden.places.whole));
  await press("Enter");
  expect(sheet()).toBeNull();
  await waitFor(() => expect(location.hash).toBe(`#/sources/${golden.places.whole}`));
  // It is remembered.
  await ctrl("k");
  await settle();
  expect(options()[0]).toBe(titled(golden.places.whole));
  await press("Escape");
});

test("from a field it opens too, and Ctrl K leaves it", async () => {
  await open("language=en", "#/search", /./);
  const search = await screen.findByRole("searchbox");
  search.focus();
  await ctrl("k");
  await settle();
  expect(sheet()).not.toBeNull();
  await ctrl("k");
  await settle();
  expect(sheet()).toBeNull();
  expect(document.activeElement).toBe(search);
});

test("arrows walk it, round and round, and each option says its keys", async () => {
  await open("language=en", "#/today", READY);
  await ctrl("k");
  await settle();
  const all = options();
  await press("ArrowDown");
  expect(stood()).toBe(all[1]);
  await press("ArrowUp", "ArrowUp");
  expect(stood()).toBe(all.at(-1));
  await type("search");
  expect(rows()[0]?.querySelector("kbd")?.textContent).toBe("/");
  await type("no such thing");
  expect(options()).toEqual(["Search the posts for “no such thing”"]);
  await press("Enter");
  await waitFor(() => expect(location.hash).toBe("#/search?q=no+such+thing"));
});

test("only what means something here is offered, and what is chosen is done", async () => {
  const house = await open("language=en", "#/today", READY);
  const offered = async (typed: string, name: string) => {
    await ctrl("k");
    await settle();
    await type(typed);
    const there = options().includes(name);
    await press("Escape");
    await fireEvent(screen.getByRole("dialog"), new Event("cancel", { cancelable: true }));
    await settle();
    return there;
  };
  expect(await offered("star", "Star")).toBe(false);
  expect(await offered("stop following", "Stop following this source")).toBe(false);
  await press("n");
  expect(await offered("star", "Star")).toBe(true);
  await ctrl("k");
  await settle();
  await type("dark");
  await press("Enter");
  await waitFor(() => expect(house.prefs.theme).toBe("dark"));
  await ctrl("k");
  await settle();
  await type("french");
  await press("Enter");
  await waitFor(() => expect(document.documentElement.lang).toBe("fr"));
  await ctrl("k");
  await settle();
  await type("reglages");
  await press("Enter");
  expect(await screen.findByRole("dialog", { name: "Réglages" })).toBeTruthy();
});

test("a folder is unfolded and has the focus; a source is renamed from its screen", async () => {
  const house = await open("language=en", "#/today", READY);
  const path = golden.sources.find((source) => source.folders.length > 0)?.folders[0] ?? [];
  const key = JSON.stringify(path.slice(0, 1));
  house.prefs.fold(key, true);
  await ctrl("k");
  await settle();
  await type(path.join(" "));
  const row = rows().find((option) => option.textContent?.includes("folder"));
  if (!row) throw new Error("no folder");
  await fireEvent.click(row);
  await waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("treeitem"));
  expect(document.activeElement?.textContent).toContain(path.at(-1));
  expect(house.prefs.closed).not.toContain(key);
  house.go("sources", { id: golden.places.whole });
  await settle();
  await ctrl("k");
  await settle();
  await type("rename");
  await press("Enter");
  expect(await screen.findByRole("dialog", { name: /Rename|Name/ })).toBeTruthy();
});

test("starred posts and past digests are found by name", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("n", "s");
  await ctrl("k");
  await settle();
  await type(house.reading.line?.title ?? "?");
  const row = rows().find((option) => option.textContent?.includes("starred"));
  if (!row) throw new Error("not found");
  await fireEvent.click(row);
  await waitFor(() => expect(location.hash).toMatch(/^#\/starred\/post\/\d+$/));
  await waitFor(() => expect(document.querySelector("article .body")).not.toBeNull());
  await settle();
  await ctrl("k");
  await settle();
  await type("digest of november");
  await press("Enter");
  await waitFor(() => expect(location.hash).toMatch(/^#\/past\/\d+$/));
});
