// Takes a step of a page, scrolls what is read by it; at the end of an open story the next one opens, as Google Reader did.

import { tick } from "svelte";
import type { House } from "../lib/state/house.svelte";

/** So much of the page before stays in sight, in pixels: where one read is found again. */
const OVERLAP_PX = 64;

export async function turnPage({ reading, route }: House, by: 1 | -1): Promise<unknown> {
  const open = route.place.post !== null;
  // The page of a story that is on its way is turned once it is there: what is still on the screen is the one before. Who waited
  // beside this one may have led to the next, which is on its way then.
  while (open && reading.loading) {
    if (!(await reading.arrived())) return null;
    await tick();
  }
  const pane = document.querySelector<HTMLElement>(open ? ".story .text" : "main section.list");
  if (!pane) return null;
  const left = by > 0 ? pane.scrollHeight - pane.clientHeight - pane.scrollTop : pane.scrollTop;
  if (left > 1) return pane.scrollBy({ top: by * Math.max(OVERLAP_PX, pane.clientHeight - OVERLAP_PX) });
  return open && reading.step(by, true);
}
