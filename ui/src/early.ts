// Asks for what the first screen shows while the page's program is still being read: it is there when the program is.
// Only where the window starts on today; whoever asks for the same soon after is given that answer, once.

import type { DigestAsk } from "./lib/backend/contract";

/** As `AS_IT_IS` of the digest asks. */
const today: DigestAsk = { budget: null, again: false, more: false };
const tauri = (window as Partial<Window> & { __TAURI_INTERNALS__?: { invoke: (command: string, ask?: unknown) => Promise<unknown> } })
  .__TAURI_INTERNALS__;

if (tauri && /^(#\/today)?$/.test(location.hash)) {
  const ask = (command: string, given?: unknown) => {
    const answer = tauri.invoke(command, given);
    // Who takes it hears what went wrong.
    answer.catch(() => null);
    return answer;
  };
  window.early = {
    desk: ask("desk"),
    today: { ask: JSON.stringify(today), answer: ask("call", { name: "today", ask: today }) },
  };
}

declare global {
  interface Window {
    /** What was asked for early, until it was taken. */
    early?: { desk?: Promise<unknown>; today?: { ask: string; answer: Promise<unknown> } };
  }
}
