// Holds signing in, what an account sees, logging in at a source, and one person with several sources.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden, opened } from "../lib/backend/fake";
import { open } from "./window";

/** Sends the form that a field stands in. */
async function send(label: string): Promise<void> {
  const form = screen.getByLabelText(label).closest("form");
  if (form) await fireEvent.submit(form);
}

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
  const [, sure] = screen.getAllByRole("button", { name: "Sign out" });
  if (sure) await fireEvent.click(sure);
  expect(await screen.findByText(/is signed out, here and on its server/)).toBeTruthy();
  await waitFor(() => expect(house.accounts.all).toHaveLength(0));
});

test("a wrong login is told and not kept, the right one is", async () => {
  const place = golden.places.trouble;
  const house = await open("own&language=en", `#/sources/${place}`, golden.sources.find(({ id }) => id === place)?.title ?? "");
  house.sources.all = house.sources.all.map((each) => (each.id === place ? { ...each, trouble: { key: "trouble.login", values: { host: "a.example", status: 401 } } } : each));
  await fireEvent.click(await screen.findByRole("button", { name: "Log in" }));
  await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "ada" } });
  await fireEvent.input(screen.getByLabelText("Password"), { target: { value: "wrong" } });
  await send("Password");
  expect(await screen.findByText(/does not take this login/)).toBeTruthy();
  await fireEvent.input(screen.getByLabelText("Password"), { target: { value: "right" } });
  await send("Password");
  await waitFor(() => expect(house.sources.source?.login).toBe("basic"));
  await waitFor(() => expect(screen.queryByLabelText("Password")).toBeNull());
});

test("two sources are said to be one person, and it is taken back", async () => {
  const [one, other] = golden.sources;
  if (!one || !other) throw new Error("the demo world has two sources");
  const house = await open("own&language=en", `#/sources/${one.id}`, one.title);
  await fireEvent.click(await screen.findByText(/How it is read/));
  await fireEvent.click(await screen.findByRole("button", { name: "Same person as…" }));
  await fireEvent.input(screen.getByLabelText("Find another source of the same person"), { target: { value: other.address } });
  await fireEvent.click(await screen.findByRole("button", { name: `${other.title} is the same person` }));
  expect(await screen.findByRole("button", { name: `${other.title} is not the same person` })).toBeTruthy();
  expect(house.app.offer?.said).toBe(`“${one.title}” and “${other.title}” are one person.`);
  await house.app.undo();
  expect((await house.sources.people())?.together).toEqual([]);
});

test("an address that wants a login asks for it, keeps what was typed, and tells a wrong one", async () => {
  const house = await open("own&language=en", "#/today", READY);
  house.adding.start();
  house.adding.address = "https://locked.example/feed";
  await house.adding.look();
  const name = await screen.findByLabelText<HTMLInputElement>("Name");
  await fireEvent.input(name, { target: { value: "ada" } });
  await fireEvent.input(screen.getByLabelText("Password"), { target: { value: "wrong" } });
  await send("Password");
  expect(await screen.findByText(/does not take this login/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("ada");
  await fireEvent.input(screen.getByLabelText("Password"), { target: { value: "right" } });
  await send("Password");
  await waitFor(() => expect(screen.queryByLabelText("Password")).toBeNull());
  expect(house.adding.report?.added).toBeTruthy();
});
