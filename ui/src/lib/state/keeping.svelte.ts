// Gives what is kept of the reader and where: the library's weight, backups, copies, exports, what can be erased.
// Never restores or erases before the reader was told what it means and said yes.

import type { BackupView, CopyView, LibraryView, Problem } from "../backend/contract";
import { size, speech, t } from "../i18n/t.svelte";
import { asProblem, type App } from "./app.svelte";

/** What can be erased for good, each by itself. */
export const ERASED = ["trends", "places", "taste", "contacts", "pictures"] as const;
export type Erased = (typeof ERASED)[number];

export class Keeping {
  library: LibraryView | null = $state.raw(null);
  copies: CopyView[] = $state.raw([]);
  /** A backup that was looked at: the reader decides. */
  offered: BackupView | null = $state.raw(null);
  /** What is about to be erased: the reader decides. */
  asked: Erased | null = $state(null);
  /** The copy that is about to be erased. */
  leaving: CopyView | null = $state.raw(null);
  /** What goes on, so that nothing else is begun. */
  busy: "backup" | "export" | "look" | "restore" | null = $state(null);
  /** What was done last, in a sentence. */
  said = $state("");
  problem: Problem | null = $state.raw(null);
  #app: App;
  #anew: () => Promise<void>;
  #placeless: () => void;
  /** A sheet is open that says what goes wrong here. */
  #open = false;

  /** `anew` forgets what was shown of the library that was there, `placeless` where the reader was in each story. */
  constructor(app: App, anew: () => Promise<void>, placeless: () => void = () => undefined) {
    this.#app = app;
    this.#anew = anew;
    this.#placeless = placeless;
  }

  /** A sheet shows what is kept. */
  open(): Promise<void> {
    this.#open = true;
    return this.load();
  }

  /** Looks anew at what is kept. */
  async load(): Promise<void> {
    await this.#try(null, async () => {
      [this.library, this.copies] = await Promise.all([this.#app.backend.call("library", null), this.#app.backend.call("copies", null)]);
    });
  }

  close(): void {
    this.#open = false;
    this.offered = this.asked = this.leaving = this.problem = null;
    this.said = "";
  }

  /** Writes a backup where the reader says. */
  async backUp(day: string): Promise<void> {
    await this.#try("backup", async () => {
      const made = await this.#app.backend.saveBackup(`pepites-${day}.db`);
      if (made) this.said = t("ui.data.backed_up", { file: made.file, size: size(made.bytes) });
    });
  }

  /** Writes everything in open formats where the reader says. */
  async exportWhole(day: string): Promise<void> {
    await this.#try("export", async () => {
      const made = await this.#app.backend.saveWhole(speech.language, `pepites-${day}.zip`);
      if (made) this.said = t("ui.data.exported", { file: made.file, size: size(made.bytes) });
    });
  }

  /** Looks at a backup that the reader picks, or at one of the copies; what is in it is offered. */
  async look(file: string | null = null): Promise<void> {
    await this.#try("look", async () => {
      const path = file ?? (await this.#app.backend.pickFile());
      if (path !== null) this.offered = await this.#app.backend.call("look_at_backup", path);
    });
  }

  /** Puts what was offered in the library's place. What was there is kept, and comes back by one undo. */
  async restore(): Promise<void> {
    const { offered } = this;
    if (offered) await this.#restore(offered.file, true);
  }

  async eraseCopy(): Promise<void> {
    const { leaving } = this;
    this.leaving = null;
    if (!leaving) return;
    await this.#try(null, async () => {
      await this.#app.backend.call("erase_copy", leaving.name);
      this.said = t("ui.data.copy_erased", { name: leaving.name });
    });
    await this.load();
  }

  /** Erases what the reader was asked about. */
  async erase(): Promise<void> {
    const { asked } = this;
    this.asked = null;
    if (asked === null) return;
    const { backend } = this.#app;
    await this.#try(null, async () => {
      if (asked === "trends") await backend.call("erase_trends", null);
      else if (asked === "taste") await backend.call("forget_taste", null);
      else if (asked === "contacts") await backend.call("forget_contacts", null);
      else if (asked === "places") {
        // What still waits to be kept would come after.
        this.#placeless();
        await backend.call("erase_places", null);
      } else await backend.call("erase_pictures", null);
      this.said = t(`ui.privacy.erased.${asked}`);
    });
    await this.load();
  }

  async #restore(file: string, undoable: boolean): Promise<boolean> {
    const done = await this.#try("restore", async () => {
      const report = await this.#app.backend.call("restore", file);
      this.offered = null;
      await this.#anew();
      this.said = t("ui.data.restored", { kept: report.kept });
      if (undoable) this.#app.did({ said: t("ui.data.restored_short"), undo: () => this.#restore(report.kept, false) });
    });
    if (!done && !this.#open && this.problem) [this.#app.problem, this.problem] = [this.problem, null];
    await this.load();
    return done;
  }

  /** Whether it was done: not while something else goes on. */
  async #try(busy: Keeping["busy"], act: () => Promise<void>): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = busy;
    if (busy !== null) [this.said, this.problem] = ["", null];
    try {
      await act();
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    } finally {
      this.busy = null;
    }
  }
}
