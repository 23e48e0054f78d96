// An import shows that it runs, can be stopped, and is undone as everything else is, with a word on what stays.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { open, press, settle } from "./window";

const WELCOME = /your sources/i;
const FILE = golden.import.file;

test("an import that takes long says how far it is, and is stopped by a press: nothing was changed", async () => {
  const house = await open("language=en&empty&own&held", "#/today", WELCOME);
  const taken = house.importing.take(`/home/ada/${FILE}`);
  await screen.findByText(`Reading ${FILE}…`);
  await screen.findByText("62 of 155");
  await fireEvent.click(await screen.findByRole("button", { name: "Stop the import" }));
  await taken;
  await screen.findByText("It was stopped: nothing was changed.");
  expect(house.importing.busy).toBe(false);
  expect(house.importing.report).toBeNull();
  expect(house.app.problem).toBeNull();
});

test("an import is undone by the key that undoes all else, once its report is closed", async () => {
  const house = await open("language=en&empty&own", "#/today", WELCOME);
  await house.importing.take(`/home/ada/${FILE}`);
  await screen.findByRole("heading", { name: `Import of ${FILE}` });
  house.importing.close();
  await settle();
  const brought = `${FILE} brought ${golden.import.added.length} sources.`;
  await screen.findByText(brought);
  expect(house.sources.all.length).toBeGreaterThan(0);
  await fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
  await screen.findByText(`Undone: ${brought}`);
  await waitFor(() => expect(house.sources.all).toEqual([]));
});

test("the report takes its own import back, and says what stays and why", async () => {
  const house = await open("language=en&empty&own&touched", "#/today", WELCOME);
  await house.importing.take(`/home/ada/${FILE}`);
  await fireEvent.click(await screen.findByRole("button", { name: "Take the import back" }));
  const kept = golden.sources[0]?.title ?? "?";
  await screen.findByText((said) => said.includes(`1 stays: ${kept} (you starred`));
  expect(house.importing.report).toBeNull();
  await press("Escape");
  expect(house.app.undoable).toBe(false);
});
