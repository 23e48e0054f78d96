// What a first half hour taught: searching while one types, undo from an empty field, one step back at a time, the focus.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { open, press, seen, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const [WORD = ""] = Object.keys(golden.search).filter((words) => /^\p{L}+$/u.test(words));
const SOURCE = golden.sources.find(({ id }) => id === golden.places.whole)?.title ?? "";
const field = () => screen.getByRole<HTMLInputElement>("searchbox");
const type = async (text: string) => {
  field().focus();
  await fireEvent.input(field(), { target: { value: text } });
  await settle();
};
const bar = () => document.querySelector(".place")?.textContent ?? "";

test("the word that is being typed is found by its beginning, and taken as it stands once a blank ends it", async () => {
  const house = await open("language=en", "#/search", "Every post that is kept can be found.");
  const begun = WORD.slice(0, -1);
  await type(begun);
  await waitFor(() => expect(house.search.hits.rows.length).toBeGreaterThan(0));
  await type(`${begun} `);
  await waitFor(() => expect(house.search.settled && house.search.hits.heard).toBe(true));
  expect(house.search.hits.rows).toEqual([]);
});

test("what was not found names the words that were looked for, never those typed since", async () => {
  await open("language=en", "#/search", "Every post that is kept can be found.");
  await type("albatross zz ");
  await screen.findByText("Nothing was found for “albatross zz”.");
  await type("albatross zz zzz");
  expect(screen.queryByText(/Nothing was found/)).toBeNull();
  await screen.findByText("Nothing was found for “albatross zz zzz”.");
});

test("an empty field lets Ctrl Z through, and what was taken back is said", async () => {
  await open("language=en", "#/today", READY);
  await press("n", "s");
  await waitFor(() => expect(bar()).toContain("is starred."));
  const empty = document.createElement("input");
  document.querySelector("main")?.append(empty);
  empty.value = "words";
  empty.focus();
  await fireEvent.keyDown(empty, { key: "z", ctrlKey: true });
  await settle();
  expect(bar()).not.toContain("Undone");
  empty.value = "";
  await fireEvent.keyDown(empty, { key: "z", ctrlKey: true });
  await waitFor(() => expect(bar()).toContain("Undone:"));
  empty.remove();
});

test("Escape shuts the table of why before the story", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("j");
  await waitFor(() => expect(house.reading.post).not.toBeNull());
  await press("w", "Escape");
  expect([house.reading.why, house.route.place.post !== null]).toEqual([false, true]);
  await press("Escape");
  expect(house.route.place.post).toBeNull();
});

test("who goes to a screen by a key is on it, whatever led there", async () => {
  await open("language=en", "#/sources", SOURCE);
  const rail = await screen.findByRole("button", { name: "Settings" });
  rail.focus();
  await press("g", "t");
  await screen.findAllByText(seen(READY));
  await settle();
  expect(document.activeElement?.closest("main")).not.toBeNull();
});

const items = () => screen.getAllByRole("treeitem");
const source = () => items().find((each) => !each.hasAttribute("aria-expanded")) as HTMLElement;

test("a folder has a menu: its posts, a new name, a fold; Escape leaves it and gives the focus back", async () => {
  const house = await open("language=en", "#/sources", SOURCE);
  const folder = items().find((each) => each.hasAttribute("aria-expanded")) as HTMLElement;
  await fireEvent.contextMenu(folder);
  expect(screen.getAllByRole("menuitem").map((each) => each.querySelector("span")?.textContent)).toContain("Its posts, newest first");
  expect(document.activeElement?.getAttribute("role")).toBe("menuitem");
  await press("Escape");
  expect([screen.queryByRole("menu"), document.activeElement]).toEqual([null, folder]);
  await fireEvent.contextMenu(folder);
  await fireEvent.click(screen.getByRole("menuitem", { name: /^Its posts/ }));
  expect(house.route.place.view).toBe("search");
  expect(house.route.place.words).toMatch(/^folder:"/);
});

test("Ctrl with a click chooses one more beside the source that is open", async () => {
  const house = await open("language=en", "#/sources", SOURCE);
  await fireEvent.click(source());
  await settle();
  const other = items().filter((each) => !each.hasAttribute("aria-expanded"))[1] as HTMLElement;
  await fireEvent.click(other, { ctrlKey: true });
  expect(house.sources.picked).toHaveLength(2);
});

test("one source moves as several do: it leaves where it was, or stays there too and is not said to have moved", async () => {
  const house = await open("language=en", "#/sources", SOURCE);
  const of = house.sources.all.find(({ folders }) => folders.length === 1);
  if (!of) throw new Error("none in a folder");
  const now = () => house.sources.all.find(({ id }) => id === of.id)?.folders;
  const move = async (stays: boolean) => {
    house.sources.asked = { what: "move", of };
    await settle();
    await fireEvent.input(screen.getByLabelText("A new folder"), { target: { value: "Sea / North" } });
    if (stays) await fireEvent.click(screen.getByLabelText("Leave it where it is too"));
    await fireEvent.click(document.querySelector("dialog [type=submit]") as HTMLElement);
  };
  await move(false);
  await waitFor(() => expect(bar()).toContain("was moved."));
  expect(now()).toEqual([["Sea", "North"]]);
  await house.app.undo();
  await waitFor(() => expect(now()).toEqual(of.folders));
  await move(true);
  await waitFor(() => expect(bar()).toContain("is now in “Sea › North” too."));
  expect(now()).toEqual([...of.folders, ["Sea", "North"]]);
});

test("what is wrong with many sources is said once, with their names beneath", async () => {
  await open("language=en", "#/sources", SOURCE);
  const row = items().find((each) => each.querySelector(".warn[title]"));
  expect(row?.querySelector("small")).toBeNull();
  expect(row?.querySelector(".unseen")?.textContent?.length).toBeGreaterThan(2);
});

test("an empty day says why: nobody was asked yet, they are being asked, there is nothing new", async () => {
  const house = await open("own&quiet&held&language=en", "#/today", "Nothing new to read.");
  house.sources.all = house.sources.all.map((source) => ({ ...source, visited: null, unreached: null }));
  await settle();
  expect(screen.getByText(`Your ${house.sources.all.length} sources have not been asked for their posts yet.`)).toBeTruthy();
  await fireEvent.click(screen.getAllByRole("button", { name: "Refresh" }).at(-1) as HTMLElement);
  expect(await screen.findByText("Your sources are being asked.")).toBeTruthy();
  // There is nothing to press meanwhile, and the focus is not lost with the button.
  expect(within(screen.getByRole("main")).queryByRole("button")).toBeNull();
  expect(document.activeElement).not.toBe(document.body);
});
