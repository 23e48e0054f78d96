// Keys that are pressed before the program runs are pressed again once there is a list that they can mean: in their order, once.

import { fireEvent } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { holdPresses } from "../held";
import { golden } from "../lib/backend/fake";
import { open, press, settle, standing } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";

beforeEach(holdPresses);

/** A press in a page that has no program yet. */
function early(key: string, more: KeyboardEventInit = {}): void {
  fireEvent.keyDown(document.body, { key, ...more });
}

test("what is pressed before there is a program opens the story that it means", async () => {
  early("j");
  early("j");
  early("s");
  const house = await open("language=en", "#/today", READY);
  await settle();
  const [, second] = house.reading.lines;
  if (!second) throw new Error("too few stories");
  expect([house.route.place.post, house.marks.of(second).starred]).toEqual([second.post, true]);
  // What comes after is heard as ever, once.
  expect(window.presses).toBeUndefined();
  await press("k");
  expect(house.route.place.post).toBe(house.reading.lines[0]?.post);
});

test("a key that is still down, one with Ctrl and one in a field are not held, and no more than a hand presses are", async () => {
  early("n", { repeat: true });
  early("n", { ctrlKey: true });
  early("Enter");
  const field = document.body.appendChild(document.createElement("input"));
  fireEvent.keyDown(field, { key: "n" });
  field.remove();
  for (let press = 0; press < 25; press += 1) early("n");
  const house = await open("language=en", "#/today", READY);
  await settle();
  expect(house.reading.current).toBe(house.reading.lines[19]?.post);
  expect(standing()).not.toBe("");
});

test("where there is no list they are pressed once all is there: the keys are shown", async () => {
  early("?");
  await open("language=en&empty", "#/today", "Pépites");
  await settle();
  expect(document.querySelector("dialog[open] kbd")).not.toBeNull();
});
