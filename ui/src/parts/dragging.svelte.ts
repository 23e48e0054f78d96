// Takes the pointer over the rows of a tree, gives what is dragged and over which folder, or at whose edge. By pointer events, not by the
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
  /** Whether what is dragged can stand beside this row: a folder beside its neighbours. */
  beside: (keys: string[], row: number) => boolean;
  onplace: (keys: string[], row: number, after: boolean) => void;
};

/** So much of a row at its upper and its lower edge is beside it, the rest is in it. */
const EDGE_SHARE = 0.3;

export class Dragging {
  /** The rows under way; empty when nothing is dragged. */
  keys: string[] = $state.raw([]);
  /** The folder under the pointer; null outside of the tree. */
  over: string[] | null = $state.raw(null);
  /** The row at whose edge it would be put; null where it would go into a folder. */
  edge: { row: number; after: boolean } | null = $state.raw(null);
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
    this.edge = row === undefined ? null : this.#edgeOf(under, Number(row), event.clientY);
    this.over = tree === null || this.edge ? null : row === undefined ? [] : this.#told.folder(Number(row));
    scroll(tree?.parentElement ?? null, event.clientY);
  };

  #edgeOf(under: Element | null, row: number, y: number): { row: number; after: boolean } | null {
    const box = under?.closest("[data-row]")?.getBoundingClientRect();
    if (!box || box.height === 0 || !this.#told.beside(this.keys, row)) return null;
    const share = (y - box.top) / box.height;
    return share < EDGE_SHARE ? { row, after: false } : share > 1 - EDGE_SHARE ? { row, after: true } : null;
  }

  #drop = (): void => {
    const { keys, over, edge } = this;
    this.#ended = keys.length > 0;
    this.#stop();
    if (keys.length === 0) return;
    if (edge !== null) this.#told.onplace(keys, edge.row, edge.after);
    else if (over !== null) this.#told.ondrop(keys, over);
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
    this.edge = null;
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
