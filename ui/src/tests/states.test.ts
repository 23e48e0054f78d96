// The states of the screens: nothing yet, nothing new, an error with its remedy, work under way, both languages.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";

test("an empty library has three doors, and an import leads to its report", async () => {
  await open("empty&language=en", "#/today", "Bring your sources");
  expect(screen.getByRole("button", { name: "Open the sample library" })).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Choose a file" }));
  expect(await screen.findByText(/18 sources were added\./)).toBeTruthy();
  expect(screen.getByText(/2 were followed already\./)).toBeTruthy();
  expect(screen.getByText("line 49")).toBeTruthy();
});

test("a damaged file is offered first, and taken when the reader says so", async () => {
  const house = await open("empty&damaged&language=en", "#/today", "Bring your sources");
  await fireEvent.click(screen.getByRole("button", { name: "Choose a file" }));
  expect(await screen.findByText(/nothing was added yet/)).toBeTruthy();
  expect(house.sources.all).toHaveLength(0);
  await fireEvent.click(screen.getByRole("button", { name: "Take what could be read" }));
  expect(await screen.findByText(/18 sources were added\./)).toBeTruthy();
});

test("a file that is dropped is imported", async () => {
  await open("empty&language=en", "#/today", "Bring your sources");
  dispatchEvent(new Event("fake:drag"));
  expect(await screen.findByText("Drop it here to follow the sources it holds")).toBeTruthy();
  dispatchEvent(new Event("fake:drop"));
  expect(await screen.findByText(/18 sources were added\./)).toBeTruthy();
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

test("a refresh says how far it is, and can be stopped", async () => {
  await open("own&language=en", "#/today", READY);
  await press("r");
  expect(await screen.findByText(/^1 of 22 sources$/)).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(await screen.findByText(/^Stopped; what had come was kept\./)).toBeTruthy();
});

test("French counts nothing and one alike, and says its own words", async () => {
  await open("language=fr", "#/today", READY);
  expect(screen.getByText("C’est tout pour aujourd’hui.")).toBeTruthy();
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("lundi 23\u00a0novembre\u00a02026");
  expect(screen.getAllByRole("button", { name: /^relayée par 7/ })).toHaveLength(1);
});

test("what was searched is marked where it was found", async () => {
  await open("language=en", "#/search?q=carnet", /./);
  await waitFor(() => expect(document.querySelectorAll("mark").length).toBeGreaterThan(0));
  expect(document.querySelector("mark")?.textContent?.toLowerCase()).toBe("carnet");
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
  await fireEvent.click(await screen.findByRole("button", { name: "Follow Harbour Light" }));
  expect(await screen.findByText("Harbour Light is followed now.")).toBeTruthy();
});

test("an address with nothing to follow says so, with a remedy", async () => {
  await open("own&language=en", "#/today", READY);
  await press("a");
  await fireEvent.input(screen.getByLabelText("Address of a site, a feed or a profile"), { target: { value: "nowhere" } });
  await fireEvent.click(screen.getByRole("button", { name: "Look" }));
  expect(await screen.findByText(/Nothing to follow was found at nowhere\..*paste that address\./)).toBeTruthy();
});

test("the tree moves by arrows, folds, and chooses", async () => {
  await open("language=en", "#/sources", "Tidal Notes");
  const first = screen.getAllByRole("treeitem")[0];
  first?.focus();
  expect(first?.textContent).toContain("Actualités");
  await press("ArrowLeft");
  expect(screen.getAllByRole("treeitem")[0]?.getAttribute("aria-expanded")).toBe("false");
  await press("ArrowDown");
  expect(document.activeElement?.textContent).toContain("Maison");
  await press("ArrowDown", "Enter");
  expect(location.hash).toMatch(/^#\/sources\/\d+$/);
});

test("a source that is left comes back by undo", async () => {
  const house = await open("language=en", "#/sources/2", /Unsubscribe/);
  await fireEvent.click(screen.getByRole("button", { name: "Unsubscribe" }));
  await waitFor(() => expect(house.sources.all.some((source) => source.id === 2)).toBe(false));
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(house.sources.all.some((source) => source.id === 2)).toBe(true));
});

test("trouble stands where the source is, in words", async () => {
  await open("language=en", "#/sources", "Tidal Notes");
  const row = screen.getAllByRole("treeitem").find((each) => each.textContent?.includes("Observatoire des nuages"));
  expect(row?.textContent).toContain("nuages.example did not answer in time.");
});

test("settings change the language at once", async () => {
  await open("language=en", "#/today", READY);
  await fireEvent.click(screen.getByRole("button", { name: "Settings" }));
  await fireEvent.click(screen.getByRole("radio", { name: "Français" }));
  await settle();
  expect(screen.getByText("C’est tout pour aujourd’hui.")).toBeTruthy();
  expect(document.documentElement.lang).toBe("fr");
});
