// A page without a feed becomes a source by its list; the palette names all that can be done; a language is one file.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { LANGUAGES, nameOf, number, speech, t } from "../lib/i18n/t.svelte";
import { BOOKMARKLET } from "../parts/Bookmarklet.svelte";
import { possible } from "../views/perform";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";

async function listing() {
  const house = await open("own&language=en", "#/today", READY);
  await press("a");
  await fireEvent.input(screen.getByLabelText("Address of a site, a feed or a profile"), { target: { value: "feedless.example/news" } });
  await fireEvent.click(screen.getByRole("button", { name: "Look" }));
  await fireEvent.click(await screen.findByRole("button", { name: "Make a source of its list" }));
  await screen.findByText("It would give 6 posts");
  return house;
}

test("a page without a feed shows its lists, one of which is chosen and followed", async () => {
  const house = await listing();
  const [first, second] = screen.getAllByRole("radio", { name: /entries/ }) as [HTMLInputElement, HTMLInputElement];
  expect([first.checked, second.checked]).toEqual([true, false]);
  const before = document.querySelector("dialog ol li")?.textContent;
  await fireEvent.click(second);
  expect(document.querySelector("dialog ol li")?.textContent).not.toBe(before);
  const asked: unknown[] = [];
  const { call } = house.app.backend;
  house.app.backend.call = (name, ask) => {
    if (name === "add") asked.push(ask);
    return call(name, ask);
  };
  const { preview } = house.listing;
  await fireEvent.submit(document.querySelector("dialog form") as HTMLFormElement);
  await waitFor(() => expect(location.hash).toMatch(/^#\/sources\/\d+$/));
  expect(asked).toEqual([{ address: preview?.address, choice: null, folders: [], login: null }]);
  expect(house.app.undoable).toBe(true);
});

test("selectors are tried as they are typed, and what gives nothing says why and cannot be followed", async () => {
  const house = await listing();
  const item = screen.getByLabelText("An entry");
  await fireEvent.input(item, { target: { value: "main li" } });
  expect(screen.queryByText(/It would give/)).toBeNull();
  expect(await screen.findByText("It would give 6 posts")).toBeTruthy();
  expect(house.listing.preview?.address).toContain("main%20li");
  await fireEvent.input(item, { target: { value: "li >> [" } });
  await waitFor(() => expect(house.listing.problem?.code).toBe("bad_input"));
  expect((screen.getByRole("button", { name: "Follow" }) as HTMLButtonElement).disabled).toBe(true);
  await fireEvent(screen.getByRole("dialog"), new Event("cancel", { cancelable: true }));
  await waitFor(() => expect(house.listing.page).toBeNull());
});

test("the bookmark hands over the page of the browser, and does nothing in this window", async () => {
  const house = await open("language=en", "#/today", READY);
  house.sheet = "settings";
  const link = await screen.findByRole("link", { name: "Follow in Pépites" });
  expect(link.getAttribute("href")).toBe(BOOKMARKLET);
  expect(await fireEvent.click(link)).toBe(false);
  const went: { href: string } = { href: "https://paper.example/news?a=1" };
  new Function("location", BOOKMARKLET.replace("javascript:", ""))(went);
  expect(went.href).toBe("feed:https://paper.example/news?a=1");
});

test("what a screen can do is reached by name there, and only there", async () => {
  const house = await open("found&language=en", "#/people", "People");
  const can = (...acts: Parameters<ReturnType<typeof possible>>[0][]) => acts.map(possible(house));
  await waitFor(() => expect(can("find_people", "follow_people", "export_people", "export_found")).toEqual([true, true, true, true]));
  expect(can("pause_people", "room_apply", "erase_trends")).toEqual([false, false, false]);
  house.go("room");
  await waitFor(() => expect(can("room_apply", "find_people")).toEqual([true, false]));
  house.go("trends");
  await waitFor(() => expect(can("erase_trends", "export_trends", "export_volume", "export_hours", "room_apply")).toEqual([true, true, true, true, false]));
  house.go("taste", { id: 2 });
  await waitFor(() => expect(can("forget_taste", "erase_trends")).toEqual([true, false]));
  house.go("sources", { id: golden.places.whole });
  await settle();
  expect(can("mode_all", "mode_nuggets", "source_logout", "picked_move")).toEqual([false, true, false, false]);
  house.sources.picked = [`${JSON.stringify(house.sources.all[0]?.folders[0] ?? [])}#${house.sources.all[0]?.id}`];
  await waitFor(() => expect(can("picked_move", "picked_refresh", "picked_unfollow")).toEqual([true, true, true]));
});

test("a mode is set by name, and undone", async () => {
  const house = await open("language=en", `#/sources/${golden.places.whole}`, golden.sources.find(({ id }) => id === golden.places.whole)?.title ?? "?");
  await fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  await settle();
  await fireEvent.input(document.querySelector("dialog input") as HTMLInputElement, { target: { value: "only the nuggets" } });
  await settle();
  await press("Enter");
  await waitFor(() => expect(house.sources.source?.mode).toBe("nuggets"));
  await house.app.undo();
  expect(house.sources.source?.mode).toBe("all");
});

test("a language is a file, called as it calls itself; what it lacks, and counts, are said by its rules", () => {
  expect(LANGUAGES).toEqual(["en", "fr"]);
  expect(LANGUAGES.map(nameOf)).toEqual(["English", "Français"]);
  speech.speak("de_DE.UTF-8");
  expect(speech.language).toBe("en");
  speech.speak("fr_CA");
  expect(speech.language).toBe("fr");
  // A million is a form of its own in French, which no sentence here needs.
  expect(t("ui.today.stories", { count: 1_000_000 })).toBe(`${number(1_000_000)} histoires`);
  expect(t("ui.today.stories", { count: 1.5 })).toBe("1,5 histoire");
  speech.speak("en");
  expect(t("ui.today.stories", { count: 1.5 })).toBe("1.5 stories");
});
