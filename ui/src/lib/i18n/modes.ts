// Takes how much of a source is wanted, gives it in words.

import { t, type Key } from "./t.svelte";

/** "nuggets only", "at most 3 a day". */
export function modeWords(mode: string | { daily: number }): string {
  return typeof mode === "string" ? t(`mode.${mode}` as Key) : t("mode.daily", { count: mode.daily });
}
