// People of an address book: brought in, looked for stage by stage, followed, refused, and everything that can be undone.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import type { ContactView } from "../lib/backend/contract";
import { open, press, settle } from "./window";

const { people, after, import: brought } = golden.contacts;
const of = (standing: ContactView["standing"]) => people.find((person) => person.standing === standing) ?? people[0];
const found = of("found") as ContactView;
const unsure = of("unsure") as ContactView;
const SENTENCE = `Of ${people.length} people, ${after.found} can be followed, ${after.unsure} are to be confirmed, ${after.missing} were not found.`;
const button = (name: string | RegExp) => screen.findByRole("button", { name });
const at = (person: ContactView) => `#/people/${person.id}`;

test("without contacts the page says what to do, and the sample offers its address book", async () => {
  await open("language=en", "#/people", "Which of the people you know could you follow?");
  await fireEvent.click(await button("Try it with a made-up address book"));
  expect(await screen.findByText(new RegExp(`${brought.added} new people are among your contacts\\.`))).toBeTruthy();
  expect(screen.getByText(`line ${brought.skipped[0]?.line}`)).toBeTruthy();
  await fireEvent.click(await button("See them"));
  expect(await screen.findByText(`${people.length} people. Nobody has been looked for yet.`)).toBeTruthy();
});

test("stages say what they send, are switched on one by one, and what they would ask is counted", async () => {
  const house = await open("contacts&language=en", "#/people", "How they are looked for");
  const usual = house.hunt.requests;
  expect(screen.getByText("Sends each mail address to the server of its own domain.")).toBeTruthy();
  const gravatar = screen.getByRole<HTMLInputElement>("switch", { name: "Gravatar" });
  expect(gravatar.checked).toBe(false);
  await fireEvent.click(gravatar);
  expect(house.hunt.requests).toBeGreaterThan(usual);
  await fireEvent.click(await button("Look for them"));
  expect(await screen.findByText(SENTENCE)).toBeTruthy();
  expect(screen.getByText(new RegExp(`${after.sent} requests were sent\\.`))).toBeTruthy();
});

test("a search is paused, waits, goes on, and can be given up", async () => {
  const house = await open("contacts&held&language=en", "#/people", "How they are looked for");
  await fireEvent.click(await button("Look for them"));
  await screen.findByText(/questions · /);
  await waitFor(() => expect(house.app.search?.done).toBeGreaterThan(0));
  await fireEvent.click(await button("Pause"));
  expect(await screen.findByText(/Stopped\. What was found is kept\./, { selector: ".acts p" })).toBeTruthy();
  expect(await button("Go on")).toBeTruthy();
  await fireEvent.click(await button("Give up"));
  expect(await button("Look for them")).toBeTruthy();
});

test("a running search is given up with one press, and waits for nobody", async () => {
  const house = await open("contacts&held&language=en", "#/people", "How they are looked for");
  await fireEvent.click(await button("Look for them"));
  await waitFor(() => expect(house.app.search?.done).toBeGreaterThan(0));
  await fireEvent.click(await button("Give up"));
  expect(await button("Look for them")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Give up" })).toBeNull();
  expect(house.contacts.report?.unfinished).toBe(false);
});

test("every other screen says that a search runs, and leads to it", async () => {
  const house = await open("contacts&held&language=en", "#/people", "How they are looked for");
  await fireEvent.click(await button("Look for them"));
  await waitFor(() => expect(house.app.search?.done).toBeGreaterThan(0));
  house.go("starred");
  expect(await screen.findByText(/Looking for people: /)).toBeTruthy();
  await fireEvent.click(await button("See"));
  expect(await screen.findByText("How they are looked for")).toBeTruthy();
  expect(screen.queryByText(/Looking for people: /)).toBeNull();
  house.go("starred");
  await screen.findByText(/Looking for people: /);
  await fireEvent.click(await button("Pause"));
  await waitFor(() => expect(house.hunt.running).toBe(false));
  expect(screen.queryByText(/Looking for people: /)).toBeNull();
});

test("a search that another program runs is told, and none is begun beside it", async () => {
  const house = await open("contacts&language=en", "#/people", "How they are looked for");
  house.app.searchElsewhere = { work: "contacts", done: 3, total: 9, current: "site", new_posts: 0, failed: 0, silent: false };
  expect(await screen.findByText("Another program is searching on this library: 3 of 9 questions.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Look for them" })).toBeNull();
});

test("the list is narrowed by words and by what became of somebody", async () => {
  await open("found&language=en", "#/people", SENTENCE);
  const listed = () => document.querySelectorAll(".list ol > li").length;
  await fireEvent.click(await button(`To confirm: ${after.unsure}`));
  await waitFor(() => expect(listed()).toBe(after.unsure));
  await fireEvent.click(await button(`All: ${people.length}`));
  await fireEvent.input(screen.getByLabelText("Search for a name, an address, a group"), { target: { value: found.name } });
  await waitFor(() => expect(listed()).toBe(1));
});

test("somebody is followed and refused by keys, and both are undone", async () => {
  const house = await open("found&language=en", at(found), found.name);
  await waitFor(() => expect(house.contacts.best(house.contacts.person)).not.toBeNull());
  expect(screen.getAllByRole("list", { name: /^Why / })[0]?.children.length).toBeGreaterThan(1);
  await press("s");
  await waitFor(() => expect(house.contacts.person?.matches[0]?.followed).toBe(true));
  await fireEvent.click(await button("Undo"));
  await settle();
  house.go("people", { id: unsure.id });
  await waitFor(() => expect(house.contacts.person?.id).toBe(unsure.id));
  await press("e");
  await waitFor(() => expect(house.contacts.person?.matches[0]?.not).toBe(true));
  expect(await screen.findByText(/will not be offered again/)).toBeTruthy();
  await fireEvent.click(await button("Undo"));
  await waitFor(() => expect(house.contacts.person?.matches[0]?.not).toBe(false));
});

test("x ticks who is open, to be followed with others", async () => {
  const house = await open("found&language=en", at(found), found.name);
  await waitFor(() => expect(house.contacts.person?.id).toBe(found.id));
  await press("x");
  expect([...house.contacts.ticked]).toEqual([found.id]);
  await press("x");
  expect(house.contacts.ticked.size).toBe(0);
});

test("the list is walked by keys, and Escape goes back to the whole", async () => {
  const house = await open("found&language=en", "#/people", SENTENCE);
  await press("j");
  const first = house.route.place.id;
  expect(first).not.toBeNull();
  await press("j");
  expect(house.route.place.id).not.toBe(first);
  await press("k");
  expect(house.route.place.id).toBe(first);
  await press("Escape");
  expect(house.route.place.id).toBeNull();
});

test("the walk goes on from where the open one stood when they leave the list", async () => {
  const house = await open("found&language=en", "#/people", SENTENCE);
  await fireEvent.click(await button(`To confirm: ${after.unsure}`));
  await waitFor(() => expect(house.contacts.pages.rows.length).toBe(after.unsure));
  for (let step = 0; step < 3; step += 1) await press("j");
  const listed = house.contacts.pages.rows.map(({ id }) => id);
  expect(house.route.place.id).toBe(listed[2]);
  await waitFor(() => expect(house.contacts.person?.id).toBe(listed[2]));
  const { person } = house.contacts;
  for (const match of person?.matches ?? []) await house.contacts.refuse(person as ContactView, match, true);
  await waitFor(() => expect(house.contacts.pages.rows.map(({ id }) => id)).not.toContain(listed[2]));
  await press("j");
  expect(house.route.place.id).toBe(listed[3]);
});

test("who could not be taken off the list stays, and nothing is offered to undo", async () => {
  const house = await open("found&language=en", at(found), found.name);
  await waitFor(() => expect(house.contacts.person?.id).toBe(found.id));
  const call = house.app.backend.call.bind(house.app.backend);
  house.app.backend.call = ((name: string, ask: never) => (name === "remove_contacts" ? Promise.reject(new Error("full")) : call(name as "contact", ask))) as typeof call;
  await fireEvent.click(await button("Take off the list"));
  await waitFor(() => expect(house.app.problem).not.toBeNull());
  expect([house.app.offer, house.route.place.id]).toEqual([null, found.id]);
});

test("everybody who is sure enough is followed at once, after it was said what that costs", async () => {
  const house = await open("found&language=en", "#/people", SENTENCE);
  await fireEvent.click(await button("Follow the people found…"));
  const sheet = await screen.findByRole("dialog");
  expect(await within(sheet).findByText(/posts a week/)).toBeTruthy();
  await fireEvent.click(within(sheet).getByRole("button", { name: `Follow ${after.found} people` }));
  expect(await button(`Followed: ${after.found}`)).toBeTruthy();
  expect(await button("Ask them for their posts")).toBeTruthy();
  await waitFor(() => expect(house.sources.all.length).toBeGreaterThan(golden.sources.length));
});

test("some are ticked and followed together", async () => {
  await open("found&language=en", "#/people", SENTENCE);
  await fireEvent.click(await screen.findByRole("checkbox", { name: `Choose ${found.name}` }));
  await fireEvent.click(await button("Follow 1 person"));
  const sheet = await screen.findByRole("dialog");
  await fireEvent.click(await within(sheet).findByRole("button", { name: "Follow 1 person" }));
  expect(await button("Followed: 1")).toBeTruthy();
});

test("a person is edited, joined and parted, and the files stay", async () => {
  const house = await open("found&language=en", at(found), found.name);
  await fireEvent.click(await button("Edit"));
  await fireEvent.input(await screen.findByLabelText("Whole name"), { target: { value: "Somebody Else" } });
  await fireEvent.click(await button("Keep"));
  expect(await screen.findByRole("heading", { level: 1, name: "Somebody Else" })).toBeTruthy();
  await fireEvent.click(await button("Undo"));
  expect(await screen.findByRole("heading", { level: 1, name: found.name })).toBeTruthy();
  await fireEvent.click(await button("Is the same as…"));
  const sheet = await screen.findByRole("dialog");
  await fireEvent.input(within(sheet).getByRole("searchbox"), { target: { value: unsure.name } });
  await fireEvent.click(await within(sheet).findByRole("button", { name: new RegExp(unsure.name) }));
  await waitFor(() => expect(house.contacts.person?.rows.length).toBe(found.rows.length + unsure.rows.length));
  expect(screen.getAllByRole("button", { name: /is somebody else$/ }).length).toBeGreaterThan(1);
  await fireEvent.click(await button("Undo"));
  await waitFor(() => expect(house.contacts.person?.rows.length).toBe(found.rows.length));
  expect(house.contacts.report?.people).toBe(people.length);
});

test("of a table that nobody knows the reader says what its columns hold, over its first rows", async () => {
  await open("own&strange&language=en", "#/people", "Which of the people you know could you follow?");
  await fireEvent.click(await button("Bring an address book"));
  expect(await screen.findByText(/nobody has been added yet/)).toBeTruthy();
  const { offered } = golden.contacts;
  const choices = screen.getAllByRole<HTMLSelectElement>("combobox");
  expect(choices.map((choice) => choice.value)).toEqual(offered.columns?.columns);
  expect(screen.getByText(offered.columns?.rows[0]?.[0] ?? "?")).toBeTruthy();
  for (const choice of choices) await fireEvent.change(choice, { target: { value: "nothing" } });
  expect((await button("Add these people") as HTMLButtonElement).disabled).toBe(true);
  await fireEvent.change(choices[0] as HTMLSelectElement, { target: { value: "name" } });
  await fireEvent.click(await button("Add these people"));
  expect(await screen.findByText(/new people are among your contacts/)).toBeTruthy();
});

test("forgetting everybody is asked about first", async () => {
  const house = await open("found&language=en", "#/people", SENTENCE);
  await fireEvent.click(await button("Forget them all…"));
  expect(house.contacts.report?.people).toBe(people.length);
  await fireEvent.click(await button("Forget everybody"));
  expect(await screen.findByText("Which of the people you know could you follow?")).toBeTruthy();
});

test.each([
  ["fr", "Peuvent être suivis"],
  ["en", "Can be followed"],
])("the page is in %s", async (language, words) => {
  await open(`found&language=${language}`, "#/people", new RegExp(words));
});
