// No press of a key is lost, or meant for another story than the reader's, whatever is on its way just then.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { PostLine, PostView, Problem } from "../lib/backend/contract";
import { clock, fake, golden } from "../lib/backend/fake";
import { House } from "../lib/state/house.svelte";
import { Keys } from "../lib/state/keys";
import { PIECE, Pages } from "../lib/state/pages.svelte";
import { open, press, settle, standing } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const faces = ["nuggets", "searched", "covered", "people", "long", "others"].flatMap((section) =>
  golden.today.entries.filter((entry) => entry.section === section).map(({ face }) => face),
);
const face = (at: number): PostLine => {
  const found = faces[at];
  if (!found) throw new Error("too few stories");
  return found;
};
const BUSY: Problem = { code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } };

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A house without a window, a list in it. */
function housed(lines: PostLine[] = faces): House {
  history.replaceState(null, "", "#/today");
  const house = new House(fake("language=en"), clock);
  house.reading.show(lines);
  return house;
}

/** Shows a list as a screen does: anew with each piece that comes. */
function shown(house: House, pages: Pages<PostLine>): void {
  house.reading.show(pages.rows, [], async () => {
    const grown = await pages.more();
    if (grown) shown(house, pages);
    return grown;
  });
}

/** Holds every answer to such a command until the returned function is called. */
function hold(house: House, command: string): () => void {
  const { call } = house.app.backend;
  let go = () => {};
  const held = new Promise<void>((free) => (go = free));
  house.app.backend.call = async (name, ask) => {
    if (name === command) await held;
    return call(name, ask);
  };
  return go;
}

test("a step in a list that is only asked for opens its first story once it came", async () => {
  const house = housed([]);
  let came: (rows: PostLine[]) => void = () => {};
  const pages = new Pages<PostLine>(() => new Promise((go) => (came = go)));
  const show = () => shown(house, pages);
  show();
  void pages.begin();
  const stepped = house.reading.step(1, true);
  const again = house.reading.step(1, true);
  came(faces.slice(0, 5));
  await Promise.all([stepped, again]);
  expect(house.reading.post?.line.post).toBe(face(1).post);
});

test("a step at the end of a piece goes on when the next one came, and not where the reader went elsewhere since", async () => {
  const all = Array.from({ length: PIECE + 10 }, (_, at) => ({ ...face(0), post: 10_000 + at }));
  const house = housed([]);
  const pages = new Pages<PostLine>((limit, offset) => Promise.resolve(all.slice(offset, offset + limit)));
  const show = () => shown(house, pages);
  await pages.begin();
  show();
  house.reading.stand(all[PIECE - 1]?.post ?? 0);
  await Promise.all([house.reading.step(1, false), house.reading.step(1, false)]);
  expect(house.reading.current).toBe(all[PIECE + 1]?.post);
  house.reading.stand(all.at(-1)?.post ?? 0);
  await house.reading.step(1, false);
  expect([house.reading.current, house.reading.wish?.pane]).toEqual([all.at(-1)?.post, "end"]);

  await pages.begin();
  show();
  house.reading.stand(all[PIECE - 1]?.post ?? 0);
  const waited = house.reading.step(1, false);
  house.reading.standOn(all[3]?.post ?? 0);
  await waited;
  expect(house.reading.current).toBe(all[3]?.post);
});

test("where a refresh takes the row away that one stands on, one goes on from where it stood", async () => {
  const house = housed();
  const { reading } = house;
  const without = (...gone: number[]) => reading.show(faces.filter((_, at) => !gone.includes(at)));
  await reading.open(face(4).post);
  without(4, 5);
  await reading.step(1, true);
  expect(reading.post?.line.post).toBe(face(6).post);
  without(4, 6);
  await reading.step(-1, true);
  expect(reading.post?.line.post).toBe(face(3).post);
  // A list that is empty for a moment takes nothing away.
  reading.show([]);
  reading.show(faces);
  await reading.step(1, true);
  expect(reading.post?.line.post).toBe(face(4).post);
});

test("two stories that are let go quickly are two, however long the first takes to be kept", async () => {
  const house = housed();
  const { marks, reading } = house;
  reading.stand(face(0).post);
  const go = hold(house, "mark");
  const both = [reading.skip()];
  await tick();
  both.push(reading.skip());
  await tick();
  expect(reading.current).toBe(face(2).post);
  go();
  await Promise.all(both);
  expect([0, 1, 2].map((at) => marks.of(face(at)).skipped)).toEqual([true, true, false]);
});

test("a key means the story that was asked for, not the one that is still on the screen", async () => {
  const told = golden.today.entries.find(({ relays }) => relays.length > 0);
  const relay = told?.relays[0];
  if (!told || !relay) throw new Error("no relay");
  const house = await open("language=en", "#/today", READY);
  await press("j");
  const go = hold(house, "open_post");
  const late = hold(house, "post");
  void house.reading.open(relay.post);
  await settle();
  await press("s", "f", "+");
  const apart = golden.posts[1802]?.line ?? face(1);
  void house.reading.open(apart.post);
  await settle();
  await press("s");
  go();
  late();
  await settle();
  await waitFor(() => expect([relay, apart].map((line) => house.marks.of(line).starred)).toEqual([true, !apart.marks.starred]));
  expect(house.marks.of(told.face).starred).toBe(told.face.marks.starred);
});

test("Ctrl Z that comes before an act is kept takes that act back, and not the one before", async () => {
  const house = housed();
  await house.marks.set(face(0), "starred", true);
  const go = hold(house, "mark");
  void house.marks.set(face(1), "starred", true);
  const undone = house.app.undo();
  await tick();
  go();
  await undone;
  expect([0, 1].map((at) => house.marks.of(face(at)).starred)).toEqual([true, false]);
});

test("a story is shown before its mark is kept, where that takes long", async () => {
  const house = housed();
  const go = hold(house, "open_post");
  await house.reading.open(face(0).post);
  expect(house.reading.post?.line.post).toBe(face(0).post);
  expect(house.marks.of(face(0)).read).toBe(false);
  go();
  await vi.waitFor(() => expect(house.marks.of(face(0)).read).toBe(true));
});

test("a story that could not be marked as read says so, and what to do; it is tried again with the next one", async () => {
  const house = await open("language=en", "#/today", READY);
  const { call } = house.app.backend;
  const busy = async (name: string, ask: unknown) => {
    if (name !== "open_post") return call(name as "open_post", ask as number);
    return { ...(await call("post", ask as number)), unmarked: BUSY };
  };
  house.app.backend.call = busy as unknown as typeof call;
  await press("j");
  const said = /^This story stays unread: .* for 5 seconds\. Try again in a moment\.$/;
  expect(await screen.findByText(said)).toBeTruthy();
  expect(house.marks.of(face(0)).read).toBe(false);
  house.app.backend.call = call;
  await fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByText(said)).toBeNull());
  expect(house.marks.of(face(0)).read).toBe(true);

  house.app.backend.call = busy as unknown as typeof call;
  await press("j");
  expect(await screen.findByText(said)).toBeTruthy();
  house.app.backend.call = call;
  await press("j");
  await waitFor(() => expect([1, 2].map((at) => house.marks.of(face(at)).read)).toEqual([true, true]));
});

test("a story whose mark fails after it is on the screen says so too", async () => {
  const house = housed();
  const { call } = house.app.backend;
  let fail: (why: Problem) => void = () => {};
  const opened = new Promise<PostView>((_, no) => (fail = no));
  house.app.backend.call = ((name: string, ask: unknown) => (name === "open_post" ? opened : call(name as "post", ask as number))) as unknown as typeof call;
  await house.reading.open(face(0).post);
  expect(house.reading.unmarked).toBeNull();
  fail(BUSY);
  await vi.waitFor(() => expect(house.reading.unmarked?.code).toBe("library_busy"));
});

test("a key that is held down opens stories even when the web view takes no more addresses, and the address follows", async () => {
  const house = housed();
  await house.reading.step(1, true);
  vi.useFakeTimers();
  const refused = vi.spyOn(history, "replaceState").mockImplementation(() => {
    throw new DOMException("100 times per 10 seconds", "SecurityError");
  });
  await house.reading.step(1, true);
  await house.reading.step(1, true);
  expect(house.reading.post?.line.post).toBe(face(2).post);
  expect(location.hash).toContain(`/post/${face(0).post}`);
  refused.mockRestore();
  await vi.advanceTimersByTimeAsync(1000);
  expect(location.hash).toContain(`/post/${face(2).post}`);
});

test("Space while the next story is on its way does not go on to the one after", async () => {
  const house = await open("language=en", "#/today", READY);
  // Nor was it asked for ahead.
  const late = hold(house, "post");
  await press("j");
  const go = hold(house, "open_post");
  await press("j", " ");
  expect(standing()).toContain(face(1).title.slice(0, 12));
  go();
  late();
  await settle();
  await settle();
  // It is turned now: without layout each page is its last, and the one after comes.
  await waitFor(() => expect(house.reading.post?.line.post).toBe(face(2).post));
});

test("what stands under the cursor is needed for a mark: without, that is said", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("s");
  expect(house.app.note).toBe("No story is chosen here. j goes to the first.");
});

test("Caps Lock changes no key", () => {
  const keys = new Keys();
  const capital = (key: string, shiftKey: boolean) => ({ key, shiftKey, ctrlKey: false, metaKey: false, altKey: false, getModifierState: () => true });
  expect(keys.act(capital("J", false), 0)).toBe("next");
  expect(keys.act(capital("n", true), 0)).toBe("tree_next");
  expect([keys.act(capital("G", false), 10), keys.act(capital("S", false), 20)]).toEqual([null, "sources"]);
});

test("keys that scroll are the screen's again when what had the focus is gone", async () => {
  await open("language=en", "#/today", READY);
  await press("n");
  (document.activeElement as HTMLElement).blur();
  await press("PageDown");
  expect(document.getElementById("content")?.contains(document.activeElement)).toBe(true);
});

test("another library hears nothing of the posts of the one before", async () => {
  const house = housed();
  house.reading.passed(face(0).post);
  const call = vi.spyOn(house.app.backend, "call");
  house.reading.forget();
  house.go("today");
  expect(call.mock.calls.filter(([name]) => name === "note_acts")).toEqual([]);
});

test("two stories that are let go at the end of a piece are two, and a star given then is the next one's", async () => {
  const all = Array.from({ length: PIECE + 10 }, (_, at) => ({ ...face(0), post: 10_000 + at }));
  const house = housed([]);
  const { reading } = house;
  const gone: unknown[] = [];
  const { call } = house.app.backend;
  house.app.backend.call = ((name: string, ask: { posts: number[]; on: boolean }) => {
    if (name !== "mark") return call(name as "post", ask as unknown as number);
    gone.push([...ask.posts, ask.on]);
    return Promise.resolve({ changed: ask.posts, relays: [] });
  }) as unknown as typeof call;
  let go = () => {};
  const slow = new Promise<void>((free) => (go = free));
  const pages = new Pages<PostLine>(async (limit, offset) => {
    if (offset > 0) await slow;
    return all.slice(offset, offset + limit);
  });
  await pages.begin();
  shown(house, pages);
  reading.stand(all[PIECE - 1]?.post ?? 0);
  const pressed: unknown[] = [reading.skip()];
  await settle();
  pressed.push(reading.skip());
  await settle();
  pressed.push(reading.meant());
  await settle();
  go();
  expect(((await Promise.all(pressed)).at(-1) as PostLine).post).toBe(all[PIECE + 1]?.post);
  expect(gone).toEqual([PIECE - 1, PIECE].map((at) => [all[at]?.post, true]));
  expect(reading.current).toBe(all[PIECE + 1]?.post);
});

test("two Spaces while a story is on its way skip none unseen", async () => {
  const house = await open("language=en", "#/today", READY);
  const { call } = house.app.backend;
  const free = new Map<number, () => void>();
  const held = new Map([1, 2].map((at) => [face(at).post, new Promise<void>((go) => free.set(face(at).post, go))]));
  await press("j");
  house.app.backend.call = (async (name: string, ask: unknown) => {
    if (name === "open_post" || name === "post") await held.get(ask as number);
    return call(name as "post", ask as number);
  }) as unknown as typeof call;
  await press("j", " ", " ");
  free.get(face(1).post)?.();
  await settle();
  await settle();
  expect(house.route.place.post).toBe(face(2).post);
  free.get(face(2).post)?.();
  await waitFor(() => expect(house.reading.post?.line.post).toBe(face(3).post));
});

/** Answers `open_post` by itself, the rest as ever. */
function opening(house: House, answer: (post: number, view: PostView) => Promise<PostView>): void {
  const { call } = house.app.backend;
  house.app.backend.call = (async (name: string, ask: unknown) => {
    const said = call(name as "post", ask as number);
    return name === "open_post" ? answer(ask as number, await call("post", ask as number)) : said;
  }) as unknown as typeof call;
}

test("a story whose mark fails late, before the story itself came, is shown and says so", async () => {
  const house = housed();
  const { call } = house.app.backend;
  let fail: (why: Problem) => void = () => {};
  let come = () => {};
  const opened = new Promise<PostView>((_, no) => (fail = no));
  const late = new Promise<void>((free) => (come = free));
  house.app.backend.call = (async (name: string, ask: unknown) => {
    if (name === "open_post") return opened;
    if (name === "post") await late;
    return call(name as "post", ask as number);
  }) as unknown as typeof call;
  const shows = house.reading.open(face(0).post);
  await new Promise((go) => setTimeout(go, 300));
  fail(BUSY);
  await settle();
  come();
  await shows;
  expect([house.reading.post?.line.post, house.reading.problem, house.reading.unmarked?.code]).toEqual([face(0).post, null, "library_busy"]);
});

test("a story that can never be marked bars no other, and trying again begins with the open one", async () => {
  const house = housed();
  const { marks, reading } = house;
  const asked: number[] = [];
  let bad = [0, 1].map((at) => face(at).post);
  let [running, most] = [0, 0];
  opening(house, async (post, view) => {
    asked.push(post);
    running += 1;
    most = Math.max(most, running);
    await tick();
    running -= 1;
    if (bad.includes(post)) return { ...view, unmarked: { code: "fault", detail: { key: "problem.fault", values: { detail: "" } } } };
    return { ...view, line: { ...view.line, marks: { ...view.line.marks, read: true } } };
  });
  await reading.open(face(0).post);
  await reading.open(face(1).post);
  bad = bad.slice(0, 1);
  asked.length = 0;
  await Promise.all([reading.mark(), reading.mark()]);
  expect(asked[0]).toBe(face(1).post);
  expect(most).toBe(1);
  expect([marks.of(face(1)).read, reading.unmarked]).toEqual([true, null]);
  // What bars all is not asked of each.
  bad = [];
  opening(house, (_, view) => Promise.resolve({ ...view, unmarked: BUSY }));
  const call = vi.spyOn(house.app.backend, "call");
  await reading.mark();
  expect(call.mock.calls.filter(([name]) => name === "open_post")).toHaveLength(1);
});

test("that no story is chosen is not said of one that could not be shown", async () => {
  const house = await open("language=en", "#/today", READY);
  const { call } = house.app.backend;
  house.app.backend.call = ((name: string, ask: unknown) =>
    name === "open_post" || name === "post" ? Promise.reject(BUSY) : call(name as "post", ask as number)) as unknown as typeof call;
  void house.reading.open(1802);
  await settle();
  await press("s", "v");
  expect(house.reading.problem?.code).toBe("library_busy");
  expect(house.app.note).toBeNull();
});
