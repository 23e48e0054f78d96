// The states of the screens: nothing yet, nothing new, an error with its remedy, work under way, both languages.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { rows, type TreeRow } from "../lib/state/tree";
import { open, press, settle } from "./window";

const ADDED = new RegExp(`${golden.import.added.length} sources were added\\.`);
const [WORD] = Object.keys(golden.search) as [string];
const named = (id: number) => golden.sources.find((source) => source.id === id)?.title ?? "?";
const READY = golden.today.entries[0]?.face.title ?? "";

test("an empty library has three doors, and an import leads to its report", async () => {
  await open("empty&language=en", "#/today", "Bring your sources");
  expect(screen.getByRole("button", { name: "Open the sample library" })).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Choose a file" }));
  expect(await screen.findByText(ADDED)).toBeTruthy();
  expect(screen.getByText(new RegExp(`${golden.import.already.length} were followed already\\.`))).toBeTruthy();
  expect(screen.getByText(`line ${golden.import.skipped[0]?.line}`)).toBeTruthy();
});

test("a damaged file is offered first, and taken when the reader says so", async () => {
  const house = await open("empty&damaged&language=en", "#/today", "Bring your sources");
  await fireEvent.click(screen.getByRole("button", { name: "Choose a file" }));
  expect(await screen.findByText(/nothing has been added yet/)).toBeTruthy();
  expect(house.sources.all).toHaveLength(0);
  await fireEvent.click(screen.getByRole("button", { name: "Take what could be read" }));
  expect(await screen.findByText(ADDED)).toBeTruthy();
});

test("what is brought over the sample library goes to the reader's own", async () => {
  const house = await open("language=en", "#/today", READY);
  dispatchEvent(new Event("fake:drop"));
  expect(await screen.findByText(/back in your own library/)).toBeTruthy();
  expect(screen.queryByText("You are looking at the sample library.")).toBeNull();
  expect(house.app.sample).toBe(false);
});

test("a refresh that another program runs is told while it runs", async () => {
  const house = await open("own&language=en", "#/today", READY);
  house.app.elsewhere = { work: "refresh", done: 3, total: 9, current: "Tide", new_posts: 2, failed: 0, silent: false };
  expect(await screen.findByText("Another program is asking your sources.")).toBeTruthy();
  expect(screen.getByText("3 of 9 sources")).toBeTruthy();
  house.app.elsewhere = null;
  await waitFor(() => expect(screen.queryByText("Another program is asking your sources.")).toBeNull());
});

test("a source that was added can be taken back", async () => {
  await open("own&language=en", "#/today", READY);
  await press("a");
  await fireEvent.input(screen.getByLabelText("Address of a site, a feed or a profile"), { target: { value: "harbour.example" } });
  await fireEvent.click(screen.getByRole("button", { name: "Look" }));
  await fireEvent.click(await screen.findByRole("button", { name: `Follow ${golden.add.found[0]?.title}` }));
  expect(await screen.findByText(`“${golden.add.found[0]?.title}” is followed now.`)).toBeTruthy();
});

test("someone on a microblog is shown before they are followed, and nobody they follow is followed unasked", async () => {
  const house = await open("own&language=en", "#/today", READY);
  await press("a");
  await fireEvent.input(screen.getByLabelText("Address of a site, a feed or a profile"), { target: { value: "@ines@quay.example" } });
  await fireEvent.click(screen.getByRole("button", { name: "Look" }));
  expect(await screen.findByText(golden.look.found[0]?.sample[0] ?? "?")).toBeTruthy();
  expect(screen.queryByText(/is followed now/)).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "Whom they follow" }));
  expect(await screen.findByText(new RegExp(`${golden.circle.people.length} people\\.`))).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Choose none" }));
  await fireEvent.click(screen.getByRole("checkbox", { name: new RegExp(golden.circle.people[1]?.name ?? "?") }));
  await fireEvent.click(screen.getByRole("button", { name: "Follow 1 person" }));
  await waitFor(() => expect(house.circle.added).toHaveLength(1));
});

test("hearing whom someone follows can be stopped, and gives those heard of so far", async () => {
  const house = await open("own&held&language=en", "#/today", READY);
  house.circle.start("@ines@quay.example");
  expect(await screen.findByText("5 people so far")).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(await screen.findByText(/It was stopped before the end\./)).toBeTruthy();
  expect(house.circle.people).toHaveLength(5);
});

test("who closes the list of whom someone follows stops no refresh", async () => {
  const house = await open("own&held&language=en", "#/today", READY);
  await press("r");
  house.circle.start("@ines@quay.example");
  expect(await screen.findByText("5 people so far")).toBeTruthy();
  expect(await screen.findByText(`1 of ${golden.sources.length} sources`)).toBeTruthy();
  house.circle.close();
  expect(await screen.findByText(`9 of ${golden.sources.length} sources`)).toBeTruthy();
  expect(screen.queryByText(/^Stopped/)).toBeNull();
});

test("a file that is dropped is imported", async () => {
  await open("empty&language=en", "#/today", "Bring your sources");
  dispatchEvent(new Event("fake:drag"));
  expect(await screen.findByText("Drop it here: sources to follow, or people to find")).toBeTruthy();
  dispatchEvent(new Event("fake:drop"));
  expect(await screen.findByText(ADDED)).toBeTruthy();
});

test("the sample library says so, and one click leaves it", async () => {
  await open("language=en", "#/today", READY);
  await fireEvent.click(screen.getByRole("button", { name: "Leave it" }));
  expect(await screen.findByText("Bring your sources")).toBeTruthy();
  expect(screen.queryByText("You are looking at the sample library.")).toBeNull();
});

test("a day without news says what to do", async () => {
  await open("own&quiet&language=en", "#/today", "Nothing new to read.");
});

test("a list that cannot come says why, with one remedy", async () => {
  await open("own&fail=today&language=en", "#/today", /writing to the library for 5 seconds/);
  expect(screen.getByText("Try again in a moment.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

test("without a network a refresh says so, and names no source", async () => {
  await open("own&offline&language=en", "#/today", READY);
  await press("r");
  const said = "No network: nothing could be asked. What is here stays. Your sources are asked again once the network is back.";
  expect(await screen.findByText(said)).toBeTruthy();
  expect(screen.queryByText("Nothing new.")).toBeNull();
  expect(screen.queryByText(/in trouble/)).toBeNull();
});

test("as soon as there seems to be no network a refresh says so, and what comes next", async () => {
  const house = await open("own&quiet&silent&language=en", "#/today", "Nothing new to read.");
  await press("r");
  const silent = "Nothing answers: there seems to be no network.";
  expect(await screen.findByText(silent)).toBeTruthy();
  expect(screen.getByText("Your sources are asked again once the network is back.")).toBeTruthy();
  expect(await screen.findByText(`${silent} Your sources are asked again once the network is back.`)).toBeTruthy();
  expect(screen.queryByText("0 new posts")).toBeNull();
  // Who has each refresh to themselves asks again.
  if (house.settings) house.settings = { ...house.settings, by_itself: false };
  expect(await screen.findByText(`${silent} Refresh once the network is back.`)).toBeTruthy();
});

test("a refresh says how far it is, and can be stopped", async () => {
  await open("own&language=en", "#/today", READY);
  await press("r");
  expect(await screen.findByText(`1 of ${golden.sources.length} sources`)).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(await screen.findByText(/^Stopped; what had come was kept\./)).toBeTruthy();
});

test("French counts nothing and one alike, and says its own words", async () => {
  await open("language=fr", "#/today", READY);
  expect(screen.getByText("C’est tout pour aujourd’hui.")).toBeTruthy();
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("lundi 23\u00a0novembre\u00a02026");
  expect(screen.getAllByRole("button", { name: /^relayée par / }).length).toBeGreaterThan(0);
});

test("what was searched is marked where it was found", async () => {
  await open("language=en", `#/search?q=${WORD}`, /./);
  await waitFor(() => expect(document.querySelectorAll("mark").length).toBeGreaterThan(0));
  expect(document.querySelector("mark")?.textContent?.toLowerCase()).toContain(WORD);
  await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "xyzzy" } });
  expect(await screen.findByText("Nothing was found for “xyzzy”.")).toBeTruthy();
});

test("an address with several things to follow lets the reader choose", async () => {
  await open("own&language=en", "#/today", READY);
  await press("a");
  await fireEvent.input(screen.getByLabelText("Address of a site, a feed or a profile"), {
    target: { value: "harbourlight.example" },
  });
  await fireEvent.click(screen.getByRole("button", { name: "Look" }));
  await fireEvent.click(await screen.findByRole("button", { name: `Follow ${golden.add.found[0]?.title}` }));
  expect(await screen.findByText(`${golden.add.found[0]?.title} is followed now.`)).toBeTruthy();
});

test("an address with nothing to follow says so, with a remedy", async () => {
  await open("own&language=en", "#/today", READY);
  await press("a");
  await fireEvent.input(screen.getByLabelText("Address of a site, a feed or a profile"), { target: { value: "nowhere" } });
  await fireEvent.click(screen.getByRole("button", { name: "Look" }));
  expect(await screen.findByText(/Nothing to follow was found at nowhere\..*paste that address\./)).toBeTruthy();
});

test("the tree moves by arrows, folds, and chooses", async () => {
  await open("language=en", "#/sources", named(golden.places.whole));
  const [top, below] = rows(golden.sources, "", [], "en").filter(({ depth }) => depth === 0);
  const name = (row: TreeRow | undefined) => (row && "folder" in row ? row.folder.at(-1) : row?.source.title) ?? "?";
  const first = screen.getAllByRole("treeitem")[0];
  first?.focus();
  expect(first?.textContent).toContain(name(top));
  await press("ArrowLeft");
  expect(screen.getAllByRole("treeitem")[0]?.getAttribute("aria-expanded")).toBe("false");
  await press("ArrowDown");
  expect(document.activeElement?.textContent).toContain(name(below));
  await press("End", "Enter");
  expect(location.hash).toMatch(/^#\/sources\/\d+$/);
});

test("a source that is left comes back by undo", async () => {
  const house = await open("language=en", `#/sources/${golden.places.whole}`, /Stop following/);
  await fireEvent.click(screen.getByRole("button", { name: "Stop following" }));
  await waitFor(() => expect(house.sources.all.some((source) => source.id === golden.places.whole)).toBe(false));
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(house.sources.all.some((source) => source.id === golden.places.whole)).toBe(true));
});

test("trouble stands where the source is, in words", async () => {
  await open("language=en", "#/sources", named(golden.places.whole));
  const row = screen.getAllByRole("treeitem").find((each) => each.textContent?.includes(named(golden.places.trouble)));
  expect(row?.textContent).toContain("did not answer in time.");
});

test("settings change the language at once", async () => {
  await open("language=en", "#/today", READY);
  await fireEvent.click(screen.getByRole("button", { name: "Settings" }));
  await fireEvent.click(screen.getByRole("radio", { name: "Français" }));
  await settle();
  expect(screen.getByText("C’est tout pour aujourd’hui.")).toBeTruthy();
  expect(document.documentElement.lang).toBe("fr");
});
