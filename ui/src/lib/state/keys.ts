// Takes key presses, gives the act they stand for: Google Reader's keys. Knows the one two-stroke prefix, `g`.
// Never acts.

export const ACTS = {
  next: ["j"],
  previous: ["k"],
  down: ["n"],
  up: ["p"],
  toggle: ["o", "Enter"],
  back: ["u", "Escape"],
  read: ["m"],
  star: ["s"],
  skip: ["e", "x"],
  put_off: ["t"],
  full: ["f"],
  original: ["v"],
  share: ["S"],
  why: ["w"],
  like: ["+"],
  dislike: ["-"],
  join: ["b"],
  apart: ["d"],
  refresh: ["r"],
  add: ["a"],
  search: ["/"],
  help: ["?"],
  undo: ["z"],
  today: ["g t"],
  starred: ["g l"],
  sources: ["g s"],
  people: ["g c"],
  taste: ["g w"],
  trends: ["g r"],
  room: ["g m"],
  past: ["g p"],
} as const satisfies Record<string, readonly string[]>;

export type Act = keyof typeof ACTS;

/** The groups of the sheet, in order. */
export const SHEET: { head: "move" | "story" | "go" | "all"; acts: Act[] }[] = [
  { head: "move", acts: ["next", "previous", "down", "up", "toggle", "back"] },
  { head: "story", acts: ["star", "skip", "put_off", "read", "full", "original", "share", "why", "like", "dislike", "apart", "join"] },
  { head: "go", acts: ["today", "starred", "sources", "people", "trends", "room", "taste", "past", "search"] },
  { head: "all", acts: ["refresh", "add", "undo", "help"] },
];

/** How long `g` waits for its second key. */
const PREFIX_MS = 1500;

export class Keys {
  #prefixed = -Infinity;

  /** The act of this press; null when it means nothing here. `at` is when it was pressed, in milliseconds. */
  act(press: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">, at: number): Act | null {
    if (press.ctrlKey || press.metaKey) return press.key.toLowerCase() === "z" ? "undo" : null;
    if (press.altKey || press.key === "z") return null;
    const prefixed = at - this.#prefixed < PREFIX_MS;
    this.#prefixed = !prefixed && press.key === "g" ? at : -Infinity;
    const stroke = prefixed ? `g ${press.key}` : press.key;
    for (const [act, strokes] of Object.entries(ACTS))
      if ((strokes as readonly string[]).includes(stroke)) return act as Act;
    return null;
  }
}

/** A field takes letters itself, and a control its own Enter. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
