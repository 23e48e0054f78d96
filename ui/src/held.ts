// Takes the keys that are pressed before there is anything for them to mean, presses them again once there is: in order, once.

/** More than a hand presses before the first stories are there. */
const MOST = 20;

declare global {
  interface Window {
    /** Presses again what was pressed until now, and holds nothing back any more. Not there when it was called. */
    presses?: () => void;
  }
}

/** Holds plain keys back until `window.presses` is called. */
export function holdPresses(): void {
  const held: KeyboardEvent[] = [];
  const hold = (event: KeyboardEvent) => {
    // A key that is still down from what started the program is meant for that; one with Ctrl, or in a field, is not the page's.
    const plain = event.key.length === 1 && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || (event.target instanceof Element && event.target.matches("input, textarea, select"))) return;
    event.stopImmediatePropagation();
    if (held.length < MOST) held.push(event);
  };
  addEventListener("keydown", hold, true);
  window.presses = () => {
    removeEventListener("keydown", hold, true);
    delete window.presses;
    for (const { key, code, shiftKey } of held)
      (document.activeElement ?? document).dispatchEvent(new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }));
  };
}
