// Takes what is being read, keeps a list's scroll and focus on it. Never draws.

import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";
import type { Picks } from "../lib/state/picks.svelte";
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
          // In a window of one pane the story lies over it. Browsers without layout know no visibility.
          if (end && "checkVisibility" in end && !end.checkVisibility()) {
            reading.close("end");
            return;
          }
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

/** Ctrl or Cmd with a click on a headline chooses one more, Shift all up to it. */
export function picking(picks: Picks, reading: Reading): Attachment<HTMLElement> {
  return (list) => {
    const click = (event: MouseEvent) => {
      const many = event.shiftKey;
      if (!many && !event.ctrlKey && !event.metaKey) return;
      const headline = (event.target as Element).closest(".headline");
      const post = Number(headline?.closest<HTMLElement>("[data-post]")?.dataset["post"]);
      if (!headline || !post) return;
      event.preventDefault();
      event.stopPropagation();
      if (many) picks.reach(post);
      else picks.flip(post);
      reading.standOn(post);
    };
    list.addEventListener("click", click, true);
    return () => list.removeEventListener("click", click, true);
  };
}

/** Whether a first story was on the screen since the window began. */
export const first = $state({ painted: false });
let seen = false;

/** Says once, for who waits for it and for who measures, that a first story is on the screen. */
export function painted(): void {
  if (seen) return;
  seen = true;
  // The task after a frame begins when the frame is drawn.
  requestAnimationFrame(() =>
    setTimeout(() => {
      performance.mark("story");
      first.painted = true;
    }),
  );
}
