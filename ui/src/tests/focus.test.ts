// The focus stays in the page when what had it goes by what was done with it, or has nothing more to do.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const [WORD = ""] = Object.keys(golden.search).filter((words) => /^\p{L}+$/u.test(words));
const inMain = () => document.getElementById("content")?.contains(document.activeElement);

test("who keeps a search goes on beside the button that is gone", async () => {
  await open("language=en", `#/search?q=${WORD}`, /^\d+ posts?$/);
  const keep = await screen.findByRole("button", { name: "Keep this search" });
  keep.focus();
  await fireEvent.click(keep);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Keep this search" })).toBeNull());
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Rename"));
});

test("who pressed what is gone goes on in the screen, and whoever clicks beside all is left alone", async () => {
  const house = await open("language=en", "#/today", READY);
  const button = document.createElement("button");
  document.getElementById("content")?.append(button);
  button.focus();
  button.remove();
  expect(inMain()).toBe(false);
  await waitFor(() => expect(inMain()).toBe(true));

  // Nothing that had the focus is gone: a list that changes takes none.
  (document.activeElement as HTMLElement).blur();
  house.app.say("Something else");
  await settle();
  expect(document.activeElement).toBe(document.body);
});

test("who takes something back in the bar is where they were in the screen", async () => {
  await open("language=en", "#/today", READY);
  await press("n", "s");
  const stood = document.activeElement;
  expect(inMain()).toBe(true);
  const undo = await screen.findByRole("button", { name: "Undo" });
  undo.focus();
  await fireEvent.click(undo);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(stood));
});
