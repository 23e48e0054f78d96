// What is scrolled past is told as such once it was looked at, also where its element shows another post by then.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Reading } from "../lib/state/reading.svelte";
import { passing } from "../views/passing";

const SCREEN = { top: 0, bottom: 600 };

/** An observer that is told by hand what it sees. */
class Watch {
  static last: Watch;
  observed = new Set<Element>();
  /** Each that it was told to look at anew. */
  anew: Element[] = [];
  #left = new Set<Element>();
  #told: IntersectionObserverCallback;
  constructor(told: IntersectionObserverCallback) {
    this.#told = told;
    Watch.last = this;
  }
  observe = (element: Element) => {
    // One that is observed already is told of no second time.
    if (this.#left.delete(element)) this.anew.push(element);
    this.observed.add(element);
  };
  unobserve = (element: Element) => {
    if (this.observed.delete(element)) this.#left.add(element);
  };
  disconnect = () => this.observed.clear();
  sees(target: Element, isIntersecting: boolean, bottom = 100): void {
    const change = { target, isIntersecting, rootBounds: SCREEN, boundingClientRect: { height: 100, bottom }, time: performance.now() };
    this.#told([change as unknown as IntersectionObserverEntry], this as unknown as IntersectionObserver);
  }
}

const passed: number[] = [];
let list: HTMLElement;

function shows(row: Element, post: number, at: number): void {
  row.setAttribute("data-post", String(post));
  row.setAttribute("data-row", String(at));
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("IntersectionObserver", Watch);
  passed.length = 0;
  list = document.createElement("ol");
  for (const at of [0, 1]) shows(list.appendChild(document.createElement("li")), 10 + at, at);
  void passing({ passed: (post: number) => passed.push(post) } as unknown as Reading)(list);
  await vi.advanceTimersByTimeAsync(100);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function row(at: number): Element {
  const found = list.children.item(at);
  if (!found) throw new Error("no such row");
  return found;
}

test("a row that was looked at and left upwards was passed; one that left too soon or downwards was not", async () => {
  Watch.last.sees(row(0), true);
  await vi.advanceTimersByTimeAsync(700);
  Watch.last.sees(row(1), true);
  await vi.advanceTimersByTimeAsync(700);
  Watch.last.sees(row(0), false, -1);
  Watch.last.sees(row(1), false, -1);
  expect(passed).toEqual([10]);
  Watch.last.sees(row(0), true);
  await vi.advanceTimersByTimeAsync(1500);
  Watch.last.sees(row(0), false, 900);
  expect(passed).toEqual([10]);
});

test("the time that an element showed one post is not the next one's", async () => {
  Watch.last.sees(row(0), true);
  await vi.advanceTimersByTimeAsync(1500);
  shows(row(0), 30, 20);
  await vi.advanceTimersByTimeAsync(0);
  expect([passed, Watch.last.anew]).toEqual([[10], [row(0)]]);
  Watch.last.sees(row(0), true);
  await vi.advanceTimersByTimeAsync(300);
  Watch.last.sees(row(0), false, -1);
  expect(passed).toEqual([10]);
});

test("whoever scrolls back up passes nothing", async () => {
  shows(row(0), 30, 20);
  await vi.advanceTimersByTimeAsync(0);
  Watch.last.sees(row(0), true);
  await vi.advanceTimersByTimeAsync(1500);
  shows(row(0), 10, 0);
  await vi.advanceTimersByTimeAsync(0);
  expect(passed).toEqual([]);
});

test("a row that comes later is watched too", async () => {
  const late = list.appendChild(document.createElement("li"));
  shows(late, 12, 2);
  await vi.advanceTimersByTimeAsync(0);
  expect(Watch.last.observed.has(late)).toBe(true);
});
