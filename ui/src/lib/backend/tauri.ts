// Gives the engine in the real window: one command `call`, the events it tells, and the desk's own commands.
// Only this file knows Tauri, and `early.ts`, which asks before the program is read.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import type { Answer, Ask, Backend, Command, Desk, Manners } from "./backend";
import type { BackupView, Event, WholeExport } from "./contract";

export function tauri(): Backend {
  return {
    call: <C extends Command>(name: C, ask: Ask<C>) => early<Answer<C>>(name, ask) ?? invoke<Answer<C>>("call", { name, ask }),
    hear: (listener) => until(listen<Event>("told", (told) => listener(told.payload))),
    desk: () => early<Desk>("desk") ?? invoke<Desk>("desk"),
    enterSample: () => invoke("enter_sample"),
    leaveSample: () => invoke("leave_sample"),
    pickFile: () => invoke<string | null>("pick_file"),
    saveFile: (name, text) => invoke<string | null>("save_file", { name, text }),
    savePicture: (name, bytes) => invoke<string | null>("save_picture", { name, bytes: [...bytes] }),
    saveDigest: (digest, format, language, name) => invoke<string | null>("save_digest", { digest, format, language, name }),
    saveBackup: (name) => invoke<BackupView | null>("save_backup", { name }),
    saveWhole: (language, name) => invoke<WholeExport | null>("save_whole", { language, name }),
    writeMail: (subject, text) => invoke("write_mail", { subject, text }),
    manners: () => invoke<Manners>("manners"),
    setTray: (on) => invoke<Manners>("set_tray", { on }),
    setAtLogin: (on) => invoke<Manners>("set_at_login", { on }),
    zoom: (factor) => invoke("zoom", { factor }),
    speak: (language) => void invoke("speak", { language }),
    hearCalls: (today) => until(listen("today", () => today())),
    openLink: (url) => invoke("open_link", { url }),
    print: () => invoke("print"),
    quit: () => invoke("quit"),
    hearDrops: (over, dropped, asked) => {
      // What a start of the program named waits until it is asked for: the first may come before we listen.
      const take = async () => {
        const waiting = await invoke<{ files: string[]; asked: string[] }>("opened");
        if (waiting.files.length > 0) dropped(waiting.files);
        waiting.asked.forEach(asked);
      };
      const opened = listen("opened", () => void take());
      void opened.then(take);
      const drops = getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === "enter") over(true);
        else if (payload.type === "leave") over(false);
        else if (payload.type === "drop") {
          over(false);
          dropped(payload.paths);
        }
      });
      return () => [opened, drops].forEach((listening) => until(listening)());
    },
  };
}

/** What is asked for so long after the page began is asked for anew. */
const EARLY_MS = 30_000;

/** What was asked for before the program was read; once. */
function early<A>(name: string, ask?: unknown): Promise<A> | undefined {
  if (performance.now() > EARLY_MS) delete window.early;
  const { desk, today } = window.early ?? {};
  if (name === "desk") {
    delete window.early?.desk;
    return desk as Promise<A> | undefined;
  }
  if (name !== "today" || today?.ask !== JSON.stringify(ask)) return undefined;
  delete window.early?.today;
  return today.answer as Promise<A>;
}

/** Listening starts with a promise; the window stops it with a function. */
function until(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop());
}
