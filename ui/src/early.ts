// Asks for what the first screen shows while the page's program is still being read: it is there when the program is.
// The digest only where the window starts on today; whoever asks for the same soon after is given that answer, once.
// Keys that are pressed meanwhile are kept until there is a list that they can mean.

import type { DigestAsk } from "./lib/backend/contract";
import { holdPresses } from "./held";

/** As `AS_IT_IS` of the digest asks. */
const today: DigestAsk = { budget: null, again: false, more: false };
const tauri = (window as Partial<Window> & { __TAURI_INTERNALS__?: { invoke: (command: string, ask?: unknown) => Promise<unknown> } })
  .__TAURI_INTERNALS__;

const language = chosen() ?? navigator.language;
const early: NonNullable<Window["early"]> = (window.early = { language });
const words = document.querySelector<HTMLScriptElement>("script[data-words]")?.dataset["words"];
if (words) {
  // The sentences of the language that will be spoken, as far as one knows: `t.svelte.ts` takes them from where this puts them.
  const files = JSON.parse(words) as Record<string, string>;
  const file = files[language.split(/[-_.@]/)[0]?.toLowerCase() ?? ""] ?? files["en"];
  if (file) void import(/* @vite-ignore */ file).catch(() => null);
}

/** The language that the reader chose, where they did: as `Prefs` keeps it. */
function chosen(): string | null {
  try {
    const kept = JSON.parse(localStorage.getItem("pepites.window") ?? "{}") as { language?: unknown } | null;
    return typeof kept?.language === "string" && kept.language !== "system" ? kept.language : null;
  } catch {
    return null;
  }
}

if (tauri && /^(#\/today)?$/.test(location.hash)) {
  const ask = (command: string, given?: unknown) => {
    const answer = tauri.invoke(command, given);
    // Who takes it hears what went wrong.
    answer.catch(() => null);
    return answer;
  };
  early.desk = ask("desk");
  early.today = { ask: JSON.stringify(today), answer: ask("call", { name: "today", ask: today }) };
}

holdPresses();

declare global {
  interface Window {
    /** What was asked for early, until it was taken. */
    early?: { language?: string; desk?: Promise<unknown>; today?: { ask: string; answer: Promise<unknown> } };
  }
}
