// Gives a window on the fake backend, for tests: mounted, its first answers heard, with what a test presses and reads.

import { cleanup, configure, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach } from "vitest";
import { clock, fake } from "../lib/backend/fake";
import { House } from "../lib/state/house.svelte";
import { late } from "../views/late.svelte";
import Window from "../views/Window.svelte";

// jsdom has no layout and no modal sheets: nothing scrolls, and a shown sheet is an open one.
Element.prototype.scrollIntoView = () => {};
globalThis.ResizeObserver = class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};

/** A busy machine is no failure: what is waited for may take this long, and is seen at once when it is there. */
const PATIENCE_MS = 20_000;
configure({ asyncUtilTimeout: PATIENCE_MS });

afterEach(() => {
  cleanup();
  localStorage.clear();
});

/** Opens the window with the fake backend's wish at a place, and waits for `ready` to be seen. */
export async function open(query: string, place: string, ready: string | RegExp): Promise<House> {
  history.replaceState(null, "", place);
  // As they are for a reader, a moment after the start.
  await late.load();
  const house = new House(fake(query), clock);
  render(Window, { house });
  await screen.findAllByText(typeof ready === "string" ? seen(ready) : ready);
  // What is drawn behind the first paint is there too.
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
  await settle();
  return house;
}

/** Finds a text, or a headline of that text, which stands in pieces. */
export const seen = (text: string) => (said: string, element: Element | null) =>
  said === text || (element?.classList.contains("headline") === true && element.textContent.trim() === text);

/** Presses keys one after the other, where the focus is. */
export async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await fireEvent.keyDown(document.activeElement ?? document.body, { key });
    await settle();
  }
}

/** Lets promises and the effects after them run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((go) => setTimeout(go));
}

/** The headline that the reader stands on. */
export function standing(): string {
  return document.querySelector("[aria-current='true']")?.textContent?.trim() ?? "";
}
