// Takes key presses, gives the act they stand for: Google Reader's keys. Knows the one two-stroke prefix, `g`.
// The one table of what can be done: keys, their sheet, the palette and the tips of buttons read it. Never acts.

/** Every act, with its strokes; `Mod` is Ctrl, or Cmd on a Mac. An act without strokes is reached by name. */
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
  today: ["g t"],
  starred: ["g l"],
  sources: ["g s"],
  people: ["g c"],
  trends: ["g r"],
  room: ["g m"],
  taste: ["g w"],
  weights: [],
  learned: [],
  past: ["g p"],
  left_out: [],
  search: ["/"],
  again: [],
  more: [],
  shorten_5: [],
  shorten_10: [],
  shorten_20: [],
  whole: [],
  export_digest: [],
  all_tomorrow: [],
  let_all_go: [],
  source_site: [],
  source_refresh: [],
  source_rename: [],
  source_move: [],
  source_person: [],
  source_login: [],
  source_prefer: [],
  source_full: [],
  source_lift: [],
  source_unfollow: [],
  palette: ["Mod k"],
  refresh: ["r"],
  stop: [],
  add: ["a"],
  import: [],
  circle: [],
  account: [],
  export: [],
  export_accounts: [],
  undo: ["Mod z"],
  help: ["?"],
  settings: ["Mod ,"],
  reading: [],
  light: [],
  dark: [],
  theme_system: [],
  english: [],
  french: [],
  language_system: [],
  sample_enter: [],
  sample_leave: [],
} as const satisfies Record<string, readonly string[]>;

export type Act = keyof typeof ACTS;
export type Head = "move" | "story" | "go" | "digest" | "source" | "all" | "window";

/** The acts in groups, in order: the sheet shows those with keys, the palette all of them. */
export const SHEET: { head: Head; acts: Act[] }[] = [
  { head: "move", acts: ["next", "previous", "down", "up", "toggle", "back"] },
  { head: "story", acts: ["star", "skip", "put_off", "read", "full", "original", "share", "why", "like", "dislike", "apart", "join"] },
  { head: "go", acts: ["today", "starred", "sources", "people", "trends", "room", "taste", "weights", "learned", "past", "left_out", "search"] },
  { head: "digest", acts: ["shorten_5", "shorten_10", "shorten_20", "whole", "again", "more", "export_digest", "all_tomorrow", "let_all_go"] },
  {
    head: "source",
    acts: [
      "source_refresh", "source_site", "source_rename", "source_move", "source_person", "source_login", "source_prefer",
      "source_full", "source_lift", "source_unfollow",
    ],
  },
  { head: "all", acts: ["palette", "refresh", "stop", "add", "import", "circle", "account", "export", "export_accounts", "undo", "help", "settings", "reading"] },
  { head: "window", acts: ["light", "dark", "theme_system", "english", "french", "language_system", "sample_enter", "sample_leave"] },
];

/** How long `g` waits for its second key. */
const PREFIX_MS = 1500;

export class Keys {
  #prefixed = -Infinity;

  /** The act of this press; null when it means nothing here. `at` is when it was pressed, in milliseconds. */
  act(press: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">, at: number): Act | null {
    if (press.altKey) return null;
    const mod = press.ctrlKey || press.metaKey;
    const prefixed = !mod && at - this.#prefixed < PREFIX_MS;
    this.#prefixed = !mod && !prefixed && press.key === "g" ? at : -Infinity;
    const stroke = mod ? `Mod ${press.key.toLowerCase()}` : prefixed ? `g ${press.key}` : press.key;
    for (const [act, strokes] of Object.entries(ACTS))
      if ((strokes as readonly string[]).includes(stroke)) return act as Act;
    return null;
  }
}

/** Inputs that take no letters: a tick and a button have Space (and Enter), a dial its arrows; the others are a window's. */
const PRESSED = "[type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=file], [type=color], [type=image]";
const TURNED: readonly string[] = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

/** Whether what has the focus takes this key itself: a field what is typed, a dial what turns it, a control what presses it. */
export function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input[type=range]")) return TURNED.includes(key);
  if (target.matches(`input:is(${PRESSED})`)) return key === " " || (target.matches("[type=radio]") && TURNED.includes(key));
  return target.matches("input, textarea, select, [contenteditable]");
}
