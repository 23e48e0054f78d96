// The search: what it offers and says, filters taken out, and searches kept, renamed, deleted and brought back.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { open, press, settle } from "./window";

const START = "Every post that is kept can be found.";
const FILTERED = "winter is:unread -lang:fr";
const field = () => screen.getByRole<HTMLInputElement>("searchbox");
const type = async (text: string) => {
  field().focus();
  await fireEvent.input(field(), { target: { value: text } });
  await settle();
};
const options = () => screen.queryAllByRole("option").map((option) => option.querySelector(".name")?.textContent);
const kept = () => [...document.querySelectorAll("section[aria-labelledby=kept-searches] .name")].map((name) => name.textContent);

test("the arrows walk what is offered, Enter takes it, Escape wants none", async () => {
  await open("language=en", "#/search", START);
  await type("fold");
  expect(options()).toEqual(["folder:"]);
  await press("Enter");
  expect(field().value).toBe("fold");
  await press("ArrowDown");
  expect(document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.textContent).toContain("folder:");
  await press("Enter");
  expect(field().value).toBe("folder:");
  await type("is:");
  expect(options()).toContain("is:starred");
  await press("Escape");
  expect([options(), field().value]).toEqual([[], "is:"]);
});

test("what is understood stands beneath as filters, each taken out by a press", async () => {
  await open("language=en", `#/search?q=${encodeURIComponent(FILTERED)}`, /./);
  const filters = await screen.findByRole("list", { name: "What is asked for" });
  expect(within(filters).getAllByRole("button").map((button) => button.textContent?.trim())).toEqual(["unread", "except in French"]);
  await fireEvent.click(within(filters).getByRole("button", { name: "Without “except in French”" }));
  await settle();
  expect(field().value).toBe("winter is:unread");
  expect(document.activeElement).toBe(field());
});

test("what is no operator is said, and a search that finds nothing says what to do", async () => {
  await open("language=en", "#/search", START);
  await type("sauce:x winter");
  expect(await screen.findByText("“sauce:” is no operator: “sauce:x” was searched as text.")).toBeTruthy();
  await type("albatross is:starred");
  expect(await screen.findByText("Take a filter away, or try fewer words.")).toBeTruthy();
});

test("an operator of the start is written into the field, in the language of the window", async () => {
  await open("language=fr", "#/search", /Chaque billet gardé/);
  await fireEvent.click(await screen.findByRole("button", { name: /^dossier:/ }));
  await settle();
  expect([field().value, document.activeElement]).toEqual(["dossier:", field()]);
});

test("a search is kept, renamed, deleted, and brought back", async () => {
  const house = await open("language=en", "#/search", START);
  await waitFor(() => expect(kept()).toEqual(golden.searches.saved.map(({ name }) => name)));
  await type("tides");
  await fireEvent.click(screen.getByRole("button", { name: "Keep this search" }));
  await fireEvent.click(await screen.findByRole("button", { name: "Rename the search “tides”" }));
  await fireEvent.input(screen.getByLabelText("Its name for you"), { target: { value: "The sea" } });
  await fireEvent.click(screen.getByRole("button", { name: "Rename" }));
  expect(await screen.findByText("Kept as “The sea”")).toBeTruthy();
  await type("");
  await waitFor(() => expect(kept()).toEqual(["Winter", "repair", "The sea"]));
  await fireEvent.click(screen.getByRole("button", { name: "Delete the search “Winter”" }));
  await waitFor(() => expect(kept()).toEqual(["repair", "The sea"]));
  await screen.findByText("The search “Winter” was deleted.");
  await house.app.undo();
  await waitFor(() => expect(kept()).toEqual(["repair", "The sea", "Winter"]));
  await fireEvent.click(screen.getByRole("button", { name: /^Winter/ }));
  await settle();
  expect([field().value, location.hash]).toEqual([FILTERED, `#/search?${new URLSearchParams({ q: FILTERED }).toString()}`]);
});

test("a kept search is given a section of the digest, and that is taken back", async () => {
  const house = await open("language=en", "#/search", START);
  const box = () => screen.getByRole<HTMLInputElement>("checkbox", { name: /repair/ });
  await waitFor(() => expect(box().checked).toBe(false));
  await fireEvent.click(box());
  await waitFor(() => expect(house.search.saved?.find(({ name }) => name === "repair")?.section).toBe(true));
  await screen.findByText("From the next digest on, “repair” has a section of its own.");
  await house.app.undo();
  await waitFor(() => expect(box().checked).toBe(false));
});

test("a kept search is found in the palette", async () => {
  await open("language=en", "#/search", START);
  await fireEvent.keyDown(document.activeElement ?? document.body, { key: "k", ctrlKey: true });
  const sheet = await screen.findByRole("combobox");
  await fireEvent.input(sheet, { target: { value: "Winter" } });
  await waitFor(() => expect(document.querySelector("dialog [role=option]")?.textContent).toContain("kept search"));
  await press("Enter");
  await waitFor(() => expect(field().value).toBe(FILTERED));
});

test("what is found is sorted as the reader wants, which is remembered, and marked in its titles", async () => {
  const word = Object.keys(golden.search).find((words) => (golden.search[words]?.length ?? 0) > 2 && !words.includes(":")) ?? "?";
  const found = golden.search[word] ?? [];
  const house = await open("language=en", `#/search?q=${word}`, /posts?$/);
  const listed = () => [...document.querySelectorAll("main li[data-post]")].map((row) => Number(row.getAttribute("data-post")));
  const by = (way: 1 | -1) => found.toSorted((one, other) => way * (one.line.published - other.line.published)).map((hit) => hit.line.post);
  await waitFor(() => expect(listed()).toEqual(found.map((hit) => hit.line.post)));
  await fireEvent.click(screen.getByRole("button", { name: "Newest first", pressed: false }));
  await waitFor(() => expect(listed()).toEqual(by(-1)));
  await fireEvent.click(screen.getByRole("button", { name: "Oldest first", pressed: false }));
  await waitFor(() => expect(listed()).toEqual(by(1)));
  expect(JSON.parse(localStorage.getItem("pepites.window") ?? "{}")).toMatchObject({ sort: "oldest" });
  await type(`${word} `);
  expect(screen.getByRole("button", { name: "Oldest first", pressed: true })).toBeTruthy();
  const marked = found.some((hit) => hit.title.includes("\uE000"));
  expect(document.querySelector("main li .headline mark") !== null).toBe(marked);
  expect(marked).toBe(true);
  expect(house.search.settled).toBe(true);
});
