// Takes a body and the upper edge of what is seen of it, gives which paragraph stands there: a place that holds when
// pictures above it come and push it down. Never scrolls.

/** A place in a text. */
export type Anchor = {
  /** Which block of the text crosses the edge. */
  block: number;
  /** How much of it is above, 0 to 1. */
  part: number;
  /** Blocks of the text: the full text of a story has others than its feed's. */
  of: number;
};

/** The blocks of a body: what some wrap in a box of its own is that box's content. */
function blocks(body: Element): Element[] {
  let holder = body;
  while (holder.children.length === 1 && (holder.firstElementChild?.children.length ?? 0) > 1) holder = holder.firstElementChild ?? holder;
  return [...holder.children];
}

/** What crosses `edge` (a height in the window); null where the text begins below it. */
export function anchorAt(body: Element, edge: number): Anchor | null {
  const all = blocks(body);
  let [from, to] = [0, all.length];
  // Blocks stand one below the other: a story of a thousand is looked at ten times for each step of scrolling.
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((all[middle]?.getBoundingClientRect().bottom ?? 0) > edge) to = middle;
    else from = middle + 1;
  }
  const box = all[from]?.getBoundingClientRect();
  if (!box || (from === 0 && box.top >= edge)) return null;
  return { block: from, part: box.height > 0 ? Math.min(1, Math.max(0, (edge - box.top) / box.height)) : 0, of: all.length };
}

/** How far down the place is from `edge` now; null where the text has other blocks. */
export function away(body: Element, anchor: Anchor, edge: number): number | null {
  const all = blocks(body);
  const box = all.length === anchor.of ? all[anchor.block]?.getBoundingClientRect() : undefined;
  return box ? box.top + anchor.part * box.height - edge : null;
}
