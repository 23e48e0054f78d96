// What is said of a plan that made room: what came of it, and what is not known.

import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { PostLine, RoomNote as Note } from "../lib/backend/contract";
import { golden } from "../lib/backend/fake";
import RoomNote from "../parts/RoomNote.svelte";

const lines = golden.trends.counted.opened;
const [one, other] = lines as [PostLine, PostLine];
const plan: Note = {
  plan: 1,
  made: Date.UTC(2026, 9, 1),
  until: Date.UTC(2026, 9, 31),
  thinned: ["Forum"],
  left: [],
  counted: true,
  freed: 40,
  minutes: 25,
  missed: [],
  missed_more: [],
  foreseen: null,
  due: true,
};
const show = (note: Partial<Note>, onmore = (posts: number[]) => Promise.resolve(lines.filter((line) => posts.includes(line.post)))) =>
  render(RoomNote, { note: { ...plan, ...note }, onopen: () => {}, onmore });

afterEach(cleanup);

test("of what was thinned it says what did not come, and that nothing of it was missed", () => {
  show({});
  expect(screen.getByText(/\(Forum\): 40 posts less, 25 minutes/)).toBeTruthy();
  expect(screen.getByText("Nothing of it was missed.")).toBeTruthy();
});

test("of what was left it says what that was to free, and never that nothing was missed", () => {
  show({ thinned: [], left: ["Paper"], freed: 0, minutes: 0, foreseen: { posts: 90, minutes: 60 } });
  expect(screen.getByText(/Paper\. That was to free about 90 posts and 60 minutes.*not known/)).toBeTruthy();
  expect(screen.queryByText("Nothing of it was missed.")).toBeNull();
  expect(screen.queryByText(/0 posts less/)).toBeNull();
});

test("before its days are over it says what is foreseen", () => {
  show({ counted: false, foreseen: { posts: 12, minutes: 8 } });
  expect(screen.getByText(/about 12 posts and 8 minutes less are foreseen/)).toBeTruthy();
  expect(screen.queryByText("Nothing of it was missed.")).toBeNull();
});

test("what was missed is counted whole, and named when it is asked for", async () => {
  const onmore = vi.fn((posts: number[]) => Promise.resolve(lines.filter((line) => posts.includes(line.post))));
  show({ missed: [one], missed_more: [other.post] }, onmore);
  expect(screen.getByText(/^2 of these/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: other.title })).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "and 1 more" }));
  await waitFor(() => expect(screen.getByRole("button", { name: other.title })).toBeTruthy());
  expect(onmore).toHaveBeenCalledWith([other.post]);
  expect(screen.queryByRole("button", { name: /more$/ })).toBeNull();
});
