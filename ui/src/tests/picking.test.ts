// The tree of sources: several are chosen by keys and mouse, moved by a drag or by the bar, and all comes back by one undo.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";
import type { SourceView } from "../lib/backend/contract";
import { golden } from "../lib/backend/fake";
import type { House } from "../lib/state/house.svelte";
import { moved, rows } from "../lib/state/tree";
import { open, press, settle } from "./window";

const items = () => screen.getAllByRole("treeitem");
const names = () => items().filter((item) => item.getAttribute("aria-selected") === "true").map((item) => item.querySelector(".name")?.textContent);
const tree = rows(golden.sources, "", [], "en");
const at = tree.findIndex((row, index) => "source" in row && "source" in (tree[index + 1] ?? {}) && "source" in (tree[index + 2] ?? {}));
const row = (index: number) => {
  const found = tree[index];
  if (!found || !("source" in found)) throw new Error("no source there");
  return found;
};
const folder = tree.findIndex((each) => "folder" in each && JSON.stringify(each.folder) !== JSON.stringify(row(at).within));
const now = (house: House, source: SourceView) => house.sources.all.find(({ id }) => id === source.id)?.folders;

afterEach(() => Reflect.deleteProperty(document, "elementFromPoint"));

test.each([
  [[["a"], ["b"]], ["a"], ["c"], [["b"], ["c"]]],
  [[["a"], ["c"]], ["a"], ["c"], [["c"]]],
  [[["a"]], ["a"], [], []],
  [[], [], ["c"], [["c"]]],
  [[["a", "b"]], ["a"], ["c"], [["a", "b"], ["c"]]],
])("of the folders %j, %j becomes %j: %j", (folders, from, to, then) => expect(moved(folders, from, to)).toEqual(then));

test("Shift and arrows choose several, Ctrl a click more, Escape lets them go", async () => {
  const house = await open("language=en", "#/sources", row(at).source.title);
  items()[at]?.focus();
  await fireEvent.keyDown(document.activeElement ?? document.body, { key: "ArrowDown", shiftKey: true });
  await settle();
  expect(house.sources.picked).toEqual([row(at).key, row(at + 1).key]);
  expect(screen.getAllByText("2 sources chosen").length).toBeGreaterThan(0);
  await fireEvent.click(items()[at + 2] as HTMLElement, { ctrlKey: true });
  expect(names()).toHaveLength(3);
  await fireEvent.click(items()[at] as HTMLElement, { ctrlKey: true });
  expect(house.sources.picked).toEqual([row(at + 1).key, row(at + 2).key]);
  items()[at + 2]?.focus();
  await press("Escape");
  expect(house.sources.picked).toEqual([]);
  await fireEvent.keyDown(document.activeElement ?? document.body, { key: "a", ctrlKey: true });
  expect(house.sources.picked).toHaveLength(tree.filter((each) => "source" in each).length);
});

test("what is chosen goes to another folder by the bar, and comes back by one undo", async () => {
  const house = await open("language=en", "#/sources", row(at).source.title);
  house.sources.picked = [row(at).key, row(at + 1).key];
  await settle();
  await fireEvent.click(screen.getByRole("button", { name: "Move…" }));
  const choice = document.querySelector<HTMLSelectElement>("#pick-folder");
  if (!choice) throw new Error("no choice of folders");
  await fireEvent.change(choice, { target: { value: "-1" } });
  await fireEvent.click(screen.getByRole("button", { name: "Move", exact: true } as never));
  expect(await screen.findByText("2 sources were moved.")).toBeTruthy();
  expect(now(house, row(at).source)).toEqual(row(at).source.folders.filter((path) => JSON.stringify(path) !== JSON.stringify(row(at).within)));
  await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(now(house, row(at).source)).toEqual(row(at).source.folders));
  await waitFor(() => expect(now(house, row(at + 1).source)).toEqual(row(at + 1).source.folders));
});

test("a drag moves what is chosen into the folder under the pointer; the click at its end opens nothing", async () => {
  const house = await open("language=en", "#/sources", row(at).source.title);
  house.sources.picked = [row(at).key, row(at + 1).key];
  await settle();
  const target = items()[folder] as HTMLElement;
  Object.assign(document, { elementFromPoint: () => target });
  const from = items()[at] as HTMLElement;
  await fireEvent.pointerDown(from, { button: 0, clientX: 0, clientY: 0 });
  dispatchEvent(new MouseEvent("pointermove", { clientX: 3, clientY: 0 }));
  await settle();
  expect(document.querySelector(".under")).toBeNull();
  dispatchEvent(new MouseEvent("pointermove", { clientX: 30, clientY: 0 }));
  await settle();
  expect(document.querySelector(".under")).toBe(target);
  expect(document.querySelectorAll(".along")).toHaveLength(2);
  dispatchEvent(new MouseEvent("pointerup"));
  await fireEvent.click(from);
  expect(await screen.findByText("2 sources were moved.")).toBeTruthy();
  expect(location.hash).toBe("#/sources");
  const into = tree[folder];
  expect(now(house, row(at).source)).toContainEqual(into && "folder" in into ? into.folder : null);
});

test("Escape ends a drag, and a press that only shakes is a click", async () => {
  const house = await open("language=en", "#/sources", row(at).source.title);
  Object.assign(document, { elementFromPoint: () => items()[folder] });
  const from = items()[at] as HTMLElement;
  await fireEvent.pointerDown(from, { button: 0, clientX: 0, clientY: 0 });
  dispatchEvent(new MouseEvent("pointermove", { clientX: 30, clientY: 0 }));
  await settle();
  await press("Escape");
  dispatchEvent(new MouseEvent("pointerup"));
  await fireEvent.click(from);
  expect(now(house, row(at).source)).toEqual(row(at).source.folders);
  expect(location.hash).toBe("#/sources");
  await fireEvent.pointerDown(from, { button: 0, clientX: 0, clientY: 0 });
  dispatchEvent(new MouseEvent("pointerup"));
  await fireEvent.click(from);
  expect(location.hash).toBe(`#/sources/${row(at).source.id}`);
});

test("several are left at once, and come back by one undo", async () => {
  const house = await open("language=en", "#/sources", row(at).source.title);
  const before = house.sources.all.length;
  house.sources.picked = [row(at).key, row(at + 1).key];
  await settle();
  await fireEvent.click(screen.getByRole("button", { name: "Stop following" }));
  expect(await screen.findByText("2 sources are no longer followed.")).toBeTruthy();
  await waitFor(() => expect(house.sources.all).toHaveLength(before - 2));
  await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(house.sources.all).toHaveLength(before));
});
