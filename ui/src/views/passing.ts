// Takes a list, tells which of its posts were looked at and then scrolled past. Never marks anything.

import type { Attachment } from "svelte/attachments";
import type { PostId } from "../lib/backend/contract";
import { drawn } from "../lib/state/drawn";
import type { Reading } from "../lib/state/reading.svelte";
import { scrollerOf } from "../parts/windowing.svelte";

/** A row that was on the screen for less was not looked at. */
const LOOK_MS = 1000;

/** What an element shows, and where in the list that is. */
type Shown = { post: PostId; row: number };

/** Tells which rows were on the screen and then left it upwards: what the reader scrolled past. */
export function passing(reading: Reading): Attachment<HTMLElement> {
  return (list) => {
    if (typeof IntersectionObserver === "undefined") return;
    let stop: (() => void) | null = null;
    let gone = false;
    // To see where rows are, they are laid out: not before the frame that they are laid out for anyway.
    void drawn().then(() => (stop = gone ? null : watched(list, reading)));
    return () => {
      gone = true;
      stop?.();
    };
  };
}

/** Watches the rows of a list from now on; gives how to stop it. */
function watched(list: HTMLElement, reading: Reading): () => void {
  /** The elements on the screen: what each shows, and since when. */
  const seen = new Map<Element, Shown & { since: number }>();
  const left = (element: Element, time: number) => {
    const was = seen.get(element);
    seen.delete(element);
    return was !== undefined && time - was.since >= LOOK_MS ? was : null;
  };
  const watch = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting, boundingClientRect, rootBounds, time } of changes) {
        if (isIntersecting) {
          if (!seen.has(target)) seen.set(target, { ...shown(target), since: time });
          continue;
        }
        const above = rootBounds !== null && boundingClientRect.height > 0 && boundingClientRect.bottom <= rootBounds.top + 1;
        const was = left(target, time);
        if (was && above) reading.passed(was.post);
      }
    },
    { root: scrollerOf(list) },
  );
  const rows = () => list.querySelectorAll("[data-post]").forEach((row) => watch.observe(row));
  rows();
  const changed = new MutationObserver((changes) => {
    if (changes.some(({ type }) => type === "childList")) rows();
    for (const { target, type } of changes) {
      const element = target as Element;
      if (type !== "attributes" || !seen.has(element)) continue;
      // Another post's by now, as a row that comes is drawn in the element of one that went: that one is below where it was.
      const was = left(element, performance.now());
      if (was && was.row < shown(element).row) reading.passed(was.post);
      // Where it is on the screen still, its time begins anew.
      watch.unobserve(element);
      watch.observe(element);
    }
  });
  changed.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-post"] });
  return () => {
    watch.disconnect();
    changed.disconnect();
  };
}

function shown(element: Element): Shown {
  const { post, row } = (element as HTMLElement).dataset;
  return { post: Number(post), row: Number(row) };
}
