// Takes the pointer over the rows of a tree, gives what is dragged and over which folder. By pointer events, not by the
// system's drag: the window keeps that for files that come from outside.

/** Pixels that a press may shake before it is a drag. */
const SHAKE_PX = 6;
/** So near to the edge of what scrolls, the list goes on under the pointer; by so many pixels each time it moves. */
const [EDGE_PX, SCROLL_PX] = [28, 12] as const;

type Told = {
  /** What goes along when this row is dragged. */
  along: (row: number) => string[];
  /** The folder that a row is, or is in; null for none to drop into. */
  folder: (row: number) => string[];
  ondrop: (keys: string[], to: string[]) => void;
};

export class Dragging {
  /** The rows under way; empty when nothing is dragged. */
  keys: string[] = $state.raw([]);
  /** The folder under the pointer; null outside of the tree. */
  over: string[] | null = $state.raw(null);
  /** A drag has just ended: the click that follows is none. */
  #ended = false;
  #from: { row: number; x: number; y: number } | null = null;
  #told: Told;

  constructor(told: Told) {
    this.#told = told;
  }

  /** A press on a row that can be dragged. Fingers scroll. */
  press(event: PointerEvent, row: number): void {
    this.#ended = false;
    if (event.button !== 0 || event.pointerType === "touch" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    this.#from = { row, x: event.clientX, y: event.clientY };
    addEventListener("pointermove", this.#move);
    addEventListener("pointerup", this.#drop);
    addEventListener("pointercancel", this.#stop);
    addEventListener("keydown", this.#escape, true);
  }

  /** Whether a click is only the end of a drag. */
  swallows(): boolean {
    const ended = this.#ended;
    this.#ended = false;
    return ended;
  }

  #move = (event: PointerEvent): void => {
    const from = this.#from;
    if (!from) return;
    if (this.keys.length === 0) {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < SHAKE_PX) return;
      this.keys = this.#told.along(from.row);
    }
    event.preventDefault();
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const tree = under?.closest<HTMLElement>("[role=tree]") ?? null;
    const row = under?.closest<HTMLElement>("[data-row]")?.dataset["row"];
    this.over = tree === null ? null : row === undefined ? [] : this.#told.folder(Number(row));
    scroll(tree?.parentElement ?? null, event.clientY);
  };

  #drop = (): void => {
    const { keys, over } = this;
    this.#ended = keys.length > 0;
    this.#stop();
    if (keys.length > 0 && over !== null) this.#told.ondrop(keys, over);
  };

  #escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.keys.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.#ended = true;
    this.#stop();
  };

  #stop = (): void => {
    this.#from = null;
    this.keys = [];
    this.over = null;
    removeEventListener("pointermove", this.#move);
    removeEventListener("pointerup", this.#drop);
    removeEventListener("pointercancel", this.#stop);
    removeEventListener("keydown", this.#escape, true);
  };
}

function scroll(scroller: HTMLElement | null, y: number): void {
  if (!scroller) return;
  const { top, bottom } = scroller.getBoundingClientRect();
  if (y < top + EDGE_PX) scroller.scrollTop -= SCROLL_PX;
  else if (y > bottom - EDGE_PX) scroller.scrollTop += SCROLL_PX;
}
