// Takes key presses, gives the act they stand for: Google Reader's keys. Knows the one two-stroke prefix, `g`.
// The one table of what can be done: keys, their sheet, the palette and the tips of buttons read it. Never acts.

/** Every act, with its strokes; `Mod` is Ctrl, or Cmd on a Mac. An act without strokes is reached by name. */
export const ACTS = {
  next: ["j"],
  previous: ["k"],
  down: ["n"],
  up: ["p"],
  toggle: ["o", "Enter"],
  page: ["Space"],
  page_back: ["Shift Space"],
  back: ["u", "Escape"],
  tree_next: ["N"],
  tree_previous: ["P"],
  tree_open: ["O"],
  read: ["m"],
  star: ["s"],
  skip: ["e"],
  put_off: ["t"],
  full: ["f"],
  original: ["v"],
  share: ["S"],
  why: ["w"],
  like: ["+"],
  dislike: ["-"],
  join: ["b"],
  apart: ["d"],
  pick: ["x"],
  pick_down: ["Shift ArrowDown"],
  pick_up: ["Shift ArrowUp"],
  pick_all: ["Mod a"],
  pick_none: [],
  picked_move: [],
  picked_refresh: [],
  picked_unfollow: [],
  today: ["g t"],
  starred: ["g l"],
  shared: ["g h"],
  sources: ["g s"],
  people: ["g c"],
  trends: ["g r"],
  room: ["g m"],
  taste: ["g w"],
  weights: [],
  learned: [],
  past: ["g p"],
  left_out: ["g o"],
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
  source_logout: [],
  source_prefer: [],
  source_full: [],
  source_lift: [],
  source_unfollow: [],
  mode_all: [],
  mode_digest: [],
  mode_nuggets: [],
  mode_no_relays: [],
  mode_daily_1: [],
  mode_daily_3: [],
  mode_daily_5: [],
  mode_muted: [],
  folder_new: [],
  folder_rename: ["F2"],
  folder_up: ["Alt ArrowUp"],
  folder_down: ["Alt ArrowDown"],
  import_people: [],
  find_people: [],
  pause_people: [],
  follow_people: [],
  export_people: [],
  export_found: [],
  room_apply: [],
  room_undo: [],
  export_trends: [],
  export_volume: [],
  export_hours: [],
  erase_trends: [],
  forget_taste: [],
  rule_mute: [],
  rule_always: [],
  rule_notify: [],
  rule_star: [],
  rule_file: [],
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
  network: [],
  privacy: [],
  data: [],
  offline: [],
  online: [],
  zoom_in: ["Mod +", "Mod ="],
  zoom_out: ["Mod -"],
  zoom_usual: ["Mod 0"],
  light: [],
  dark: [],
  theme_system: [],
  english: [],
  french: [],
  language_system: [],
  sample_enter: [],
  sample_leave: [],
  quit: ["Mod q"],
} as const satisfies Record<string, readonly string[]>;

export type Act = keyof typeof ACTS;
export type Head = "move" | "story" | "many" | "go" | "digest" | "source" | "people" | "figures" | "all" | "window";

/** The acts in groups, in order: the sheet shows those with keys, the palette all of them. */
export const SHEET: { head: Head; acts: Act[] }[] = [
  {
    head: "move",
    acts: ["next", "previous", "down", "up", "toggle", "page", "page_back", "back", "tree_next", "tree_previous", "tree_open"],
  },
  { head: "story", acts: ["star", "skip", "put_off", "read", "full", "original", "share", "why", "like", "dislike", "apart", "join"] },
  {
    head: "many",
    acts: ["pick", "pick_down", "pick_up", "pick_all", "pick_none", "picked_move", "picked_refresh", "picked_unfollow"],
  },
  {
    head: "go",
    acts: [
      "today", "starred", "shared", "past", "left_out", "sources", "people", "trends", "room", "taste", "weights", "learned",
      "search",
    ],
  },
  { head: "digest", acts: ["shorten_5", "shorten_10", "shorten_20", "whole", "again", "more", "export_digest", "all_tomorrow", "let_all_go"] },
  {
    head: "source",
    acts: [
      "source_refresh", "source_site", "source_rename", "source_move", "source_person", "source_login", "source_logout",
      "source_prefer", "source_full", "source_lift", "mode_all", "mode_digest", "mode_nuggets", "mode_no_relays", "mode_daily_1",
      "mode_daily_3", "mode_daily_5", "mode_muted", "source_unfollow", "folder_new", "folder_rename", "folder_up", "folder_down",
    ],
  },
  { head: "people", acts: ["import_people", "find_people", "pause_people", "follow_people", "export_people", "export_found"] },
  {
    head: "figures",
    acts: [
      "room_apply", "room_undo", "export_trends", "export_volume", "export_hours", "erase_trends", "rule_mute", "rule_always", "rule_notify", "rule_star",
      "rule_file", "forget_taste",
    ],
  },
  { head: "all", acts: ["palette", "refresh", "stop", "add", "import", "circle", "account", "export", "export_accounts", "undo", "help", "settings", "reading", "network", "privacy", "data", "offline", "online"] },
  { head: "window", acts: ["zoom_in", "zoom_out", "zoom_usual", "light", "dark", "theme_system", "english", "french", "language_system", "sample_enter", "sample_leave", "quit"] },
];

/** How long `g` waits for its second key. */
const PREFIX_MS = 1500;

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey"> & { shiftKey?: boolean; getModifierState?: (key: string) => boolean };

export class Keys {
  #prefixed = -Infinity;

  /** The act of this press; null when it means nothing here. `at` is when it was pressed, in milliseconds. */
  act(press: Press, at: number): Act | null {
    if (press.altKey) return press.ctrlKey || press.metaKey ? null : stroke(`Alt ${press.key}`);
    const mod = press.ctrlKey || press.metaKey;
    const prefixed = !mod && at - this.#prefixed < PREFIX_MS;
    this.#prefixed = !mod && !prefixed && named(press) === "g" ? at : -Infinity;
    return stroke(mod ? `Mod ${press.key.toLowerCase()}` : prefixed ? `g ${named(press)}` : named(press));
  }
}

/** The act of a stroke of the table. */
function stroke(pressed: string): Act | null {
  for (const [act, strokes] of Object.entries(ACTS)) if ((strokes as readonly string[]).includes(pressed)) return act as Act;
  return null;
}

/** A letter is large with Shift, and only so: Caps Lock means nothing here. A key without a letter says so by its name. */
function named(press: Press): string {
  const { key, shiftKey } = press;
  if (/^\p{L}$/u.test(key) && press.getModifierState?.("CapsLock")) return shiftKey ? key.toUpperCase() : key.toLowerCase();
  const name = key === " " ? "Space" : key;
  return shiftKey === true && name.length > 1 ? `Shift ${name}` : name;
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
