// Folders that the reader makes by hand: there while nothing is in them, filled, renamed, removed, each with undo.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { folders, remade, rows } from "../lib/state/tree";
import type { House } from "../lib/state/house.svelte";
import { open, settle } from "./window";

const READY = golden.sources[0]?.title ?? "?";
const shown = () => [...document.querySelectorAll("[role=treeitem].folder .name")].map((name) => name.textContent);
const undo = async (house: House) => {
  await house.app.undo();
  await settle();
};

async function make(house: House, name: string): Promise<void> {
  await fireEvent.click(screen.getByRole("button", { name: "New folder" }));
  await fireEvent.input(screen.getByLabelText("Its name"), { target: { value: name } });
  await fireEvent.click(screen.getByRole("button", { name: "Make it" }));
  await settle();
  await waitFor(() => expect(house.sources.making).toBeNull());
}

test("a button makes a folder of a name, which stands in the tree, is chosen from, and goes by undo", async () => {
  const house = await open("language=en", "#/sources", READY);
  await make(house, "  Weather / Coast ");
  await waitFor(() => expect(shown()).toContain("Coast"));
  expect(shown()).toContain("Weather");
  await waitFor(() => expect(document.activeElement?.querySelector(".name")?.textContent).toBe("Coast"));
  expect(house.sources.folders).toContainEqual(["Weather", "Coast"]);
  await screen.findByText("The folder “Coast” is there now.");
  await undo(house);
  await waitFor(() => expect(shown()).not.toContain("Coast"));
  expect(shown()).not.toContain("Weather");
});

test("a folder that was filled stays when its making is undone, and one of that name is only stood on", async () => {
  const house = await open("language=en", "#/sources", READY);
  const before = house.sources.folders;
  const [first] = before;
  if (!first) throw new Error("no folder");
  await make(house, first.join("/"));
  expect(house.app.undoable).toBe(false);
  await make(house, "Weather");
  const [source] = house.sources.all;
  if (!source) throw new Error("no source");
  await house.sources.put([source], ["Weather"], false);
  await undo(house);
  await waitFor(() => expect(house.sources.all.find(({ id }) => id === source.id)?.folders).toEqual(source.folders));
  expect(shown()).toContain("Weather");
  // Filled by another hand than the one that undoes.
  await house.app.backend.call("move_many", [{ source: source.id, folders: [["Weather"]] }]);
  await undo(house);
  await waitFor(() => expect(house.sources.made).toEqual([]));
  expect(shown()).toContain("Weather");
});

test("an empty folder is renamed and removed, and comes back by undo", async () => {
  const house = await open("language=en", "#/sources", READY);
  await make(house, "Weather");
  await house.sources.moveFolder(["Weather"], ["Storms"]);
  await waitFor(() => expect(shown()).toContain("Storms"));
  expect(shown()).not.toContain("Weather");
  await screen.findByText("The folder is called “Storms” now.");
  await undo(house);
  await waitFor(() => expect(shown()).toContain("Weather"));
  await house.sources.moveFolder(["Weather"], []);
  await screen.findByText("The folder “Weather” is gone.");
  await waitFor(() => expect(shown()).not.toContain("Weather"));
  await undo(house);
  await waitFor(() => expect(shown()).toContain("Weather"));
});

test("an empty folder that goes where one of its name stands stays, and that is said; it goes only when it is told to", async () => {
  const house = await open("language=en", "#/sources", READY);
  await make(house, "Weather / Weather");
  await house.sources.moveFolder(["Weather", "Weather"], ["Weather"]);
  await screen.findByText("There is a folder “Weather” there already.");
  expect(house.sources.folders).toContainEqual(["Weather", "Weather"]);
  await house.sources.moveFolder(["Weather", "Weather"], ["Weather"], true);
  await waitFor(() => expect(house.sources.folders).not.toContainEqual(["Weather", "Weather"]));
});

test.each([
  [[["a"], ["b"]], ["a"], ["c"], [["c"], ["b"]]],
  [[["a"], ["a", "x"]], ["a"], [], [["x"]]],
  [[["a", "x"]], ["a", "x"], ["a"], []],
  [[["a"]], ["b"], ["c"], [["a"]]],
])("of the folders %j that were made, once %j is %j: %j", (made, from, to, then) => expect(remade(made, from, to)).toEqual(then));

test("a filter shows no folder that holds nothing of it", () => {
  const made = [["Weather", "Coast"]];
  expect(folders([], "en", [], made)).toEqual([["Weather"], ["Weather", "Coast"]]);
  expect(rows([], "", [], "en", [], made).map(({ key }) => key)).toEqual(['["Weather"]', '["Weather","Coast"]']);
  expect(rows([], "coast", [], "en", [], made)).toEqual([]);
});
