// Takes a stroke of the table of acts ("g t", "Mod k", "S"), gives the keys as they are named to the reader.

import { t } from "./t.svelte";

/** "Ctrl", "k"; "Shift", "s"; "g", "t". */
export function keysOf(stroke: string): string[] {
  return stroke.split(" ").flatMap((key) => {
    if (key === "Mod") return [navigator.userAgent.includes("Mac") ? "⌘" : t("ui.keys.mod")];
    if (key === "Enter") return [t("ui.keys.enter")];
    if (key === "Escape") return [t("ui.keys.escape")];
    return /^\p{Lu}$/u.test(key) ? [t("ui.keys.shift"), key.toLowerCase()] : [key];
  });
}

/** The first stroke of an act in a tip: "Shift s"; nothing for an act without keys. */
export function tip(strokes: readonly string[]): string {
  return strokes[0] === undefined ? "" : keysOf(strokes[0]).join(" ");
}
