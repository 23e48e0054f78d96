// The main job in the window: moving through the digest by keys and mouse, marking, undoing, the end.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, test, vi } from "vitest";
import { clock, fake, golden, opened } from "../lib/backend/fake";
import { House } from "../lib/state/house.svelte";
import { open, press, seen, settle, standing } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const order = ["nuggets", "searched", "covered", "people", "long", "others"].flatMap((section) =>
  golden.today.entries.filter((entry) => entry.section === section),
);
/** The story that most sources tell. */
const told = order.reduce((most, entry) => (entry.relays.length > most.relays.length ? entry : most));
const title = (at: number) => order.at(at)?.face.title ?? "";
const story = () => screen.queryByRole("region", { name: "Story" });

test("j opens the next story and k the one before, and the focus is in the text", async () => {
  await open("language=en", "#/today", READY);
  await press("j");
  expect(await screen.findByRole("heading", { level: 1, name: title(0) })).toBeTruthy();
  expect(document.activeElement?.getAttribute("aria-label")).toBe(title(0));
  await press("j", "j", "k");
  expect(await screen.findByRole("heading", { level: 1, name: title(1) })).toBeTruthy();
  expect(standing()).toBe(title(1));
});

test("n and p move without opening, o opens, u goes back to the headline", async () => {
  await open("language=en", "#/today", READY);
  await press("n", "n", "p");
  expect(standing()).toBe(title(0));
  expect(story()).toBeNull();
  await press("o");
  expect(story()).not.toBeNull();
  await press("u");
  expect(story()).toBeNull();
  await waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe(title(0)));
});

test("past the last story stands the end", async () => {
  const house = await open("language=en", "#/today", READY);
  house.reading.stand(order.at(-1)?.face.post ?? 0);
  await press("n");
  expect(document.activeElement?.textContent).toContain("That’s all for today.");
});

test("where the open story lies over the end, going on from the last one shuts it, and going back opens it again", async () => {
  const house = await open("language=en", "#/today", READY);
  const last = house.reading.lines.at(-1);
  if (!last) throw new Error("no story");
  await house.reading.open(last.post);
  await settle();
  // A window of one pane: this page has no layout that hides the list.
  const end = document.querySelector("[data-end]");
  Object.assign(end ?? {}, { checkVisibility: () => house.route.place.post === null });
  await press("j");
  expect([house.route.place.post, document.activeElement]).toEqual([null, end]);
  await press("j");
  expect([house.route.place.post, document.activeElement]).toEqual([null, end]);
  await press("k");
  expect(house.route.place.post).toBe(last.post);
  await press("e", "e");
  expect([house.route.place.post, document.activeElement, house.marks.of(last).skipped]).toEqual([null, end, true]);
  await press("p");
  expect(standing()).toBe(title(-1));
  await press("p");
  expect(standing()).toBe(title(-2));
});

test("a star shows at once, and Ctrl Z takes it back", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("n", "s");
  const face = order[0]?.face;
  if (!face) throw new Error("no story");
  expect(house.marks.of(face).starred).toBe(true);
  expect(screen.getByText(`“${face.title}” is starred.`)).toBeTruthy();
  await fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
  await settle();
  expect(house.marks.of(face).starred).toBe(false);
});

test("who goes on letting go at the end takes nothing back, but by the button that says so, or after going back", async () => {
  const house = await open("language=en", "#/today", READY);
  const last = house.reading.lines.at(-1);
  if (!last) throw new Error("no story");
  const skipped = () => house.marks.of(last).skipped;
  await house.reading.open(last.post);
  await press("e", "e", "e");
  expect([skipped(), house.reading.wish?.pane]).toEqual([true, "end"]);
  await fireEvent.click(screen.getByRole("button", { name: "Skipped" }));
  expect(skipped()).toBe(false);
  await press("e", "k", "j");
  expect(skipped()).toBe(true);
  await press("e");
  expect(skipped()).toBe(false);
});

test("the bar offers to undo a skip, by mouse", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("n", "e");
  const face = order[0]?.face;
  if (!face) throw new Error("no story");
  expect(house.marks.of(face).skipped).toBe(true);
  expect(standing()).toBe(title(1));
  await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await settle();
  expect(house.marks.of(face).skipped).toBe(false);
});

test("a mark that the engine cannot keep is taken back, and the problem says what to do", async () => {
  const house = await open("language=en&fail=mark", "#/today", READY);
  await press("n", "s");
  const face = order[0]?.face;
  expect(face && house.marks.of(face).starred).toBe(false);
  expect(screen.getByRole("alert").textContent).toContain("Try again in a moment.");
});

test("opening a story reads it, and the thin bar fills", async () => {
  await open("language=en", "#/today", READY);
  const bar = () => Number(screen.getByRole("progressbar", { name: "Read so far" }).getAttribute("aria-valuenow"));
  const before = bar();
  await press("j");
  await waitFor(() => expect(bar()).toBeGreaterThan(before));
});

test("relays open in place, and one of them can be read", async () => {
  await open("language=en", "#/today", READY);
  const fold = screen.getAllByRole("button", { name: new RegExp(`^relayed by ${new Set(told.relays.map(({ source }) => source)).size}`) })[0];
  if (!fold) throw new Error("no relays");
  await fireEvent.click(fold);
  expect(fold.getAttribute("aria-expanded")).toBe("true");
  const relay = told.relays.at(-1);
  const rows = fold.closest("li")?.querySelectorAll("button") ?? [];
  const row = [...rows].find((button) => button !== fold && button.textContent?.includes(relay?.source_title ?? "?"));
  if (!row || !relay) throw new Error("no relay to open");
  await fireEvent.click(row);
  expect(await screen.findByRole("heading", { level: 1, name: relay.title })).toBeTruthy();
});

test("why shows each signal's points, and they add up", async () => {
  await open("language=en", "#/today", READY);
  await press("j", "w");
  const table = screen.getByRole("table", { name: "What each signal gave" });
  const cells = [...table.querySelectorAll("tbody td:last-child")].map((cell) => Number(cell.textContent));
  const total = Number(within(table).getByRole("row", { name: /^Score/ }).querySelector("td")?.textContent);
  const parts = order[0]?.parts ?? [];
  expect(cells).toHaveLength(parts.filter((part) => part.points !== 0).length);
  // What gave nothing is named all the same, but for wishes that nobody made.
  const silent = within(table).getByText(/^Gave nothing: /).textContent ?? "";
  const unsaid = parts.filter((part) => part.points === 0 && !["liked", "disliked"].includes(part.signal));
  expect(silent.split(", ")).toHaveLength(unsaid.length);
  expect(cells.length).toBeGreaterThan(0);
  expect(cells.reduce((sum, points) => sum + points, 0)).toBeCloseTo(total, 1);
});

test("the original and the links of a story go to the system's browser, never here", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("j", "v");
  expect(opened.at(-1)).toBe(order[0]?.face.link);
  const linked = order.find(({ face }) => golden.posts[face.post]?.html.includes("<a "));
  await house.reading.open(linked?.face.post ?? 0);
  await settle();
  const link = document.querySelector<HTMLAnchorElement>("article .body a");
  if (!link) throw new Error("no link in the story");
  expect(await fireEvent.click(link)).toBe(false);
  expect(opened.at(-1)).toBe(link.getAttribute("href"));
});

test("keys are the field's while one types", async () => {
  await open("language=en", "#/search", "Every post that is kept can be found.");
  screen.getByRole("searchbox").focus();
  await press("j", "?");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(story()).toBeNull();
});

test("the system's back closes the story", async () => {
  await open("language=en", "#/today", READY);
  await press("j");
  expect(location.hash).toMatch(/\/post\/\d+$/);
  history.back();
  await waitFor(() => expect(story()).toBeNull());
});

test("a post of a microblog is headed by who wrote it and says who passed it on", async () => {
  await open("language=en", `#/sources/${golden.places.notes}`, "Inès Calder");
  await fireEvent.click(await screen.findByRole("button", { name: /Le phare rallume/ }));
  expect(await screen.findByText("Bo Lindqvist")).toBeTruthy();
  expect(screen.getByText("@bo@quay.example")).toBeTruthy();
  expect(screen.getByText("boosted by Inès Calder")).toBeTruthy();
});

test("what was passed by is noted as that, what was opened after all is not", async () => {
  const house = await open("language=en", "#/today", READY);
  const call = vi.spyOn(house.app.backend, "call");
  const noted = (act: string) => call.mock.calls.flatMap(([name, ask]) => (name === "note_acts" && (ask as { act: string }).act === act ? (ask as { posts: number[] }).posts : []));
  await press("n", "n", "n", "p", "o", "u");
  house.go("trends");
  expect(noted("skimmed")).toEqual([order[0]?.face.post]);
  // Once and for all: to pass it by again is no news.
  house.go("today");
  await screen.findAllByText(seen(READY));
  await press("n", "n");
  house.go("trends");
  expect(noted("skimmed")).toHaveLength(1);
});

describe("a story that came because the one before was let go", () => {
  const faces = order.map(({ face }) => face);
  const face = (at: number) => {
    const found = faces[at];
    if (!found) throw new Error("too few stories");
    return found;
  };
  const [first, second, third] = [face(0), face(1), face(2)];

  /** A house without a window, its clock standing still, the first story open and let go. */
  async function come(): Promise<{ house: House; read: (line?: (typeof faces)[number]) => boolean; pass: (ms: number) => Promise<unknown> }> {
    vi.useFakeTimers();
    const house = new House(fake("language=en"), clock);
    house.reading.show(faces);
    await house.reading.open(first.post);
    await house.reading.skip();
    expect(house.reading.post?.line.post).toBe(second.post);
    return { house, read: (line = second) => house.marks.of(line).read, pass: (ms) => vi.advanceTimersByTimeAsync(ms) };
  }

  afterEach(() => {
    vi.useRealTimers();
    Reflect.deleteProperty(document, "hidden");
  });

  test("is not read by that, nor are those after it that are let go at once", async () => {
    const { house, read, pass } = await come();
    expect([read(first), read()]).toEqual([true, false]);
    await house.reading.skip();
    await house.reading.skip();
    expect([read(), read(third)]).toEqual([false, false]);
    house.reading.close();
    await pass(60_000);
    expect([read(), read(third)]).toEqual([false, false]);
  });

  test("is read after some seconds on the screen, and not behind another window", async () => {
    const { read, pass } = await come();
    await pass(4_999);
    expect(read()).toBe(false);
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    await pass(60_000);
    expect(read()).toBe(false);
    Object.defineProperty(document, "hidden", { value: false, configurable: true });
    await pass(5_000);
    expect(read()).toBe(true);
  });

  test("is read by going on from it, however quickly; by going back it is not", async () => {
    const { house, read, pass } = await come();
    await house.reading.step(1, true);
    await pass(0);
    expect([read(), read(third)]).toEqual([true, true]);
    await house.marks.set(second, "read", false);
    await house.reading.open(first.post);
    await house.marks.set(first, "skipped", false);
    await house.reading.skip();
    await house.reading.step(-1, true);
    await pass(60_000);
    expect(read()).toBe(false);
  });

  test("is read by going on from it even before it came, and at the end of the list", async () => {
    vi.useFakeTimers();
    const house = new House(fake("language=en"), clock);
    house.reading.show([first, second]);
    await house.reading.open(first.post);
    const skipped = house.reading.skip();
    await vi.waitFor(() => expect(house.route.place.post).toBe(second.post));
    void house.reading.step(1, true);
    await skipped;
    await vi.advanceTimersByTimeAsync(0);
    expect(house.marks.of(second).read).toBe(true);
  });

  test("is not read by what is still done in the story before, while it is on its way", async () => {
    const { house, read, pass } = await come();
    const { call } = house.app.backend;
    let answer = () => {};
    const held = new Promise<void>((go) => (answer = go));
    house.app.backend.call = async (name, ask) => {
      if (name === "post") await held;
      return call(name, ask);
    };
    const skipped = house.reading.skip();
    await vi.waitFor(() => expect(house.route.place.post).toBe(third.post));
    // The one before is still on screen: it is scrolled to its end, and its time is over.
    house.reading.finished();
    await house.reading.engage(second.post);
    await pass(0);
    answer();
    await skipped;
    expect(read(third)).toBe(false);
    await pass(5_000);
    expect(read(third)).toBe(true);
  });

  test("is as the reader says, once they say it", async () => {
    const { house, read, pass } = await come();
    await house.marks.toggle(second, "read");
    await house.marks.toggle(second, "read");
    await pass(60_000);
    expect(read()).toBe(false);
  });

  test("is kept as read at the next chance when the library was busy", async () => {
    const { house, read, pass } = await come();
    const { call } = house.app.backend;
    const busy = { code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } };
    house.app.backend.call = (name, ask) => (name === "open_post" ? Promise.reject(busy) : call(name, ask));
    await pass(5_000);
    expect([read(), house.app.problem?.code]).toEqual([false, "library_busy"]);
    house.app.backend.call = call;
    await house.reading.engage();
    expect(read()).toBe(true);
  });
});

test("a story that came by itself is read once one scrolls in it, or follows a link of it", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("j", "e");
  expect(await screen.findByRole("heading", { level: 1, name: title(1) })).toBeTruthy();
  const second = order[1]?.face;
  if (!second) throw new Error("no second story");
  expect(house.marks.of(second).read).toBe(false);
  const text = document.querySelector<HTMLElement>(".story .text");
  if (!text) throw new Error("no text");
  text.scrollTop = 40;
  await fireEvent.scroll(text);
  await waitFor(() => expect(house.marks.of(second).read).toBe(true));
  await press("e", "v");
  const third = order[2]?.face;
  await waitFor(() => expect(third && house.marks.of(third).read).toBe(true));
});
