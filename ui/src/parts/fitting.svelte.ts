// Takes a bar whose words may be too long for it, gives it the class `tight` where they are: words differ by language, the room
// by zoom and panes, so that no width of a window says it. Never draws.

import type { Attachment } from "svelte/attachments";

/** Measures again when the bar is resized, and when its words, which `of` gives, are others: a word that is pressed becomes
 *  another. Words that were measured in this room are not again: what is measured is laid out without the class, and all that
 *  stands below the bar is drawn anew. */
export function fitting(of: () => string): Attachment<HTMLElement> {
  return (bar) => {
    const measured = new Map<string, boolean>();
    let words = "";
    const fit = () => {
      let tight = measured.get(words);
      if (tight === undefined) {
        bar.classList.remove("tight");
        tight = bar.scrollWidth > bar.clientWidth + 1;
        measured.set(words, tight);
      }
      bar.classList.toggle("tight", tight);
    };
    const anew = () => {
      measured.clear();
      fit();
    };
    $effect(() => {
      words = of();
      fit();
    });
    const watch = new ResizeObserver(anew);
    watch.observe(bar);
    // Words are wider or narrower once the shipped letters are there.
    void document.fonts?.ready.then(anew);
    return () => watch.disconnect();
  };
}
