// Takes a bar whose words may be too long for it, gives it the class `tight` where they are: words differ by language, the room
// by zoom and panes, so that no width of a window says it. Never draws.

import type { Attachment } from "svelte/attachments";

/** Measures again when the bar is resized, and when what `of` reads changes: a word that is pressed becomes another. */
export function fitting(of: () => unknown): Attachment<HTMLElement> {
  return (bar) => {
    const measure = () => {
      bar.classList.remove("tight");
      bar.classList.toggle("tight", bar.scrollWidth > bar.clientWidth + 1);
    };
    $effect(() => {
      of();
      measure();
    });
    const watch = new ResizeObserver(measure);
    watch.observe(bar);
    // Words are wider or narrower once the shipped letters are there.
    void document.fonts?.ready.then(measure);
    return () => watch.disconnect();
  };
}
