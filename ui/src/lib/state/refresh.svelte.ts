// Gives the refresh that runs, how far it is, and what it brought; starts and stops it.

import type { RefreshReport, SourceId } from "../backend/contract";
import type { App } from "./app.svelte";

/** How long what a refresh brought stays on screen. */
const SHOWN_MS = 12_000;

export class Refresh {
  running = $state(false);
  /** It was asked to stop, and finishes what it began. */
  stopping = $state(false);
  report: RefreshReport | null = $state.raw(null);
  #app: App;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  /** `quiet`: that nothing more came is not worth a word, as its posts are there already. */
  async start(only: SourceId[] | null = null, quiet = false): Promise<void> {
    if (this.running) return;
    clearTimeout(this.#timer);
    this.running = true;
    this.stopping = false;
    this.report = null;
    this.#app.progress = null;
    const report = await this.#app.ask("refresh", { due: false, only });
    const silent = quiet && report !== null && report.new_posts === 0 && report.failed.length === 0 && !report.offline;
    this.report = silent ? null : report;
    this.running = false;
    this.#app.progress = null;
    if (report) this.#app.everythingChanged();
    this.#timer = setTimeout(() => (this.report = null), SHOWN_MS);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.#app.ask("stop", "refresh");
  }

  close(): void {
    this.report = null;
  }
}
