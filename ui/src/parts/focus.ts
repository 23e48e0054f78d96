// Takes the window, keeps the focus in it: what had it may go by what was done with it, or have nothing more to do.

import type { Attachment } from "svelte/attachments";

/** What takes no letters: the window's keys go on to mean what they mean. */
const STOPS = "button:not(:disabled, [tabindex='-1']), a[href], [tabindex='0']";
/** Rows come and go while nobody acts: the first of a list is no place beside one that went. */
const ROWS = "ol, ul, [role=tree]";

/** Where what has the focus is gone, or cannot be pressed any more, the first stop beside it has it; who pressed it in a bar around
 *  the screen is where they were in the screen. Else `enter` finds a place. */
export function keepsFocus(enter: () => void): Attachment<HTMLElement> {
  return (window) => {
    let had: HTMLElement | null = null;
    let home: Element | null = null;
    let inside: HTMLElement | null = null;
    const lost = () => had !== null && (!had.isConnected || had.matches(":disabled"));
    const heard = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      had = target;
      home = target.parentElement;
      if (target.closest("main")) inside = target;
    };
    const mend = () => {
      if (!lost() || document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
      const here = had === inside;
      const beside = here && home?.isConnected && home.closest(ROWS) === null ? home.querySelector<HTMLElement>(STOPS) : null;
      const back = here ? beside : inside;
      had = home = null;
      if (back?.isConnected && !back.matches(":disabled")) back.focus({ preventScroll: true });
      else enter();
    };
    // The page lets go of what cannot have the focus with its next frame, and who acted may give it elsewhere until then.
    const watch = new MutationObserver(() => {
      if (lost()) requestAnimationFrame(() => setTimeout(mend));
    });
    watch.observe(window, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    window.addEventListener("focusin", heard);
    return () => {
      watch.disconnect();
      window.removeEventListener("focusin", heard);
      // What waits for its frame finds nothing to mend.
      had = null;
    };
  };
}
