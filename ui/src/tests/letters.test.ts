// How stories are set by the reader, and that each goes on where it was left.

import { fireEvent, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import { golden } from "../lib/backend/fake";
import { Letters } from "../lib/state/letters.svelte";
import { Places } from "../lib/state/places";
import { open, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const token = (name: string) => document.documentElement.style.getPropertyValue(name);

afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
  new Letters();
});

test("letters, size and width take effect at once, are kept, and go back to what was usual", async () => {
  const house = await open("language=en", "#/today", READY);
  await fireEvent.click(screen.getByRole("button", { name: "Settings" }));
  await fireEvent.click(screen.getByRole("button", { name: "Reading" }));
  await fireEvent.click(screen.getByRole("radio", { name: "without" }));
  await fireEvent.input(screen.getByLabelText("Width of a line"), { target: { value: "62" } });
  await fireEvent.input(screen.getByLabelText("Size"), { target: { value: "1.5" } });
  await settle();
  expect([token("--read"), token("--measure"), token("--size-read"), token("--line-read")]).toEqual(["var(--sans)", "62ch", "1.5rem", ""]);
  expect(screen.getByLabelText("Width of a line").getAttribute("aria-valuetext")).toBe("62 characters");
  const again = new Letters();
  expect([again.font, again.dials.width, again.dials.size]).toEqual(["sans", 62, 1.5]);
  await fireEvent.click(screen.getByRole("button", { name: "Back to the usual letters" }));
  expect([token("--read"), token("--measure"), token("--size-read"), house.letters.usual]).toEqual(["", "", "", true]);
});

test.each([['{"font":"comic","width":200,"size":"x","leading":0}'], ["[]"], ["null"], ["{"]])("what is kept damaged as %s sets nothing", (kept) => {
  localStorage.setItem("pepites.letters", kept);
  expect(new Letters().usual).toBe(true);
  expect(token("--measure")).toBe("");
});

test("a story that was begun goes on there; its beginning and its end are not remembered, nor more than three hundred", () => {
  vi.useFakeTimers();
  const places = new Places();
  places.keep("own/1", 0.4);
  places.keep("own/2", 0.4);
  places.keep("own/2", 1);
  places.keep("own/3", 0);
  vi.runAllTimers();
  const again = new Places();
  expect([again.of("own/1"), again.of("own/2"), again.of("own/3"), again.of("sample/1")]).toEqual([0.4, 0, 0, 0]);
  for (let story = 0; story < 300; story += 1) again.keep(`own/x${story}`, 0.5);
  expect([again.of("own/1"), again.of("own/x0"), again.of("own/x299")]).toEqual([0, 0.5, 0.5]);
});

test("the paragraph where one was is kept beside the share, at once when the window closes", () => {
  vi.useFakeTimers();
  const places = new Places();
  places.keep("own/1", 0.4, { block: 3, part: 0.5, of: 9 });
  expect(new Places().spot("own/1")).toBeNull();
  dispatchEvent(new Event("pagehide"));
  const again = new Places();
  expect([again.of("own/1"), again.spot("own/1")]).toEqual([0.4, { block: 3, part: 0.5, of: 9 }]);
  localStorage.setItem("pepites.places", JSON.stringify([["own/1", 0.4, 9, 0.5, 9], ["own/2", 0.5], ["own/3", 2], [4], "x"]));
  const odd = new Places();
  expect(["own/1", "own/2", "own/3"].map((story) => [odd.of(story), odd.spot(story)])).toEqual([[0.4, null], [0.5, null], [0, null]]);
});
