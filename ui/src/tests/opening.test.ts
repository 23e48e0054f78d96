// The story that comes next is there at once, as it is now, and with the marks that it has now.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PostLine, PostView } from "../lib/backend/contract";
import { clock, fake, golden } from "../lib/backend/fake";
import { House } from "../lib/state/house.svelte";

const faces = golden.today.entries.map(({ face }) => face);

function face(at: number): PostLine {
  const line = faces[at];
  if (!line) throw new Error("too few stories");
  return line;
}

const [first, second, third] = [face(0), face(1), face(2)];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Call = House["app"]["backend"]["call"];

/** The first story is open and drawn, and what comes next was asked for. */
async function reading(): Promise<House> {
  history.replaceState(null, "", "#/today");
  const house = new House(fake("language=en"), clock);
  house.reading.show(faces);
  await house.reading.open(first.post);
  await vi.advanceTimersByTimeAsync(100);
  return house;
}

/** What `open_post` gives from now on. */
function answers(house: House, how: (usual: Promise<PostView>) => Promise<PostView>): void {
  const { call } = house.app.backend;
  house.app.backend.call = ((name: string, ask: unknown) => {
    const usual = call(name as "post", ask as number);
    return name === "open_post" ? how(usual) : usual;
  }) as unknown as Call;
}

/** To the story before, once the open one is drawn, while nothing is answered any more. */
async function back(house: House): Promise<void> {
  await vi.advanceTimersByTimeAsync(100);
  answers(house, () => new Promise(() => {}));
  await house.reading.step(-1, true);
}

test("the next story is shown before it is marked, and the one before again", async () => {
  const house = await reading();
  let mark = () => {};
  const marked = new Promise<void>((go) => (mark = go));
  answers(house, (usual) => marked.then(() => usual));
  await house.reading.step(1, true);
  expect([house.reading.post?.line.post, house.reading.loading]).toEqual([second.post, false]);
  expect(house.marks.of(second).read).toBe(false);
  mark();
  await vi.waitFor(() => expect(house.marks.of(second).read).toBe(true));
  await back(house);
  expect(house.reading.post?.line.post).toBe(first.post);
});

test("the story that the reader comes from is not asked for ahead: it is there, as it said last", async () => {
  const house = await reading();
  const { call } = house.app.backend;
  const ahead: number[] = [];
  house.app.backend.call = ((name: string, ask: unknown) => {
    if (name === "post") ahead.push(ask as number);
    const usual = call(name as "post", ask as number);
    return name === "open_post" ? usual.then((view) => ({ ...view, language: "eo" })) : usual;
  }) as unknown as Call;
  await house.reading.step(1, true);
  await vi.waitFor(() => expect(house.reading.post?.language).toBe("eo"));
  await house.reading.step(1, true);
  await back(house);
  expect(ahead).toEqual([third.post, face(3).post]);
  expect([house.reading.post?.line.post, house.reading.post?.language]).toEqual([second.post, "eo"]);
});

test("that the story before could not be marked then is not said again where it is gone back to", async () => {
  const house = await reading();
  const busy = { code: "library_busy" as const, detail: { key: "problem.library_busy", values: { count: 5 } } };
  answers(house, async (usual) => ({ ...(await usual), unmarked: busy }));
  await house.reading.step(1, true);
  await vi.waitFor(() => expect(house.reading.post?.unmarked).toBeTruthy());
  answers(house, (usual) => usual);
  await house.reading.step(1, true);
  await back(house);
  expect([house.reading.post?.line.post, house.reading.post?.unmarked]).toEqual([second.post, null]);
});

test("a mark that was set since it was asked for stands", async () => {
  const house = await reading();
  await house.marks.set(second, "starred", true);
  answers(house, () => new Promise(() => {}));
  await house.reading.step(1, true);
  expect(house.reading.post?.line.post).toBe(second.post);
  expect(house.marks.of(second).starred).toBe(true);
});

test("what it says by now takes the place of what it said", async () => {
  const house = await reading();
  answers(house, async (usual) => ({ ...(await usual), language: "eo" }));
  await house.reading.step(1, true);
  await vi.waitFor(() => expect(house.reading.post?.language).toBe("eo"));
  // The same is not drawn anew.
  await vi.advanceTimersByTimeAsync(100);
  answers(house, (usual) => usual);
  await house.reading.step(1, true);
  const shown = house.reading.post;
  await vi.waitFor(() => expect(house.marks.of(third).read).toBe(true));
  expect(house.reading.post).toBe(shown);
});

test("once posts have changed it is asked for anew", async () => {
  const house = await reading();
  house.app.everythingChanged();
  let mark = () => {};
  const marked = new Promise<void>((go) => (mark = go));
  answers(house, (usual) => marked.then(() => usual));
  const stepped = house.reading.step(1, true);
  await vi.advanceTimersByTimeAsync(10);
  expect(house.reading.post?.line.post).toBe(first.post);
  mark();
  await stepped;
  expect(house.reading.post?.line.post).toBe(second.post);
});

test("why the next story could not be marked is said where it is shown already, and says nothing of other marks", async () => {
  const house = await reading();
  await house.marks.set(second, "starred", true);
  const busy = { code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } };
  answers(house, () => Promise.reject(busy));
  await house.reading.step(1, true);
  await vi.waitFor(() => expect(house.reading.unmarked?.code).toBe("library_busy"));
  expect(house.reading.post?.line.post).toBe(second.post);
  expect(house.marks.of(second).starred).toBe(true);
});

test("a story that is gone by then does not stay", async () => {
  const house = await reading();
  const gone = { code: "missing", detail: { key: "problem.missing", values: { id: second.post } } };
  answers(house, () => Promise.reject(gone));
  await house.reading.step(1, true);
  await vi.waitFor(() => expect(house.reading.problem?.code).toBe("missing"));
  expect(house.reading.post).toBeNull();
});

test("a story that only comes is compared with what it says by now, too, and stays unread", async () => {
  const house = await reading();
  const { call } = house.app.backend;
  house.app.backend.call = (async (name: string, ask: unknown) => {
    const view = (await call(name as "post", ask as number)) as PostView;
    return name === "post" ? { ...view, language: "eo" } : view;
  }) as unknown as Call;
  await house.reading.skip();
  await vi.waitFor(() => expect(house.reading.post?.language).toBe("eo"));
  expect([house.reading.post?.line.post, house.marks.of(second).read]).toEqual([second.post, false]);
});
