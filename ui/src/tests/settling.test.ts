// What the reader said of a post stands, whatever was asked before and answers after; what is undone is what was just done.

import { afterEach, expect, test, vi } from "vitest";
import type { PostLine, PostView } from "../lib/backend/contract";
import { clock, fake, golden } from "../lib/backend/fake";
import { moment } from "../lib/state/asked";
import { House } from "../lib/state/house.svelte";
import { Pages } from "../lib/state/pages.svelte";

const [first, second, third] = golden.today.entries.map(({ face }) => face);
if (!first || !second || !third) throw new Error("too few stories");

afterEach(() => void vi.useRealTimers());

function housed(): House {
  history.replaceState(null, "", "#/today");
  return new House(fake("language=en"), clock);
}

/** Lets marks be answered one by one, each as the engine answers or as a refusal. */
function marksHeld(house: House): ((refused?: boolean) => void)[] {
  const { call } = house.app.backend;
  const held: ((refused?: boolean) => void)[] = [];
  house.app.backend.call = async (name, ask) => {
    const refused = name === "mark" && (await new Promise<boolean>((go) => held.push((refused = false) => go(refused))));
    if (refused) throw { code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } };
    return call(name, ask);
  };
  return held;
}

test("a star stays on the screen when a list that was asked for before it answers after it", async () => {
  const { marks } = housed();
  const asked = moment();
  await marks.set(first, "starred", true);
  marks.learn([first], asked);
  expect(marks.of(first).starred).toBe(true);
  // What was asked for later knows better: a terminal has taken it off.
  marks.learn([first], moment());
  expect(marks.of(first).starred).toBe(false);
});

test("what an answer says of other marks is heard while one is being kept", async () => {
  const house = housed();
  const held = marksHeld(house);
  const starred = house.marks.set(first, "starred", true);
  await vi.waitFor(() => expect(held).toHaveLength(1));
  house.marks.learn([{ ...first, marks: { ...first.marks, put_off: true } }], moment());
  expect(house.marks.of(first)).toMatchObject({ starred: true, put_off: true });
  held[0]?.();
  await starred;
});

test("a star that was given while all were being marked as read is not lost with their answer, nor with their refusal", async () => {
  for (const refused of [false, true]) {
    const house = housed();
    const held = marksHeld(house);
    const all = house.marks.setAll([first, second], "read", true);
    const one = house.marks.set(first, "starred", true);
    await vi.waitFor(() => expect(held).toHaveLength(2));
    held[1]?.();
    await one;
    held[0]?.(refused);
    await all;
    expect(house.marks.of(first)).toMatchObject({ starred: true, read: !refused });
  }
});

test("a list that is being asked for when something changes is asked for again behind it", async () => {
  vi.useFakeTimers();
  const house = housed();
  const answers: ((rows: PostLine[]) => void)[] = [];
  const pages = new Pages<PostLine>(() => new Promise((go) => answers.push(go)));
  pages.watch();
  pages.follow(house.app, ["marks"]);
  void pages.begin();
  house.app.everythingChanged();
  await vi.advanceTimersByTimeAsync(1000);
  expect(answers).toHaveLength(1);
  answers[0]?.([first]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(answers).toHaveLength(2);
});

test("undo takes back what is being done, and nothing else when nothing comes of it", async () => {
  const house = housed();
  await house.marks.set(first, "starred", true);
  const held = marksHeld(house);
  const read = house.marks.set(second, "read", true);
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const undone = house.app.undo();
  held[0]?.(true);
  await Promise.all([read, undone]);
  expect(house.marks.of(first).starred).toBe(true);
  expect(house.marks.of(second).read).toBe(false);
  // Asked for again, the star is what was done last.
  const again = house.app.undo();
  await vi.waitFor(() => expect(held).toHaveLength(2));
  held[1]?.();
  await again;
  expect(house.marks.of(first).starred).toBe(false);
});

test("undo does not wait for ever for what is never answered", async () => {
  vi.useFakeTimers();
  const house = housed();
  await house.marks.set(first, "starred", true);
  const { call } = house.app.backend;
  house.app.backend.call = (name, ask) => (name === "mark" ? new Promise(() => {}) : call(name, ask));
  void house.marks.set(second, "read", true);
  const undone = vi.fn();
  void house.app.undo().then(undone);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(undone).toHaveBeenCalledOnce();
  expect(house.marks.of(first).starred).toBe(true);
  // What never answers was waited for once: the next press means what was done before.
  house.app.backend.call = call;
  await house.app.undo();
  expect(house.marks.of(first).starred).toBe(false);
});

test("what another library answers late changes nothing here and can not be undone here", async () => {
  const house = housed();
  const held = marksHeld(house);
  const read = house.marks.set({ ...first, marks: { ...first.marks, relay: true } }, "read", true);
  await vi.waitFor(() => expect(held).toHaveLength(1));
  house.app.forget();
  house.marks.forget();
  // There, the same number is another post.
  const other = { ...first, marks: { ...first.marks, relay: true } };
  house.marks.learn([other], moment());
  held[0]?.();
  await read;
  expect(house.marks.of(other)).toMatchObject({ read: false, relay: true });
  expect(house.app.undoable).toBe(false);
});

test("who says that a story is unread is not told otherwise by a mark that could not be kept before", async () => {
  const house = housed();
  const { call } = house.app.backend;
  const busy = { code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } } as const;
  let unmarked: typeof busy | null = busy;
  vi.spyOn(house.app.backend, "call").mockImplementation(async (name, ask) => {
    const answer: unknown = await call(name, ask);
    return (name === "open_post" && unmarked ? { ...(answer as PostView), unmarked } : answer) as never;
  });
  house.reading.show([first, second]);
  await house.reading.open(first.post);
  expect(house.reading.unmarked?.code).toBe("library_busy");
  house.reading.close();
  await house.marks.set(first, "read", true);
  await house.marks.set(first, "read", false);
  unmarked = null;
  const asked = vi.mocked(house.app.backend.call);
  asked.mockClear();
  await house.reading.open(second.post);
  await house.reading.mark();
  expect(asked.mock.calls.filter(([name]) => name === "open_post").map(([, post]) => post)).not.toContain(first.post);
  expect(house.marks.of(first).read).toBe(false);
});

test("a story whose mark could not be kept goes on waiting for it when the reader's own could not be kept either", async () => {
  const house = housed();
  const { call } = house.app.backend;
  const busy = { code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } } as const;
  let refused = true;
  vi.spyOn(house.app.backend, "call").mockImplementation(async (name, ask) => {
    if (name === "mark" && refused) throw busy;
    // As the engine: it is shown, and not marked.
    if (name === "open_post" && refused) return { ...(await call("post", ask as number)), unmarked: busy } as never;
    return (await call(name, ask)) as never;
  });
  house.reading.show([first, second]);
  await house.reading.open(first.post);
  await house.marks.set(first, "read", true);
  expect(house.reading.unmarked?.code).toBe("library_busy");
  refused = false;
  await house.reading.mark();
  expect(house.marks.of(first).read).toBe(true);
  expect(house.reading.unmarked).toBeNull();
});

test("of two presses of one key the last one stands, whatever answers between them, and both refused leave what was", async () => {
  for (const refused of [false, true]) {
    const house = housed();
    const held = marksHeld(house);
    const on = house.marks.set(first, "starred", true);
    const off = house.marks.set(first, "starred", false);
    await vi.waitFor(() => expect(held).toHaveLength(2));
    held[0]?.(refused);
    await on;
    house.marks.learn([{ ...first, marks: { ...first.marks, starred: !refused } }], moment());
    expect(house.marks.of(first).starred).toBe(false);
    held[1]?.(refused);
    await off;
    expect(house.marks.of(first).starred).toBe(false);
  }
});

test("who wants more of a list gets nothing of the one that took its place", async () => {
  const offsets: number[] = [];
  const answers: ((rows: number[]) => void)[] = [];
  const pages = new Pages<number>((_limit, offset) => new Promise((go) => (offsets.push(offset), answers.push(go))));
  void pages.begin();
  answers[0]?.(Array.from({ length: 60 }, (_, at) => at));
  await vi.waitFor(() => expect(pages.loading).toBe(false));
  const more = pages.more();
  void pages.begin();
  answers[2]?.(Array.from({ length: 60 }, (_, at) => 100 + at));
  answers[1]?.([]);
  expect(await more).toBe(false);
  expect(offsets).toEqual([0, 60, 0]);
});

test("on a screen that the system's back led to, a step begins at its first row", async () => {
  const house = housed();
  house.reading.show([first, second]);
  house.reading.stand(first.post);
  history.pushState(null, "", "#/search?q=tide");
  dispatchEvent(new PopStateEvent("popstate"));
  house.reading.show([third]);
  await house.reading.step(1, false);
  expect(house.reading.current).toBe(third.post);
});
