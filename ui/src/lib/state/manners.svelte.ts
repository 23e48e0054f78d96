// Gives how the window behaves on this desktop: the tray, the start with the session. The shell keeps it, not the library.

import type { Manners as Shown } from "../backend/backend";
import { asProblem, type App } from "./app.svelte";

export class Manners {
  shown: Shown | null = $state.raw(null);
  #app: App;
  #last: Promise<void> = Promise.resolve();

  constructor(app: App) {
    this.#app = app;
  }

  load(): Promise<void> {
    return this.#take(() => this.#app.backend.manners());
  }

  tray(on: boolean): Promise<void> {
    return this.#take(() => this.#app.backend.setTray(on));
  }

  atLogin(on: boolean): Promise<void> {
    return this.#take(() => this.#app.backend.setAtLogin(on));
  }

  /** One after the other: of two quick choices the last holds. */
  #take(ask: () => Promise<Shown>): Promise<void> {
    this.#last = this.#last.then(async () => {
      try {
        this.shown = await ask();
      } catch (thrown) {
        this.#app.problem = asProblem(thrown);
      }
    });
    return this.#last;
  }
}
