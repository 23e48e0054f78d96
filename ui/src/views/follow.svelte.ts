// Takes what is being read, keeps a list's scroll and focus on it. Never draws.

import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";
import type { Reading } from "../lib/state/reading.svelte";

/** Keeps the row that the reader stands on in sight, and takes the focus there when it is wished for. */
export function follow(reading: Reading): Attachment<HTMLElement> {
  let answered = 0;
  return (list) => {
    $effect(() => {
      const { current, wish } = reading;
      const wished = wish !== null && wish.turn !== answered ? wish.pane : null;
      answered = wish?.turn ?? answered;
      void tick().then(() => {
        if (wished === "end") {
          const end = list.querySelector<HTMLElement>("[data-end]");
          end?.focus({ preventScroll: true });
          end?.scrollIntoView({ block: "nearest" });
          return;
        }
        const row = current === null ? null : list.querySelector<HTMLElement>(`[data-post="${current}"]`);
        row?.scrollIntoView({ block: "nearest" });
        if (wished === "list") row?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
      });
    });
  };
}

let seen = false;

/** Says once, for who measures, that a first story is on the screen. */
export function painted(): void {
  if (seen) return;
  seen = true;
  // The task after a frame begins when the frame is drawn.
  requestAnimationFrame(() => setTimeout(() => performance.mark("story")));
}
