// What was left out: which limit did it, and the way to lift it.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { open } from "./window";

test("the limits that left out most are told in one sentence, and each is lifted from there", async () => {
  const house = await open("language=en", `#/left_out/${golden.today.line.id}`, /Left out: /);
  const { line, limits } = golden.left_out_why;
  const most = "posts" in line.budget ? line.budget.posts : line.budget.minutes;
  const sum = document.querySelector(".sum")?.textContent ?? "";
  expect(sum).toContain(`of at most ${most}`);
  for (const limit of limits) expect(sum).toContain(String(limit.values?.["count"]));
  const share = golden.left_out.find(({ why }) => why?.key === "left_out.source");
  const of = golden.posts[share?.post ?? 0]?.line;
  if (!of) throw new Error("nothing was left out by its source's share");
  const source = () => house.sources.all.find(({ id }) => id === of.source);
  expect(source()?.unlimited).toBe(false);
  const [lift] = await screen.findAllByRole("button", { name: `Let it bring more: ${of.source_title}` });
  if (!lift) throw new Error("no way");
  await fireEvent.click(lift);
  await waitFor(() => expect(source()?.unlimited).toBe(true));
  await screen.findByText(`“${of.source_title}” may bring as much as it has.`);
  await waitFor(() => expect(screen.queryByRole("button", { name: `Let it bring more: ${of.source_title}` })).toBeNull());
  await house.app.undo();
  await waitFor(() => expect(source()?.unlimited).toBe(false));
});
