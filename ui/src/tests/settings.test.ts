// The settings with pages of their own: network, privacy, data; the page's size; links from outside; mail.

import { fireEvent, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { opened } from "../lib/backend/fake";
import { size, speech } from "../lib/i18n/t.svelte";
import { open, press, settle } from "./window";

beforeEach(() => {
  opened.length = 0;
  speech.speak("en");
});

const READY = /stories/;
const START = "#/today";

/** Presses the button of that name. */
async function push(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole("button", { name }));
  await settle();
}

test.each([
  [0, "en", "0 bytes"],
  [999, "en", "999 bytes"],
  [12_345_678, "en", "12.3 MB"],
  [12_345_678, "fr", "12,3 Mo"],
  [5e12, "en", "5,000 GB"],
])("%i bytes are said in %s as %s", (bytes, language, said) => {
  speech.speak(language);
  expect(size(bytes).replaceAll(/[\u00a0\u202f]/g, " ")).toBe(said);
});

test("a backup is shown before it takes the library's place, and is taken back by one undo", async () => {
  const house = await open("own&language=en", START, READY);
  house.sheet = "data";
  await settle();
  await push("Restore from a backup…");
  expect(screen.getByRole("group", { name: "The backup that you chose" }).textContent).toContain("4,633 posts of 155 sources, 12 starred");
  expect(house.keeping.copies).toHaveLength(1);
  await fireEvent.click(screen.getAllByRole("button", { name: "Restore" })[0] as HTMLElement);
  await settle();
  expect(screen.getByText(/What was there is kept in .*library\.kept-/)).toBeTruthy();
  expect(house.keeping.copies).toHaveLength(2);
  expect(house.app.offer?.said).toBe("A backup was restored");
  await house.app.undo();
  await settle();
  expect(house.keeping.copies).toHaveLength(3);
  expect(house.app.undoable).toBe(false);
});

test("a damaged backup is refused with a sentence, and nothing is offered", async () => {
  const house = await open("own&damaged&language=en", START, READY);
  house.sheet = "data";
  await settle();
  await push("Restore from a backup…");
  expect(screen.getByRole("alert").textContent).toContain("is damaged");
  expect(house.keeping.offered).toBeNull();
});

test("nothing is erased before the reader said it twice", async () => {
  const house = await open("own&language=en", START, READY);
  house.sheet = "privacy";
  await settle();
  await push("Erase: My contacts, and what was found of them");
  expect(house.keeping.said).toBe("");
  await push("Cancel");
  expect(house.keeping.asked).toBeNull();
  await push("Erase: My contacts, and what was found of them");
  await push("Erase");
  expect(house.keeping.said).toContain("forgotten");
});

test("offline is said over the window for as long as it lasts", async () => {
  const house = await open("own&language=en", START, READY);
  house.sheet = "network";
  await settle();
  await fireEvent.click(screen.getByRole("checkbox", { name: "Work offline" }));
  await settle();
  house.sheet = null;
  await settle();
  expect(screen.getByText("You are working offline.")).toBeTruthy();
  await push("Go online");
  expect(screen.queryByText("You are working offline.")).toBeNull();
});

test("a proxy waits for its address before anything is changed", async () => {
  const house = await open("own&language=en", START, READY);
  house.sheet = "network";
  await settle();
  await fireEvent.click(screen.getByRole("radio", { name: "through this proxy" }));
  await settle();
  expect(house.settings?.net.proxy).toBe("system");
  await fireEvent.change(screen.getByRole("textbox", { name: "Address of the proxy" }), { target: { value: " proxy.example:3128 " } });
  await settle();
  expect(house.settings?.net.proxy).toEqual({ at: "proxy.example:3128" });
  await fireEvent.click(screen.getByRole("radio", { name: "straight to the sources" }));
  await settle();
  expect(house.settings?.net.proxy).toBe("direct");
});

test("the page is enlarged by steps, within bounds, and is so again at the next start", async () => {
  const house = await open("own&language=en", START, READY);
  await fireEvent.keyDown(document.body, { key: "+", ctrlKey: true });
  await fireEvent.keyDown(document.body, { key: "-", ctrlKey: true });
  for (let turn = 0; turn < 20; turn += 1) await fireEvent.keyDown(document.body, { key: "=", ctrlKey: true });
  await settle();
  expect(opened.slice(0, 2)).toEqual(["zoom:1.1", "zoom:1"]);
  expect(house.prefs.zoom).toBe(3);
  opened.length = 0;
  await open("own&language=en", START, READY);
  expect(opened).toEqual(["zoom:3"]);
  await fireEvent.keyDown(document.body, { key: "0", ctrlKey: true });
  await settle();
  expect(opened.at(-1)).toBe("zoom:1");
});

test("what a link outside asks for is written into the field, and not looked for", async () => {
  const house = await open("own&language=en", START, READY);
  dispatchEvent(new window.Event("fake:ask"));
  await settle();
  expect(house.adding).toMatchObject({ open: true, address: "https://quay.example/feed", busy: false, report: null });
});

test("a story goes into a mail with its title and link", async () => {
  const house = await open("own&language=en", START, READY);
  await press("j", "S");
  await push("Write a mail");
  const line = house.sharing;
  expect(opened).toEqual([`mailto:?subject=${encodeURIComponent(line?.title ?? "")}&body=${encodeURIComponent(`${line?.title}\n${line?.link}`)}`]);
});

test("a desktop without a tray says so", async () => {
  const house = await open("own&trayless&language=en", START, READY);
  house.sheet = "settings";
  await settle();
  const tray = screen.getByRole("checkbox", { name: /Stay in the tray/ });
  expect((tray as HTMLInputElement).disabled).toBe(true);
  const said = () => [...document.querySelectorAll<HTMLElement>(".either p")].filter((each) => !each.hidden).map((each) => each.textContent);
  expect(said()).toEqual([expect.stringMatching(/shows no icons in a tray/)]);
  await fireEvent.click(screen.getByRole("checkbox", { name: /with my session/ }));
  await settle();
  expect(house.manners.shown?.at_login).toBe(true);
});

test("the settings of this desktop are there before the desktop has answered, and say neither yes nor no", async () => {
  const house = await open("own&language=en", START, READY);
  house.manners.shown = null;
  house.app.backend.manners = () => new Promise(() => {});
  house.sheet = "settings";
  await settle();
  const boxes = screen.getAllByRole("checkbox", { name: /with my session|Stay in the tray/ });
  expect(boxes.map((box) => (box as HTMLInputElement).disabled)).toEqual([true, true]);
  expect(boxes.map((box) => (box as HTMLInputElement).indeterminate)).toEqual([true, true]);
  expect([...document.querySelectorAll<HTMLElement>(".either p")].map((each) => each.hidden)).toEqual([true, true]);
});

test("a language whose file cannot be read is said where it was chosen, and the one before stays chosen", async () => {
  const house = await open("own&language=en", START, READY);
  house.sheet = "settings";
  await settle();
  house.prefs.unread = "fr";
  house.prefs.onunread("fr");
  const said = /^Français could not be read from this program/;
  expect((await screen.findAllByText(said)).length).toBe(2);
  await fireEvent.click(screen.getByRole("radio", { name: "English" }));
  await settle();
  expect(house.prefs.unread).toBeNull();

  // A window in which no language was learned yet, and a program that lost one of its files.
  vi.resetModules();
  vi.doMock("../lib/i18n/fr.json?raw", () => {
    throw new Error("cut off");
  });
  const fresh = await import("../lib/i18n/t.svelte");
  const { Prefs } = await import("../lib/state/prefs.svelte");
  await fresh.learn("en");
  const prefs = new Prefs();
  const heard: string[] = [];
  prefs.onunread = (language) => heard.push(language);
  prefs.speak("en");
  prefs.speak("fr");
  expect(prefs.language).toBe("fr");
  await vi.waitFor(() => expect(heard).toEqual(["fr"]));
  expect([prefs.language, prefs.unread, fresh.speech.language]).toEqual(["en", "fr", "en"]);
  expect(localStorage.getItem("pepites.window")).toContain('"language":"en"');

  // Another that is chosen while the first is still to fail, and fails too: what is spoken is chosen again.
  const spoken = vi.spyOn(fresh.speech, "speak").mockImplementation(() => {});
  prefs.speak("fr");
  prefs.speak("de");
  spoken.mock.lastCall?.[2]?.("de");
  expect([prefs.language, prefs.unread]).toEqual(["en", "de"]);
  spoken.mockRestore();
  vi.doUnmock("../lib/i18n/fr.json?raw");
  vi.resetModules();
});
