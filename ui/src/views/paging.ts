// Takes a step of a page, scrolls what is read by it; at the end of an open story the next one opens, as Google Reader did.

import type { House } from "../lib/state/house.svelte";

/** So much of the page before stays in sight, in pixels: where one read is found again. */
const OVERLAP_PX = 64;

export function turnPage({ reading, route }: House, by: 1 | -1): unknown {
  const open = route.place.post !== null;
  const pane = document.querySelector<HTMLElement>(open ? ".story .text" : "main section.list");
  if (!pane) return null;
  const left = by > 0 ? pane.scrollHeight - pane.clientHeight - pane.scrollTop : pane.scrollTop;
  if (left > 1) return pane.scrollBy({ top: by * Math.max(OVERLAP_PX, pane.clientHeight - OVERLAP_PX) });
  return open && reading.step(by, true);
}
