// Takes a stroke of the table of acts ("g t", "Mod k", "S"), gives the keys as they are named to the reader.

import { t } from "./t.svelte";

const ARROWS: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓" };

/** "Ctrl", "k"; "Shift", "s"; "g", "t". */
export function keysOf(stroke: string): string[] {
  return stroke.split(" ").flatMap((key) => {
    if (key === "Mod") return [navigator.userAgent.includes("Mac") ? "⌘" : t("ui.keys.mod")];
    if (key === "Enter") return [t("ui.keys.enter")];
    if (key === "Escape") return [t("ui.keys.escape")];
    if (key === "Shift") return [t("ui.keys.shift")];
    if (key === "Alt") return ["Alt"];
    if (key === "Space") return [t("ui.keys.space")];
    if (key in ARROWS) return [ARROWS[key] ?? key];
    return /^\p{Lu}$/u.test(key) ? [t("ui.keys.shift"), key.toLowerCase()] : [key];
  });
}

/** The first stroke of an act in a tip: "Shift s"; nothing for an act without keys. */
export function tip(strokes: readonly string[]): string {
  return strokes[0] === undefined ? "" : keysOf(strokes[0]).join(" ");
}

/** The first stroke of an act as `aria-keyshortcuts` takes it: "Shift+S". Two strokes in a row cannot be said there. */
export function shortcut(strokes: readonly string[]): string | undefined {
  const [stroke] = strokes;
  if (stroke === undefined || /^g /.test(stroke)) return undefined;
  return /^\p{Lu}$/u.test(stroke) ? `Shift+${stroke}` : stroke.replace("Mod ", "Control+").replace("Shift ", "Shift+").replace("Alt ", "Alt+");
}
