// What a reader sees of a story: who tells it, what each adds, what stays down, and that their word on it is obeyed and undone.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { pieces } from "../parts/found";
import { open, press, settle } from "./window";
import { moment } from "../lib/state/asked";

const READY = golden.today.entries[0]?.face.title ?? "";
const storyOf = (post: number) => golden.stories[post];
/** A story of today that several tell, one of which adds something. */
const told = golden.today.entries.find(({ face }) => storyOf(face.post)?.tellings.some(({ adds }) => adds !== null));
if (!told) throw new Error("no story of today has a telling that adds something");
const whole = storyOf(told.face.post);
if (!whole) throw new Error("no story");
const others = whole.tellings.filter(({ line, also }) => ![line, ...also].some(({ post }) => post === told.face.post));
const adding = others.find(({ adds }) => adds !== null) ?? others[0];
if (!adding) throw new Error("nobody else tells it");

const notes = () => screen.getByRole("complementary", { name: "Side notes" });
const titles = () => [...notes().querySelectorAll("[data-telling] .title")].map((title) => title.textContent?.trim());

test("who else tells a story stands in its margin, with what each adds marked", async () => {
  const house = await open("language=en", "#/today", READY);
  await house.reading.open(told.face.post);
  await waitFor(() => expect(titles()).toEqual(others.map(({ line }) => line.title)));
  const marked = pieces(adding.adds ?? "").filter(({ found }) => found);
  expect(marked.length).toBeGreaterThan(0);
  const row = notes().querySelector(`[data-telling="${adding.line.post}"]`);
  expect([...(row?.querySelectorAll("mark") ?? [])].map((mark) => mark.textContent)).toEqual(marked.map(({ text }) => text));
});

test("opened in place, it says what each adds", async () => {
  await open("language=en", "#/today", READY);
  const row = document.querySelector(`li[data-post="${told.face.post}"]`);
  const fold = row?.querySelector(".fold");
  if (!row || !fold) throw new Error("nothing to unfold");
  await fireEvent.click(fold);
  await waitFor(() => expect(row.querySelectorAll("mark").length).toBeGreaterThan(0));
});

test("why two are together is a press away, and so is that they are not, with undo", async () => {
  const house = await open("language=en", "#/today", READY);
  await house.reading.open(told.face.post);
  await waitFor(() => expect(titles()).toHaveLength(others.length));
  const row = notes().querySelector<HTMLElement>(`[data-telling="${adding.line.post}"]`);
  if (!row) throw new Error("no row");
  // Its copies, which stand beneath it, can be asked too.
  const [ask] = within(row).getAllByRole("button", { name: /^Why together/ });
  await fireEvent.click(ask ?? row);
  await waitFor(() => expect(row.textContent).toContain("One story: "));
  await fireEvent.click(within(row).getByRole("button", { name: "This one does not belong here" }));
  await waitFor(() => expect(titles()).toHaveLength(others.length - 1));
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(titles()).toHaveLength(others.length));
});

test("why another is here is asked anew when one was put out", async () => {
  const [several] = golden.today.entries.map(({ face }) => storyOf(face.post)).filter((story) => (story?.tellings.length ?? 0) > 2);
  if (!several) throw new Error("no story of today has three tellings");
  const [gone, stays] = several.tellings.filter(({ line, also }) => ![line, ...also].some(({ post }) => post === several.face));
  if (!gone || !stays) throw new Error("no two others");
  const house = await open("language=en", "#/today", READY);
  await house.reading.open(several.face);
  const row = ({ line }: typeof gone) => notes().querySelector<HTMLElement>(`[data-telling="${line.post}"]`);
  const said = (telling: typeof gone) => row(telling)?.querySelector(".why")?.textContent ?? "";
  await waitFor(() => expect(row(stays)).toBeTruthy());
  for (const telling of [stays, gone]) {
    await fireEvent.click(row(telling)?.querySelector(".ask") ?? document.body);
    await waitFor(() => expect(said(telling)).toContain("One story: "));
  }
  await fireEvent.click(row(gone)?.querySelector(".why button") ?? document.body);
  await waitFor(() => expect(row(gone)).toBeNull());
  expect(said(stays)).toBe("");
  await fireEvent.click(row(stays)?.querySelector(".ask") ?? document.body);
  await waitFor(() => expect(said(stays)).toContain("One story: "));
});

test("an undo that brings nothing back says so", async () => {
  const house = await open("language=en", "#/today", READY);
  await house.reading.open(told.face.post);
  await waitFor(() => expect(titles()).toHaveLength(others.length));
  await house.stories.apart(told.face.post, adding.line);
  const { backend } = house.app;
  const call = backend.call.bind(backend);
  backend.call = ((name: string, ask: never) =>
    name === "apart" ? Promise.resolve({ moved: [], found: true }) : call(name as never, ask)) as typeof backend.call;
  await house.app.undo();
  expect(house.app.problem?.detail.key).toBe("problem.missing.moved");
  expect(house.app.undoable).toBe(false);
});

/** A story whose face has copies. */
const copied = golden.today.entries.find(({ face }) => storyOf(face.post)?.tellings.some(({ line, also }) => line.post === face.post && also.length > 0));

test("a copy can be opened, asked why it is here, and put out", async () => {
  const copy = copied && storyOf(copied.face.post)?.tellings.find(({ line }) => line.post === copied.face.post)?.also[0];
  if (!copied || !copy) throw new Error("no story of today has a copy");
  const house = await open("language=en", "#/today", READY);
  await house.reading.open(copied.face.post);
  const row = await waitFor(() => {
    const found = notes().querySelector<HTMLElement>(`[data-telling="${copy.post}"]`);
    if (!found) throw new Error("no row");
    return found;
  });
  expect(row.textContent).toContain(copy.source_title);
  await fireEvent.click(within(row).getByRole("button", { name: /^Why together/ }));
  await waitFor(() => expect(row.textContent).toContain("One story: "));
  await fireEvent.click(within(row).getByRole("button", { name: "This one does not belong here" }));
  await waitFor(() => expect(notes().querySelector(`[data-telling="${copy.post}"]`)).toBeNull());
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(notes().querySelector(`[data-telling="${copy.post}"]`)).toBeTruthy());
  await fireEvent.click(notes().querySelector(`[data-telling="${copy.post}"] .telling`) ?? row);
  await waitFor(() => expect(house.reading.post?.line.post).toBe(copy.post));
});

test("who opened the odd one out puts that one out, and not those that belong", async () => {
  const house = await open("language=en", "#/today", READY);
  await house.reading.open(adding.line.post);
  const asked: unknown[] = [];
  const { backend } = house.app;
  const call = backend.call.bind(backend);
  backend.call = ((name: string, ask: never) => {
    if (name === "apart") asked.push(ask);
    return call(name as never, ask);
  }) as typeof backend.call;
  await fireEvent.click(await within(notes()).findByRole("button", { name: "The open one does not belong here" }));
  await waitFor(() => expect(asked).toEqual([{ one: told.face.post, other: adding.line.post, undo: false }]));
});

test("figures count sources, each once", async () => {
  const house = await open("language=en", "#/today", READY);
  await house.reading.open(told.face.post);
  const count = new Set(others.flatMap(({ line, also }) => [line, ...also]).map(({ source }) => source)).size;
  expect(await within(notes()).findByRole("heading", { name: count === 1 ? "Also told by 1 source" : `Also told by ${count} sources` })).toBeTruthy();
});

test("d puts the telling that has the focus out, and b brings another in", async () => {
  const house = await open("language=en", "#/today", READY);
  await house.reading.open(told.face.post);
  await waitFor(() => expect(titles()).toHaveLength(others.length));
  notes().querySelector<HTMLElement>(`[data-telling="${adding.line.post}"] .telling`)?.focus();
  await press("d");
  await waitFor(() => expect(titles()).toHaveLength(others.length - 1));
  await press("b");
  const sheet = await screen.findByRole("dialog", { name: "Belongs with another story" });
  const [word = ""] = Object.keys(golden.search);
  await fireEvent.input(within(sheet).getByRole("searchbox"), { target: { value: word } });
  const [hit] = (golden.search[word] ?? []).filter(({ line }) => !whole.tellings.some((telling) => telling.line.post === line.post));
  if (!hit) throw new Error("nothing found");
  const found = () =>
    [...sheet.querySelectorAll<HTMLElement>(".hit")].find((row) => row.querySelector(".title")?.textContent?.trim() === hit.line.title);
  await waitFor(() => expect(found()).toBeTruthy());
  await fireEvent.click(found() ?? sheet);
  await waitFor(() => expect(sheet.textContent).toContain("Two stories: "));
  await fireEvent.click(within(sheet).getByRole("button", { name: "They belong together" }));
  await waitFor(() => expect(titles()).toContain(hit.line.title));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("reading one puts the others down, undo brings all back, and m brings back one alone", async () => {
  const house = await open("language=en", "#/today", READY);
  const relay = adding.line;
  house.marks.learn([relay], moment());
  await house.marks.toggle(told.face, "read");
  expect(house.marks.of(relay)).toMatchObject({ relay: true, read: false });
  await house.app.undo();
  expect(house.marks.of(relay).relay).toBe(false);
  expect(house.marks.of(told.face).read).toBe(false);
  await house.marks.toggle(told.face, "read");
  await house.marks.toggle(relay, "read");
  expect(house.marks.of(relay)).toMatchObject({ relay: false, read: false });
  expect(house.marks.of(told.face).read).toBe(true);
  await settle();
});

test("a source that is preferred says so", async () => {
  const house = await open("language=en", `#/sources/${golden.places.whole}`, /How it is read/);
  await fireEvent.click(screen.getByText(/How it is read/));
  await fireEvent.click(screen.getByLabelText("Show its telling first when several tell a story"));
  expect(await screen.findByText(/told first/)).toBeTruthy();
  expect(house.sources.source?.preferred).toBe(true);
});
