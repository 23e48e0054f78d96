// Gives what the window asks of its backend: the engine's commands, the shell around it, and what it hears.
// Two make it true: tauri.ts (the engine) and fake.ts (the demo world's golden answers, in a browser and in tests).

import type { BackupView, Commands, DigestId, Event, WholeExport } from "./contract";

export type Command = keyof Commands;
export type Ask<C extends Command> = Commands[C][0];
export type Answer<C extends Command> = Commands[C][1];

/** What a digest can be written as. */
export type DigestFormat = "html" | "markdown" | "epub" | "atom";

/** What the shell around the engine is and holds. */
export type Desk = {
  /** The sample library is open, not the reader's own. */
  sample: boolean;
  /** The language that the system asks for: "fr" or "en". */
  language: string;
};

/** How the window behaves on this desktop. */
export type Manners = {
  /** It stays in the tray when it is closed. */
  tray: boolean;
  /** This desktop has a tray. */
  tray_possible: boolean;
  /** It starts with the session. */
  at_login: boolean;
};

export interface Backend {
  /** Runs a command. Rejects with a `Problem`. */
  call<C extends Command>(name: C, ask: Ask<C>): Promise<Answer<C>>;
  /** Hears what the engine tells, until the returned function is called. */
  hear(listener: (event: Event) => void): () => void;
  /** Where we are. */
  desk(): Promise<Desk>;
  /** Opens the sample library, apart from the reader's own. */
  enterSample(): Promise<void>;
  /** Goes back to the reader's own library. */
  leaveSample(): Promise<void>;
  /** Asks for a file to import with the system's dialog; null when the reader changed their mind. */
  pickFile(): Promise<string | null>;
  /** Asks where to save an export; null when the reader changed their mind. Writes the text there. */
  saveFile(name: string, text: string): Promise<string | null>;
  /** The same for a picture: the bytes of a PNG. */
  savePicture(name: string, bytes: Uint8Array): Promise<string | null>;
  /** Asks where to save a digest, writes it there in the reader's language; gives the path, or null. */
  saveDigest(digest: DigestId, format: DigestFormat, language: string, name: string): Promise<string | null>;
  /** Asks where to save a backup and writes it there; null when the reader changed their mind. */
  saveBackup(name: string): Promise<BackupView | null>;
  /** The same for everything in open formats, explained in that language. */
  saveWhole(language: string, name: string): Promise<WholeExport | null>;
  /** Opens a new mail in the reader's own program, with a subject and a text; it sends nothing. */
  writeMail(subject: string, text: string): Promise<void>;
  manners(): Promise<Manners>;
  setTray(on: boolean): Promise<Manners>;
  setAtLogin(on: boolean): Promise<Manners>;
  /** Shows the page enlarged by that factor, 1 being the usual. */
  zoom(factor: number): Promise<void>;
  /** Tells the shell which language the window speaks, for what it says outside of it. */
  speak(language: string): void;
  /** Hears that the reader asks for today's digest from outside: they pressed the notice that it is ready. */
  hearCalls(today: () => void): () => void;
  /** Opens an http or https address in the system's browser. */
  openLink(url: string): Promise<void>;
  /** Leaves the program: what runs is ended, what was done is kept. */
  quit(): Promise<void>;
  /** Opens the system's dialog that prints the page, on paper or as a PDF. */
  print(): Promise<void>;
  /**
   * Hears of files that are dropped on the window (their paths), or hover over it; and of what a link outside (`feed:`)
   * asks to be followed, which the reader has not agreed to yet.
   */
  hearDrops(over: (hovering: boolean) => void, dropped: (paths: string[]) => void, asked: (address: string) => void): () => void;
}
