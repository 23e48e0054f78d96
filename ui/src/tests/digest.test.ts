// What the reader does with a digest besides reading it: a shorter cut, what was left out, taking it along.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { golden } from "../lib/backend/fake";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const LEFT = golden.left_out.map(({ post }) => golden.posts[post]?.line);
const first = LEFT[0];
if (!first) throw new Error("nothing was left out");
const shown = () => document.querySelectorAll("[data-post]").length;
const button = (name: string | RegExp) => screen.getByRole("button", { name });

test("who has five minutes sees what fits, and comes back to the whole", async () => {
  const house = await open("language=en", "#/today", READY);
  const whole = shown();
  await fireEvent.click(button("5 minutes"));
  await settle();
  const short = shown();
  expect(short).toBeGreaterThan(0);
  expect(short).toBeLessThan(whole);
  expect(screen.getByText(new RegExp(`${short} stories of ${whole} for now`))).toBeTruthy();
  // What is read makes no room for something else.
  await press("j");
  await press("u");
  expect(shown()).toBe(short);
  await fireEvent.click(screen.getAllByRole("button", { name: "The whole digest" })[0] as HTMLElement);
  await settle();
  expect(shown()).toBe(whole);
  expect(house.digest.cut).toBeNull();
});

test("each left-out story says why, and is put off or let go with undo", async () => {
  const house = await open("language=en", `#/left_out/${String(golden.today.line.id)}`, first.title);
  const row = document.querySelector(`[data-post="${first.post}"]`) as HTMLElement;
  expect(within(row).getByText(/The budget was full|Its source has|Close to/)).toBeTruthy();
  await fireEvent.click(within(row).getByRole("button", { name: `Tomorrow: ${first.title}` }));
  await settle();
  expect(house.marks.of(first)).toMatchObject({ put_off: true, skipped: false, read: false });
  expect(screen.getByText(/has a place in tomorrow’s digest/)).toBeTruthy();
  await fireEvent.click(button("Undo"));
  await settle();
  expect(house.marks.of(first).put_off).toBe(false);
  await fireEvent.click(within(row).getByRole("button", { name: `Skip: ${first.title}` }));
  await settle();
  expect(house.marks.of(first)).toMatchObject({ skipped: true, read: false });
});

test("all that was left out is let go at once, and taken back at once", async () => {
  const house = await open("language=en", `#/left_out/${String(golden.today.line.id)}`, first.title);
  await fireEvent.click(button("Skip all of it"));
  await settle();
  expect(LEFT.every((line) => line && house.marks.of(line).skipped && !house.marks.of(line).read)).toBe(true);
  expect(button("Skip all of it")).toHaveProperty("disabled", true);
  await press("z");
  await fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
  await settle();
  expect(LEFT.some((line) => line && house.marks.of(line).skipped)).toBe(false);
});

test("t puts the story off that the reader stands on", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("n", "t");
  const line = house.reading.line;
  expect(line && house.marks.of(line).put_off).toBe(true);
});

test("a digest is taken along in a format of the reader’s choice", async () => {
  await open("language=fr", "#/today", READY);
  await fireEvent.click(button("L’emporter…"));
  await fireEvent.click(button(/Livre numérique/));
  await settle();
  expect(screen.getByText(`Enregistré dans /home/reader/pepites-${golden.today.line.day}.epub.`)).toBeTruthy();
});

test("the hour, the notice and the speed are set at once", async () => {
  const house = await open("language=en", "#/today", READY);
  await fireEvent.click(button("Settings"));
  await fireEvent.click(screen.getByRole("radio", { name: "at" }));
  await settle();
  expect(house.settings?.digest_at).toBe("07:00");
  const hour = document.querySelector("#hour") as HTMLInputElement;
  await fireEvent.change(hour, { target: { value: "06:30" } });
  await settle();
  expect(house.settings?.digest_at).toBe("06:30");
  await fireEvent.click(screen.getByRole("checkbox", { name: "Say so on the desktop when it is ready" }));
  await settle();
  expect(house.settings?.notify).toBe(true);
  await fireEvent.click(screen.getByRole("checkbox", { name: "Refresh by itself" }));
  await settle();
  expect(house.settings?.by_itself).toBe(false);
  await fireEvent.change(document.querySelector("#speed") as HTMLElement, { target: { value: "300" } });
  await fireEvent.change(document.querySelector("#speed") as HTMLElement, { target: { value: "5" } });
  await settle();
  expect(house.settings?.words_per_minute).toBe(300);
  await fireEvent.click(screen.getByRole("radio", { name: "when I first look" }));
  await settle();
  expect(house.settings?.digest_at).toBeNull();
});

test("a digest made while nobody looks is not seen: it waits for who comes back", async () => {
  const house = await open("language=en", "#/today", READY);
  const call = vi.spyOn(house.app.backend, "call");
  const asked = () => call.mock.calls.filter(([name]) => name === "today").length;
  const look = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  vi.useFakeTimers();
  house.app.everythingChanged();
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  expect(asked()).toBe(0);
  look.mockReturnValue("visible");
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(asked()).toBe(1));
  look.mockRestore();
});

test("another edition leads back to the one before", async () => {
  const house = await open("language=en", "#/today", READY);
  expect(screen.queryByRole("button", { name: "See the edition before" })).toBeNull();
  await house.digest.edition("again");
  await fireEvent.click(await screen.findByRole("button", { name: "See the edition before" }));
  await waitFor(() => expect(house.route.place).toMatchObject({ view: "past", id: golden.digests[0]?.id }));
});

test("who looks for the edition before is told of a newer day's digest first, and the next click leads back", async () => {
  const house = await open("language=en", "#/today", READY);
  await house.digest.edition("again");
  const { call } = house.app.backend;
  const asked: string[] = [];
  house.app.backend.call = async (name, ask) => {
    asked.push(name);
    const answer = await call(name, ask);
    return name === "digests" ? ([{ ...golden.today.line, id: 900, day: "2026-11-24" }, ...golden.digests] as typeof answer) : answer;
  };
  await fireEvent.click(await screen.findByRole("button", { name: "See the edition before" }));
  await screen.findByText(/A newer day’s digest has been made meanwhile\./);
  expect([house.route.place.view, asked]).toEqual(["today", ["digests"]]);
  await fireEvent.click(button("See it"));
  await waitFor(() => expect(asked).toContain("today"));
  await fireEvent.click(button("See the edition before"));
  await waitFor(() => expect(house.route.place).toMatchObject({ view: "past", id: golden.digests[0]?.id }));
});
