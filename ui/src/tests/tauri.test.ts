// The real backend asks the shell by the names that it has: one command for the engine, the desk's own beside it.

import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, expect, test, vi } from "vitest";
import { tauri } from "../lib/backend/tauri";
import { Prefs } from "../lib/state/prefs.svelte";

afterEach(() => {
  clearMocks();
  vi.restoreAllMocks();
  delete window.early;
  location.hash = "";
});

function hear(answer: (command: string, given: unknown) => unknown): [string, unknown][] {
  const heard: [string, unknown][] = [];
  mockIPC((command, given) => {
    heard.push([command, given]);
    return answer(command, given);
  });
  return heard;
}

test("a command of the engine is one call, with its name and what it asks", async () => {
  const heard = hear(() => ({ changed: [4], missing: [] }));
  const report = await tauri().call("mark", { posts: [4], mark: "starred", on: true });
  expect(heard).toEqual([["call", { name: "mark", ask: { posts: [4], mark: "starred", on: true } }]]);
  expect(report).toEqual({ changed: [4], missing: [] });
});

test("a problem of the engine comes through as it is", async () => {
  const problem = { code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } };
  hear(() => Promise.reject(problem));
  await expect(tauri().call("sources", null)).rejects.toEqual(problem);
});

test("the desk's commands have their own names", async () => {
  const heard = hear((command) => (command === "desk" ? { sample: false, language: "fr" } : null));
  const backend = tauri();
  await backend.desk();
  await backend.enterSample();
  await backend.leaveSample();
  await backend.pickFile();
  await backend.saveFile("pepites.opml", "<opml/>");
  await backend.openLink("https://example.org/");
  expect(heard).toEqual([
    ["desk", {}],
    ["enter_sample", {}],
    ["leave_sample", {}],
    ["pick_file", {}],
    ["save_file", { name: "pepites.opml", text: "<opml/>" }],
    ["open_link", { url: "https://example.org/" }],
  ]);
});

const AS_IT_IS = { budget: null, again: false, more: false };

/** Runs what asks before the program is read, so long after the page began. */
async function ask(now: number): Promise<void> {
  vi.spyOn(performance, "now").mockReturnValue(now);
  vi.resetModules();
  await import("../early");
}

test("what was asked for early is given once, and only to who asks for the same", async () => {
  let turn = 0;
  const heard = hear(() => (turn += 1));
  await ask(20);
  expect(heard).toEqual([["desk", undefined], ["call", { name: "today", ask: AS_IT_IS }]]);
  const backend = tauri();
  expect(await backend.call("today", { ...AS_IT_IS, again: true })).toBe(3);
  expect(await backend.call("today", AS_IT_IS)).toBe(2);
  expect(await backend.desk()).toBe(1);
  expect(await backend.call("today", AS_IT_IS)).toBe(4);
  expect(await backend.desk()).toBe(5);
});

test("what was asked for early is old when it is not taken soon", async () => {
  let turn = 0;
  hear(() => (turn += 1));
  await ask(20);
  vi.spyOn(performance, "now").mockReturnValue(30_001);
  expect(await tauri().call("today", AS_IT_IS)).toBe(3);
});

test("a window that does not start on today asks for nothing early, and what goes wrong is told to who asks", async () => {
  const heard = hear(() => Promise.reject({ code: "library_busy" }));
  location.hash = "#/sources/3";
  await ask(20);
  expect([heard, window.early]).toEqual([[], { language: navigator.language }]);
  location.hash = "#/today";
  await ask(20);
  await expect(tauri().call("today", AS_IT_IS)).rejects.toEqual({ code: "library_busy" });
});

test("the language that the reader chose is known early, and else the system's", async () => {
  hear(() => null);
  await ask(10);
  expect(window.early?.language).toBe(navigator.language);
  new Prefs().speak("fr");
  await ask(10);
  expect(window.early?.language).toBe("fr");
  new Prefs().speak("system");
  await ask(10);
  expect(window.early?.language).toBe(navigator.language);
});
