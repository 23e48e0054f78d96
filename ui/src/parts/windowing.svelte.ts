// Takes a list of any length, gives the rows that are to be drawn: those in sight with a screen above and below, and those
// that hold the focus or are stood on. The list is as high as all of its rows, and what is in sight never moves by itself.

import { untrack } from "svelte";
import type { Attachment } from "svelte/attachments";
import { Heights } from "./heights";

/** A list this short is drawn whole: that costs less than to part it. */
export const WHOLE = 200;
/** Rows are drawn in steps of so many, so that not each pixel of a scroll changes the list. */
const STEP = 2;
/** Of so many rows that come at once, each is drawn in the element of one that goes: a list that is walked through row by row
 *  makes none. More are another screen, whose elements are new: none that stays has to move past them. */
const WALKED = 8;
/** What is thought to be in sight before anything was measured, in pixels. */
const FIRST_SIGHT = 900;

export type Key = string | number;
type Given = {
  count: number;
  key: (row: number) => Key;
  /** A row that is drawn wherever it is, because the reader stands on it; -1 for none. */
  stood: number;
  /** Nothing comes after the last row. */
  ended: boolean;
};

/** What a row needs to stand in its place. Its element takes all of it. */
export type Placed = {
  row: number;
  /** Pixels above it that belong to rows that are not drawn. */
  gap: number;
  /** How many rows there are; -1 while that is not known. */
  rows: number;
};

/** A drawn row and the element that it is drawn in, by its number. */
type Slot = { row: number; key: Key; element: number };

export class Windowing {
  #given: () => Given;
  #heights: Heights;
  #known = new Map<Key, number>();
  #first: Key | undefined;
  /** Pixels of the list above what is in sight, and in sight. */
  #sight = $state.raw({ top: 0, height: FIRST_SIGHT });
  /** Counts what was measured. */
  #measured = $state(0);
  /** The row that has the focus; -1 for none. */
  #focused = $state(-1);
  #list: HTMLElement | undefined;
  #scroller: HTMLElement | undefined;
  /** The row at the top of what is in sight, and how much of it is above. */
  #anchor: { row: number; key: Key; above: number } | null = null;
  /** What is drawn now, and how many elements were made. */
  #slots: Slot[] = [];
  #elements = 0;

  /** `usual` is how high a row is thought to be until it was measured, in pixels. */
  constructor(usual: number, given: () => Given) {
    this.#heights = new Heights(usual);
    this.#given = given;
  }

  /** The first and the last row that are near enough to be drawn. Each by itself: most pixels of a scroll change neither, and
   *  then nothing is drawn anew. */
  readonly #begin: number = $derived.by(() => {
    this.#fit();
    void this.#measured;
    const { top, height } = this.#sight;
    return Math.floor(this.#heights.at(top - height) / STEP) * STEP;
  });
  readonly #end: number = $derived.by(() => {
    const { count } = this.#fit();
    void this.#measured;
    const { top, height } = this.#sight;
    return Math.min(count - 1, Math.ceil((this.#heights.at(top + 2 * height) + 1) / STEP) * STEP - 1);
  });

  /** What was near last. */
  #near: [first: number, last: number] = [0, -1];

  /** Rows that are near no longer stay until others come at the other end, for which their elements are then taken. */
  #follow(): [first: number, last: number] {
    const [begin, end] = [this.#begin, this.#end];
    const [first, last] = this.#near;
    if (end === last && begin > first && begin - first <= WALKED) return [first, end];
    if (begin === first && end < last && last - end <= WALKED && last < this.#given().count) return [begin, last];
    return [begin, end];
  }

  /** The rows that are drawn, in order. */
  readonly drawn: number[] = $derived.by(() => {
    const { count, stood } = this.#fit();
    if (count <= WHOLE) return Array.from({ length: count }, (_, row) => row);
    const [first, last] = (this.#near = this.#follow());
    const rows = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const apart = [stood, this.#focused].filter((row) => row >= 0 && row < count && (row < first || row > last));
    return [...new Set([...apart, ...rows])].sort((a, b) => a - b);
  });

  /** The rows that are drawn and the element of each, which stays its own while it is drawn. JavaScriptCore keeps what was
   *  in a `Map` of changing keys until a full collection, and a keyed block has one: elements that are made for each row that
   *  comes, and left with each that goes, would fill the memory. */
  readonly slots: Slot[] = $derived.by(() => {
    const { key } = this.#given();
    const was = new Map(this.#slots.map((slot) => [slot.key, slot]));
    const keys = this.drawn.map(key);
    const stays = new Set(keys);
    const come = keys.filter((each) => !was.has(each)).length;
    // Who stood in a row that is gone stands nowhere, and not in another.
    const held = rowOf(document.activeElement);
    const free = this.#slots.filter((slot) => !stays.has(slot.key) && slot.row !== held);
    const left = come > WALKED || 2 * come > keys.length ? [] : free.map(({ element }) => element);
    this.#slots = this.drawn.map((row, at) => {
      const name = keys[at] ?? row;
      const before = was.get(name);
      return before?.row === row ? before : { row, key: name, element: before?.element ?? left.pop() ?? (this.#elements += 1) };
    });
    return this.#slots;
  });

  /** Where each drawn row stands. */
  readonly #gaps: ReadonlyMap<number, number> = $derived.by(() => {
    void this.#measured;
    let end = 0;
    return new Map(
      this.drawn.map((row) => {
        const gap = this.#heights.before(row) - this.#heights.before(end);
        end = row + 1;
        return [row, gap];
      }),
    );
  });

  /** Pixels below the last drawn row that belong to rows that are not drawn. */
  readonly after: number = $derived.by(() => {
    void this.#measured;
    return this.#heights.total - this.#heights.before((this.drawn.at(-1) ?? -1) + 1);
  });

  /** The last row that is drawn because it is near: where more is wanted. */
  readonly last: number = $derived.by(() => {
    void this.#measured;
    const { count } = this.#fit();
    const { top, height } = this.#sight;
    return Math.min(count - 1, this.#heights.at(top + 2 * height));
  });

  placed(row: number): Placed {
    const { count, ended } = this.#given();
    return { row, gap: this.#gaps.get(row) ?? 0, rows: ended ? count : -1 };
  }

  /** For the element of the list. */
  readonly list: Attachment<HTMLElement> = (list) => {
    const scroller = scrollerOf(list) ?? document.documentElement;
    this.#list = list;
    this.#scroller = scroller;
    const look = () => this.#look();
    const focus = (event: FocusEvent) => (this.#focused = rowOf(event.target));
    // A row that goes takes its focus along while the list is being drawn, when nothing may change: looked at once it is gone.
    const blur = () =>
      queueMicrotask(() => {
        if (!list.contains(document.activeElement)) this.#focused = -1;
      });
    // A row that grows makes the list grow; a pane that is drawn wider changes all of them.
    const resized = new ResizeObserver(() => {
      look();
      this.#measure();
    });
    resized.observe(scroller);
    resized.observe(list);
    scroller.addEventListener("scroll", look, { passive: true });
    list.addEventListener("focusin", focus);
    list.addEventListener("focusout", blur);
    // What is read here must not make the list begin anew.
    untrack(look);
    $effect(() => {
      void this.drawn;
      untrack(() => {
        this.#restore();
        this.#measure();
      });
    });
    return () => {
      resized.disconnect();
      scroller.removeEventListener("scroll", look);
      list.removeEventListener("focusin", focus);
      list.removeEventListener("focusout", blur);
    };
  };

  /** Rows came, went, or are others: their heights go with them. */
  #fit(): Given {
    const given = this.#given();
    const { count, key } = given;
    const first = count > 0 ? key(0) : undefined;
    const heights = this.#heights;
    if (first !== this.#first || count < heights.count) heights.renew(count, (row) => this.#known.get(key(row)));
    else if (count > heights.count) heights.resize(count);
    this.#first = first;
    return given;
  }

  /** Where the list is to what is in sight. */
  #look(): void {
    const { height } = this.#viewport();
    // A pane that is not shown has no height: what was in sight is when it comes back.
    if (height === 0 || !this.#list || this.#list.getClientRects().length === 0) return;
    const top = this.#top();
    if (top !== this.#sight.top || height !== this.#sight.height) this.#sight = { top, height };
    this.#hold();
  }

  #viewport(): { top: number; height: number } {
    const scroller = this.#scroller;
    return scroller ? { top: scroller.getBoundingClientRect().top, height: scroller.clientHeight } : { top: 0, height: 0 };
  }

  #top(): number {
    return this.#list ? this.#viewport().top - this.#list.getBoundingClientRect().top : 0;
  }

  #hold(): void {
    const { top } = this.#sight;
    const { count, key } = this.#given();
    const row = this.#heights.at(top);
    this.#anchor = top <= 0 || row >= count ? null : { row, key: key(row), above: top - this.#heights.before(row) };
  }

  /** What is in sight stays there when rows before it came or went. */
  #restore(): void {
    const held = this.#anchor;
    const { count, key } = this.#given();
    if (!held || !this.#scroller || (held.row < count && key(held.row) === held.key)) return;
    for (let row = 0; row < count; row += 1) {
      if (key(row) !== held.key) continue;
      this.#scroller.scrollTop += this.#heights.before(row) + held.above - this.#top();
      return;
    }
    this.#anchor = null;
  }

  /** Takes the heights that rows really have. What is in sight stays: what is above it grows upwards. */
  #measure(): void {
    const top = this.#sight.top;
    let above = 0;
    let changed = false;
    const { count, key } = this.#given();
    for (const element of this.#list?.children ?? []) {
      const row = rowOf(element);
      const height = element.getBoundingClientRect().height;
      // Not shown, or gone by now.
      if (row < 0 || row >= count || height === 0) continue;
      const more = height - this.#heights.of(row);
      this.#known.set(key(row), height);
      if (Math.abs(more) < 0.5) continue;
      if (this.#heights.before(row) + this.#heights.of(row) <= top) above += more;
      this.#heights.set(row, height);
      changed = true;
    }
    if (!changed) return;
    this.#measured += 1;
    if (above !== 0 && this.#scroller && count > WHOLE) this.#scroller.scrollTop += above;
    this.#look();
  }
}

/** The row that an element is of, or in; -1 for none. */
function rowOf(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]")?.dataset["row"] : undefined;
  return row === undefined ? -1 : Number(row);
}

/** What scrolls a list; null where that is the window. */
export function scrollerOf(list: HTMLElement): HTMLElement | null {
  for (let above = list.parentElement; above; above = above.parentElement)
    if (/auto|scroll/.test(getComputedStyle(above).overflowY)) return above;
  return null;
}
