// The full text of a story: by key, back again, remembered for the session, by a source that asks for it, and the feed's
// text with a word where it cannot be had.

import { screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const WHOLE = "The whole story.";
const whole = () => screen.queryByText(WHOLE);

test("f shows the full text with its own reading time, and the feed's again", async () => {
  await open("language=en", "#/today", READY);
  await press("j", "f");
  expect(await screen.findByText(WHOLE)).toBeTruthy();
  expect(screen.getByText(/8 min/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Full text" }).getAttribute("aria-pressed")).toBe("true");
  await press("f");
  expect(whole()).toBeNull();
  expect(screen.getByRole("button", { name: "Full text" }).getAttribute("aria-pressed")).toBe("false");
});

test("a story is opened as it was left", async () => {
  await open("language=en", "#/today", READY);
  await press("j", "f");
  expect(await screen.findByText(WHOLE)).toBeTruthy();
  await press("j");
  await waitFor(() => expect(whole()).toBeNull());
  await press("k");
  expect(await screen.findByText(WHOLE)).toBeTruthy();
});

test("where it cannot be had, the feed's text is shown with the reason", async () => {
  await open("language=en&paywall", "#/today", READY);
  await press("j", "f");
  expect(await screen.findByText(/only to subscribers\. This is the text of the feed\./)).toBeTruthy();
  expect(whole()).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("it can be left while it comes", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("j");
  const call = house.app.backend.call.bind(house.app.backend);
  house.app.backend.call = (name, ask) => (name === "full_text" ? new Promise(() => {}) : call(name, ask));
  await press("f");
  expect(await screen.findByText("Fetching the full text…")).toBeTruthy();
  screen.getByRole("button", { name: "Stop waiting" }).click();
  await settle();
  expect(screen.queryByText("Fetching the full text…")).toBeNull();
});

test("a source that asks for it opens its posts so", async () => {
  const house = await open("language=en", "#/today", READY);
  const source = house.sources.all.find((each) => each.id === golden.places.whole);
  if (!source) throw new Error("no source");
  await house.sources.openInFull(source, true);
  const post = Object.values(golden.posts).find((each) => each.line.source === source.id && each.line.link !== null);
  if (!post) throw new Error("no post");
  await house.reading.open(post.line.post);
  expect(await screen.findByText(WHOLE)).toBeTruthy();
  await press("f");
  expect(whole()).toBeNull();
});

test("full texts are asked for ahead with a new digest and when posts came, not at each mark", async () => {
  const house = await open("language=en", "#/today", READY);
  const call = house.app.backend.call.bind(house.app.backend);
  let digests = 0;
  let ahead = 0;
  house.app.backend.call = (name, ask) => {
    digests += Number(name === "today");
    ahead += Number(name === "full_texts");
    return call(name, ask);
  };
  await house.digest.today();
  await house.digest.again();
  expect([digests, ahead]).toEqual([2, 0]);
  await house.refresh.start();
  await waitFor(() => expect(ahead).toBe(1));
  await house.digest.again();
  expect(ahead).toBe(1);
});
