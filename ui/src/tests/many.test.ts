// Several at once: posts that are chosen together, sources and folders that are moved as one; keys that turn pages and walk the tree.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { PostLine } from "../lib/backend/contract";
import { golden } from "../lib/backend/fake";
import type { House } from "../lib/state/house.svelte";
import { Keys } from "../lib/state/keys";
import { renamed, reordered, rows, within } from "../lib/state/tree";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const shift = async (key: string) => {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, shiftKey: true });
  await settle();
};
const ctrl = async (key: string) => {
  const went = await fireEvent.keyDown(document.activeElement ?? document.body, { key, ctrlKey: true });
  await settle();
  return went;
};
/** How often each command was asked from now on. */
function counted(house: House): Map<string, number> {
  const asked = new Map<string, number>();
  const { call } = house.app.backend;
  house.app.backend.call = (name, ask) => {
    asked.set(name, (asked.get(name) ?? 0) + 1);
    return call(name, ask);
  };
  return asked;
}

test("keys that need Shift or Space say so, and are no letters", () => {
  const keys = new Keys();
  const act = (key: string, shiftKey = false) => keys.act({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey }, 0);
  expect([act(" "), act(" ", true), act("N", true), act("P", true), act("O", true), act("ArrowDown", true), act("ArrowDown")]).toEqual([
    "page", "page_back", "tree_next", "tree_previous", "tree_open", "pick_down", null,
  ]);
});

test("x and Shift with arrows choose posts; what is done is done to all of them, and undone at once", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("n", "x");
  await shift("ArrowDown");
  await shift("ArrowDown");
  const chosen = house.picks.lines;
  expect(chosen.map(({ post }) => post)).toEqual(house.reading.lines.slice(0, 3).map(({ post }) => post));
  expect(document.querySelectorAll("li.picked")).toHaveLength(3);
  expect(screen.getByText("3 posts chosen")).toBeTruthy();
  await shift("ArrowUp");
  expect(house.picks.lines).toHaveLength(2);
  const asked = counted(house);
  const two = house.picks.lines;
  await press("s");
  await waitFor(() => expect(two.map((line) => house.marks.of(line).starred)).toEqual([true, true]));
  expect(asked.get("mark")).toBe(1);
  expect(await screen.findByText("2 posts are starred.")).toBeTruthy();
  expect(house.picks.lines).toEqual([]);
  await house.app.undo();
  expect(two.map((line) => house.marks.of(line).starred)).toEqual([false, false]);
  expect(asked.get("mark")).toBe(2);
});

test("Ctrl and Shift with a click choose too, Ctrl a all, Escape lets go; in a text Ctrl a is the text's", async () => {
  const house = await open("language=en", "#/today", READY);
  const heads = () => [...document.querySelectorAll<HTMLElement>("[data-post] .headline")];
  await fireEvent.click(heads()[1] as HTMLElement, { ctrlKey: true });
  await fireEvent.click(heads()[3] as HTMLElement, { shiftKey: true });
  const listed = house.reading.lines.map(({ post }) => post);
  expect(house.picks.lines.map(({ post }) => post)).toEqual(listed.slice(1, 4));
  expect(location.hash).toBe("#/today");
  await fireEvent.click(heads()[2] as HTMLElement, { metaKey: true });
  expect(house.picks.lines.map(({ post }) => post)).toEqual([listed[1], listed[3]]);
  expect(await ctrl("a")).toBe(false);
  expect(house.picks.lines).toHaveLength(listed.length);
  await press("Escape");
  expect(house.picks.lines).toEqual([]);
  await press("j");
  await waitFor(() => expect(document.activeElement?.closest(".story")).not.toBeNull());
  expect(await ctrl("a")).toBe(true);
  expect(house.picks.lines).toEqual([]);
});

test("marks that could not be kept are taken back from all of them", async () => {
  const house = await open("language=en&fail=mark", "#/today", READY);
  await press("n", "x");
  await shift("ArrowDown");
  const two: PostLine[] = house.picks.lines;
  await press("e");
  await waitFor(() => expect(house.app.problem?.code).toBe("library_busy"));
  expect(two.map((line) => house.marks.of(line).skipped)).toEqual([false, false]);
  expect(house.app.undoable).toBe(false);
});

test("hundreds of sources are left by one call and one look at all of them, and come back the same way", async () => {
  const house = await open("language=en", "#/sources", name);
  const asked = counted(house);
  const before = house.sources.all.length;
  const all = house.sources.all.slice(0, before - 1);
  await house.sources.unfollowAll(all);
  expect(house.sources.all).toHaveLength(1);
  await new Promise((go) => setTimeout(go, 400));
  expect([asked.get("unfollow_many"), asked.get("unfollow") ?? 0, asked.get("sources")]).toEqual([1, 0, 1]);
  await house.app.undo();
  expect(house.sources.all).toHaveLength(before);
  asked.clear();
  await house.sources.put(house.sources.all, ["Everything"], false);
  await new Promise((go) => setTimeout(go, 400));
  expect([asked.get("move_many"), asked.get("sources")]).toEqual([1, 1]);
  expect(house.sources.all.every(({ folders }) => JSON.stringify(folders) === '[["Everything"]]')).toBe(true);
});

test.each([
  [[["a"], ["b"]], ["a"], ["c"], [["c"], ["b"]]],
  [[["a", "x"], ["ab"]], ["a"], ["c", "a"], [["c", "a", "x"], ["ab"]]],
  [[["a"], ["c"]], ["a"], ["c"], [["c"]]],
  [[["b"]], ["a"], ["c"], null],
  [[["a", "b"]], ["a", "b"], ["b"], [["b"]]],
])("of the folders %j, when the folder %j is %j: %j", (folders, from, to, then) => expect(within(folders, from, to)).toEqual(then));

const FOLDER = (rows(golden.sources, "", [], "en").find((row) => "folder" in row) as { folder: string[] } | undefined)?.folder ?? [];
const name = FOLDER.at(-1) ?? "?";

test("a folder is renamed by F2 with all that is in it, and undone", async () => {
  const house = await open("language=en", "#/sources", name);
  const inside = house.sources.all.filter(({ folders }) => folders.some((path) => path[0] === name));
  screen.getAllByRole("treeitem").find((row) => row.textContent?.includes(name))?.focus();
  await press("F2");
  const field = await screen.findByRole("textbox", { name: "Its name for you" });
  await fireEvent.input(field, { target: { value: "Other waters" } });
  await fireEvent.submit(field.closest("form") as HTMLFormElement);
  expect(await screen.findByText("The folder is called “Other waters” now.")).toBeTruthy();
  const now = () => house.sources.all.filter(({ folders }) => folders.some((path) => path[0] === "Other waters"));
  expect(now()).toHaveLength(inside.length);
  await house.app.undo();
  expect(now()).toEqual([]);
});

test("N and P walk the tree from anywhere on its screen, O opens", async () => {
  const house = await open("language=en", "#/sources", name);
  document.getElementById("content")?.focus();
  await press("N", "N", "P", "N");
  const tree = rows(golden.sources, "", house.prefs.closed, "en");
  expect(document.activeElement?.getAttribute("data-row")).toBe("1");
  const source = tree.findIndex((row) => "source" in row);
  for (let at = 1; at < source; at += 1) await press("N");
  await press("O");
  const row = tree[source];
  await waitFor(() => expect(location.hash).toBe(`#/sources/${row && "source" in row ? row.source.id : "?"}`));
});

test("Space turns the pages of a story and goes on to the next one; on a button it presses it", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("j");
  await waitFor(() => expect(document.activeElement?.classList.contains("text")).toBe(true));
  const text = document.querySelector<HTMLElement>(".story .text") as HTMLElement;
  Object.defineProperties(text, { scrollHeight: { value: 900, configurable: true }, clientHeight: { value: 500, configurable: true } });
  const turned: number[] = [];
  text.scrollBy = ((to: ScrollToOptions) => void turned.push(to.top ?? 0)) as typeof text.scrollBy;
  await press(" ");
  expect(turned).toEqual([436]);
  text.scrollTop = 400;
  const first = house.reading.current;
  await press(" ");
  await waitFor(() => expect(house.reading.current).not.toBe(first));
  document.querySelector<HTMLElement>(".story .bar button")?.focus();
  const second = house.reading.current;
  expect(await fireEvent.keyDown(document.activeElement ?? document.body, { key: " " })).toBe(true);
  expect(house.reading.current).toBe(second);
});

test.each([
  ["prefer", "The telling of"],
  ["full", "opens in full text"],
  ["lift", "may bring as much"],
] as const)("%s is undone like all else", async (act, said) => {
  const title = golden.sources.find(({ id }) => id === golden.places.whole)?.title ?? "?";
  const house = await open("language=en", `#/sources/${golden.places.whole}`, title);
  const field = { prefer: "preferred", full: "full_text", lift: "unlimited" } as const;
  const before = house.sources.source?.[field[act]];
  const of = house.sources.source;
  if (!of) throw new Error("no source");
  if (act === "prefer") await house.sources.prefer(of, !of.preferred);
  else if (act === "full") await house.sources.openInFull(of, !of.full_text);
  else await house.sources.lift(of, !of.unlimited);
  expect(house.sources.source?.[field[act]]).toBe(!before);
  expect(await screen.findByText(new RegExp(said))).toBeTruthy();
  await house.app.undo();
  expect(house.sources.source?.[field[act]]).toBe(before);
});

test("the library is one place: its tabs lead to what was starred, shared, of other days and left out, by their keys too", async () => {
  await open("language=en", "#/starred", "Starred");
  for (const [key, hash] of [["h", "#/shared"], ["p", "#/past"], ["o", "#/left_out"], ["l", "#/starred"]] as const) {
    await press("g", key);
    await waitFor(() => expect(location.hash).toContain(hash));
    const tabs = await screen.findByRole("navigation", { name: "Kept" });
    await waitFor(() => expect(tabs.querySelectorAll("[aria-current=page]")).toHaveLength(1));
    expect(document.querySelector("nav [aria-current] span")?.textContent).toBe("Kept");
  }
});

test("the last days of a source stand at its head", async () => {
  const title = golden.sources.find(({ id }) => id === golden.places.whole)?.title ?? "?";
  const house = await open("language=en", `#/sources/${golden.places.whole}`, title);
  expect(await screen.findByText(/posts? in 90 days\./)).toBeTruthy();
  expect(house.sources.days?.days).toHaveLength(90);
  await fireEvent.click(document.querySelector<HTMLElement>(".days .link") as HTMLElement);
  await waitFor(() => expect(location.hash).toBe("#/trends"));
});

test("Alt and an arrow give a folder another place among the others, by the table of acts too, and it is undone", async () => {
  const house = await open("language=en", "#/sources", name);
  const top = () => rows(house.sources.all, "", [], "en", house.sources.order).flatMap((row) => ("folder" in row && row.depth === 0 ? [row.folder.join()] : []));
  const [first = "", second = "", third = ""] = top();
  const treeitem = (name: string) => screen.getAllByRole("treeitem").find((row) => row.querySelector(".name")?.textContent === name);
  const alt = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key, altKey: true });
  treeitem(first)?.focus();
  await alt("ArrowUp");
  expect(house.app.undoable).toBe(false);
  await alt("ArrowDown");
  await waitFor(() => expect(top().slice(0, 2)).toEqual([second, first]));
  expect(await screen.findByText(`The folder “${first}” has another place among the others.`)).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(treeitem(first)));
  await alt("ArrowDown");
  await waitFor(() => expect(top().slice(0, 3)).toEqual([second, third, first]));
  // Called otherwise, it keeps its place.
  await house.sources.moveFolder([first], ["Zebra"]);
  expect(top().slice(0, 3)).toEqual([second, third, "Zebra"]);
  await house.app.undo();
  await house.app.undo();
  await house.app.undo();
  await waitFor(() => expect(top().slice(0, 3)).toEqual([first, second, third]));
});

test("an order of folders changes where it must, and only among those beside each other", () => {
  const all = [["A"], ["A", "X"], ["A", "Y"], ["B"], ["C"]];
  expect(reordered([], all, ["C"], ["A"], false)).toEqual([["C"], ["A"], ["B"]]);
  expect(reordered([["A", "Y"], ["B"]], all, ["A"], ["B"], true)).toEqual([["A", "Y"], ["B"], ["A"], ["C"]]);
  expect(reordered([], all, ["A"], ["B"], false)).toBeNull();
  expect(reordered([], all, ["A", "X"], ["B"], false)).toBeNull();
  expect(renamed([["A", "X"], ["B"], ["A"]], ["A"], ["B"])).toEqual([["B", "X"], ["B"]]);
});
