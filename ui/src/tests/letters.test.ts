// How stories are set by the reader, and that each goes on where it was left.

import { fireEvent, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import { clock, fake, golden } from "../lib/backend/fake";
import { App } from "../lib/state/app.svelte";
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

test("a story that was begun goes on there, in another window too; its beginning and its end are not remembered", async () => {
  const app = new App(fake("own"), clock);
  const places = new Places(app);
  places.keep(1, 0.4);
  places.keep(2, 0.4);
  places.keep(2, 1);
  places.keep(3, 0);
  places.flush();
  const again = new Places(app);
  await again.load();
  expect([again.of(1), again.of(2), again.of(3)]).toEqual([0.4, 0, 0]);
  again.forget();
  expect(again.of(1)).toBe(0);
});

test("the paragraph where one was is kept in the library after a rest, and at once when the window closes", async () => {
  vi.useFakeTimers();
  const app = new App(fake("own"), clock);
  const asked = vi.spyOn(app.backend, "call");
  const kept = () => asked.mock.calls.filter(([name]) => name === "keep_place").map(([, ask]) => ask);
  const places = new Places(app);
  places.keep(1, 0.4, { block: 3, part: 0.5, of: 9 });
  expect(kept()).toEqual([]);
  dispatchEvent(new Event("pagehide"));
  expect(kept()).toEqual([{ post: 1, share: 0.4, spot: { block: 3, part: 0.5, of: 9 } }]);
  places.keep(1, 0.5);
  places.keep(1, 0.6);
  vi.advanceTimersByTime(400);
  expect(kept().slice(1)).toEqual([{ post: 1, share: 0.6, spot: null }]);
  expect(localStorage.getItem("pepites.places")).toBeNull();
});

test("a place that the library could not keep for the moment waits for the next time, and what the window kept stays till then", async () => {
  const app = new App(fake("own"), clock);
  const call = vi.spyOn(app.backend, "call").mockImplementation((name) => (name === "places" ? Promise.resolve([]) : Promise.reject(new Error("full"))) as never);
  localStorage.setItem("pepites.places", JSON.stringify([["own/7", 0.4]]));
  const places = new Places(app);
  await places.load();
  expect(localStorage.getItem("pepites.places")).not.toBeNull();
  places.keep(1, 0.4);
  places.flush();
  await Promise.resolve();
  await Promise.resolve();
  call.mockClear();
  places.flush();
  expect(call.mock.calls).toEqual([["keep_place", { post: 1, share: 0.4, spot: null }]]);
  localStorage.removeItem("pepites.places");
});

test("what a version before kept in the window goes into the library once, but for what makes no sense", async () => {
  const app = new App(fake("own"), clock);
  localStorage.setItem("pepites.places", JSON.stringify([["own/1", 0.4, 2, 0.5, 9], ["own/2", 0.5], ["sample/3", 0.5], ["own/x", 1], [4], "x"]));
  const places = new Places(app);
  await places.load();
  places.flush();
  const again = new Places(app);
  await again.load();
  expect([1, 2, 3].map((post) => [again.of(post), again.spot(post)])).toEqual([[0.4, { block: 2, part: 0.5, of: 9 }], [0.5, null], [0, null]]);
  expect(localStorage.getItem("pepites.places")).toBeNull();
  localStorage.setItem("pepites.places", "{");
  await again.load();
  expect(localStorage.getItem("pepites.places")).toBeNull();
});
