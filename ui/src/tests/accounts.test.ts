// Holds signing in, what an account sees, logging in at a source, and one person with several sources.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden, opened } from "../lib/backend/fake";
import { open } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";

test("an account signs in by a code, and its home timeline is followed into a folder", async () => {
  const house = await open("own&language=en", "#/today", READY);
  house.accounts.start();
  const server = await screen.findByLabelText("Your server, or your account on it");
  await fireEvent.input(server, { target: { value: "@ada@quay.example" } });
  await fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText("Say yes in your browser, on the page of quay.example.")).toBeTruthy();
  expect(opened.at(-1)).toContain("https://quay.example/oauth/authorize");
  const code = screen.getByLabelText("The code that it shows");
  await fireEvent.input(code, { target: { value: "12" } });
  await fireEvent.click(screen.getByRole("button", { name: "Use the code" }));
  expect(await screen.findByText(/no longer takes this code/)).toBeTruthy();
  await fireEvent.input(screen.getByLabelText("The code that it shows"), { target: { value: "1234" } });
  await fireEvent.click(screen.getByRole("button", { name: "Use the code" }));
  expect(await screen.findByText("@ada@quay.example is signed in. Choose what to follow.")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Home timeline").checked).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>("The sea").checked).toBe(false);
  await fireEvent.click(screen.getByRole("button", { name: "Follow 1" }));
  expect(await screen.findByText("1 timeline is followed now.", { selector: ".told" })).toBeTruthy();
  expect(house.app.offer?.said).toBe("1 timeline is followed now.");
});

test("who leaves the signing in is told nothing, and can begin again", async () => {
  const house = await open("own&language=en", "#/today", READY);
  house.accounts.start();
  await fireEvent.input(await screen.findByLabelText("Your server, or your account on it"), { target: { value: "quay.example" } });
  await fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByText(/Say yes in your browser/);
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByLabelText("Your server, or your account on it")).toBeTruthy();
  expect(house.accounts.problem).toBeNull();
});

test("signing out is asked about first", async () => {
  const house = await open("own&account&language=en", "#/today", READY);
  house.accounts.start();
  await fireEvent.click(await screen.findByRole("button", { name: "Sign out" }));
  expect(screen.getByText(/is signed out on its server too/)).toBeTruthy();
  expect(house.accounts.all).toHaveLength(1);
  await fireEvent.click(screen.getAllByRole("button", { name: "Sign out" }).at(-1)!);
  expect(await screen.findByText(/is signed out, here and on its server/)).toBeTruthy();
  await waitFor(() => expect(house.accounts.all).toHaveLength(0));
});

test("a wrong login is told and not kept, the right one is", async () => {
  const house = await open("own&language=en", `#/sources/${golden.places.trouble}`, golden.sources.find(({ id }) => id === golden.places.trouble)?.title ?? "");
  const locked = house.sources.all.find(({ id }) => id === golden.places.trouble)!;
  house.sources.all = house.sources.all.map((each) => (each === locked ? { ...each, trouble: { key: "trouble.login", values: { host: "a.example", status: 401 } } } : each));
  await fireEvent.click(await screen.findByRole("button", { name: "Log in" }));
  await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "ada" } });
  await fireEvent.input(screen.getByLabelText("Password"), { target: { value: "wrong" } });
  await fireEvent.submit(screen.getByLabelText("Password").closest("form")!);
  expect(await screen.findByText(/does not take this login/)).toBeTruthy();
  await fireEvent.input(screen.getByLabelText("Password"), { target: { value: "right" } });
  await fireEvent.submit(screen.getByLabelText("Password").closest("form")!);
  await waitFor(() => expect(house.sources.source?.login).toBe("basic"));
  await waitFor(() => expect(screen.queryByLabelText("Password")).toBeNull());
});

test("two sources are said to be one person, and it is taken back", async () => {
  const [one, other] = golden.sources;
  const house = await open("own&language=en", `#/sources/${one!.id}`, one!.title);
  await fireEvent.click(await screen.findByRole("button", { name: "Same person as…" }));
  await fireEvent.input(screen.getByLabelText("Find another source of the same person"), { target: { value: other!.address } });
  await fireEvent.click(await screen.findByRole("button", { name: `${other!.title} is the same person` }));
  expect(await screen.findByRole("button", { name: `${other!.title} is not the same person` })).toBeTruthy();
  expect(house.app.offer?.said).toBe(`“${one!.title}” and “${other!.title}” are one person.`);
  await house.app.undo();
  expect((await house.sources.people())?.together).toEqual([]);
});
