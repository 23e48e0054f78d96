// A bar is measured with its words, and not again while they and its room stay: all below it would be drawn anew.

import { cleanup, render } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MarksView } from "../lib/backend/contract";
import { ACTS } from "../lib/state/keys";
import ActionBar from "../parts/ActionBar.svelte";
import "./window";

const none: MarksView = { read: false, relay: false, starred: false, starred_by_rule: false, skipped: false, put_off: false };
const ROOM = 300;
/** How wide the words of the bar are, which jsdom does not lay out. */
let wide = 400;
let measured = 0;

beforeEach(() => {
  measured = 0;
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(ROOM);
  vi.spyOn(Element.prototype, "scrollWidth", "get").mockImplementation(() => {
    measured += 1;
    return wide;
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test("each set of words is measured once, whatever story they stand above", async () => {
  const props = { link: true, why: null, full: false, strokes: ACTS, onact: () => {} };
  wide = 400;
  const { container, rerender } = render(ActionBar, { ...props, marks: none });
  const bar = container.querySelector("[role=toolbar]");
  await document.fonts?.ready;
  const tight = () => bar?.classList.contains("tight");
  expect(tight()).toBe(true);
  const first = measured;

  // Another story with the same marks: other objects, the same words.
  await rerender({ ...props, marks: { ...none } });
  expect(measured).toBe(first);
  expect(tight()).toBe(true);

  wide = 200;
  await rerender({ ...props, marks: { ...none, read: true } });
  expect(measured).toBe(first + 1);
  expect(tight()).toBe(false);

  // Back: known, and as it was.
  await rerender({ ...props, marks: none });
  expect(measured).toBe(first + 1);
  expect(tight()).toBe(true);
});
