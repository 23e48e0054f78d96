// The real backend asks the shell by the names that it has: one command for the engine, the desk's own beside it.

import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, expect, test } from "vitest";
import { tauri } from "../lib/backend/tauri";

afterEach(clearMocks);

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
