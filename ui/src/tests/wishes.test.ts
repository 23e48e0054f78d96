// What the reader asks for: rules from a story and from their page, weights tried before they are kept, a taste unlearned.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { golden } from "../lib/backend/fake";
import { reasonsOf } from "../lib/state/made_of";
import { reasonOf, telling } from "../parts/words";
import { open, press } from "./window";
import { moment } from "../lib/state/asked";

const READY = golden.today.entries[0]?.face.title ?? "";
const BOLD = golden.wishes.rules.find((rule) => rule.wish === "like" && rule.kind === "tag")?.shown ?? "?";

test("a story's why shows its parts, and takes wishes about what it is made of", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("j");
  await waitFor(() => expect(house.reading.post).not.toBeNull());
  await press("w");
  const table = await screen.findByRole("table");
  expect(within(table).getAllByRole("row").length).toBeGreaterThan(5);
  const before = house.wishes.rules?.length ?? golden.wishes.rules.length;
  const title = house.reading.post?.line.source_title ?? "?";
  const group = await screen.findByRole("group", { name: title });
  await fireEvent.click(within(group).getByRole("button", { name: "Less" }));
  await waitFor(() => expect(within(group).getByRole("button", { name: "Less" }).getAttribute("aria-pressed")).toBe("true"));
  expect(await screen.findByText(`From the next digest on: less of “${title}”.`)).toBeTruthy();
  await fireEvent.click(within(group).getByRole("button", { name: "Less" }));
  await waitFor(() => expect(house.wishes.of("source", String(house.reading.post?.line.source))).toBeNull());
  expect(house.wishes.rules?.length).toBeLessThanOrEqual(before);
});

test("more like this asks for what the story stands there for, says so, and is taken back by the same key", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("j");
  await waitFor(() => expect(house.reading.post).not.toBeNull());
  const about = house.alike;
  expect(about.length).toBeGreaterThan(0);
  const asked = (wish: string | null) => about.every(({ kind, name }) => (house.wishes.of(kind, name)?.wish ?? null) === wish);
  const before = about.map(({ kind, name }) => house.wishes.of(kind, name)?.wish ?? null);
  await fireEvent.click(await screen.findByRole("button", { name: "Less like this" }));
  await waitFor(() => expect(asked("dislike")).toBe(true));
  expect(await screen.findByText(/^From the next digest on: less of “/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Less like this" }).getAttribute("aria-pressed")).toBe("true");
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(about.map(({ kind, name }) => house.wishes.of(kind, name)?.wish ?? null)).toEqual(before));
  await press("-");
  await waitFor(() => expect(asked("dislike")).toBe(true));
  await press("-");
  await waitFor(() => expect(asked(null)).toBe(true));
});

test("none of a word, asked at a story, lets the story go too, and one undo brings both back", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("j");
  await waitFor(() => expect(house.reading.post).not.toBeNull());
  await press("w");
  const source = await screen.findByRole("group", { name: house.reading.post?.line.source_title ?? "?" });
  const rule = house.wishes.of("source", String(house.reading.post?.line.source))?.wish ?? null;
  await fireEvent.click(within(source).getByRole("button", { name: "None" }));
  expect(await screen.findByText(/This story is skipped\.$/)).toBeTruthy();
  const line = house.reading.post?.line;
  if (!line) throw new Error("nothing is open");
  expect(house.marks.of(line).skipped).toBe(true);
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(house.marks.of(line).skipped).toBe(false));
  expect(house.wishes.of("source", String(line.source))?.wish ?? null).toBe(rule);
});

test("a story's reasons name what is liked in it", () => {
  const view = Object.values(golden.posts).find(({ line, tags }) => line.author !== null && tags.length > 0);
  if (!view) throw new Error("no post has an author and tags");
  const [word = ""] = telling(view.line.title);
  const part = (signal: string, key: string, values = {}) => ({ signal, value: 1, weight: 1, points: 1, reason: { key, values } });
  const kinds = (parts: Parameters<typeof reasonsOf>[1]) => reasonsOf(view, parts).map(({ kind, name }) => `${kind} ${name}`);
  expect(kinds([part("substance", "reason.substance", { count: 900 })])).toEqual([`person ${view.line.author}`, `tag ${view.tags[0]}`]);
  expect(kinds([part("yield", "reason.yield_stars", { count: 3 })])).toEqual([`source ${view.line.source}`]);
  const taste = part("taste", "reason.taste", { words: `${word.toLowerCase()}, ${view.tags[0]}, elsewhere` });
  expect(kinds([part("rare_voice", "reason.rare_voice", { count: 2 }), taste])).toEqual([
    `person ${view.line.author}`,
    `word ${word.toLowerCase()}`,
    `tag ${view.tags[0]}`,
  ]);
  expect(kinds([{ ...taste, points: -1 }])).toEqual([`person ${view.line.author}`, `tag ${view.tags[0]}`]);
});

test("a rule is added, changed, taken back and brought back", async () => {
  const house = await open("language=en", "#/taste", BOLD);
  const field = screen.getByLabelText("Word, name, tag or source");
  await fireEvent.input(field, { target: { value: "lottery" } });
  await fireEvent.click(screen.getByRole("button", { name: "Add the rule" }));
  expect(await screen.findByText("lottery")).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Change the rule about lottery" }));
  await fireEvent.change(screen.getByLabelText("What you want of it"), { target: { value: "dislike" } });
  await fireEvent.click(screen.getByRole("button", { name: "Save the rule" }));
  await waitFor(() => expect(house.wishes.of("word", "Lottery")?.wish).toBe("dislike"));
  await fireEvent.click(screen.getByRole("button", { name: "Take back the rule about lottery" }));
  await screen.findByText("The rule about “lottery” was taken back.");
  expect(screen.queryByText("lottery")).toBeNull();
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(await screen.findByText("lottery")).toBeTruthy();
});

test("weights are tried before they are kept, and what they change is told", async () => {
  const house = await open("language=en", "#/taste/1", "Balanced");
  const keep = screen.getByRole<HTMLButtonElement>("button", { name: "Keep these weights" });
  expect(keep.disabled).toBe(true);
  await fireEvent.click(screen.getByRole("button", { name: "News first" }));
  const moved = golden.wishes.weigh.shifts[0]?.line.title ?? "?";
  expect((await screen.findAllByText(moved)).length).toBeGreaterThan(0);
  expect(house.wishes.weights?.preset).toBe("balanced");
  await fireEvent.click(keep);
  await waitFor(() => expect(house.wishes.weights?.preset).toBe("news"));
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(house.wishes.weights?.preset).toBe("balanced"));
});

test("what was learned is shown, each part can be taken out, and all of it forgotten, with undo", async () => {
  const house = await open("language=en", "#/taste/2", "Speaks for a story");
  const one = golden.wishes.taste.learned[0]?.shown ?? "?";
  await fireEvent.click(screen.getByRole("button", { name: `Take out ${one}` }));
  await waitFor(() => expect(house.wishes.taste?.removed.some((each) => each.shown === one)).toBe(true));
  await fireEvent.click(screen.getByRole("button", { name: "Forget all that was learned" }));
  expect(await screen.findByText(/Nothing is learned yet: 0 of 10 stars/)).toBeTruthy();
  await screen.findByText("What was learned is forgotten.");
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(await screen.findByText("Speaks for a story")).toBeTruthy();
});

test("without rules the page says how one is made", async () => {
  const house = await open("language=en", "#/taste", BOLD);
  for (const rule of golden.wishes.rules) await house.wishes.drop(rule);
  expect(await screen.findByText("No rules yet")).toBeTruthy();
});

test("the words that a rule could look for are the long ones, each once", () => {
  expect(telling("L’été à Brenne : la Brenne en été, vue d’Orléans")).toEqual(["Orléans", "Brenne"]);
  expect(telling("So it is")).toEqual([]);
});

test("a rule shows what it would have spoken of before it is made, of words, minutes and relays", async () => {
  await open("language=en", "#/taste", /./);
  const name = await screen.findByLabelText("Word, name, tag or source");
  await fireEvent.input(name, { target: { value: "harbour" } });
  const count = golden.wishes.tried.posts_30d;
  expect(await screen.findByText(new RegExp(`^In the last 30 days, ${count} posts? would have been left out of every digest\\.$`))).toBeTruthy();
  await fireEvent.change(screen.getByLabelText("What you want of it"), { target: { value: "always" } });
  expect(await screen.findByText(/would have had a place, within half of each digest\.$/)).toBeTruthy();
  await fireEvent.change(screen.getByLabelText("What it is about"), { target: { value: "longer" } });
  expect(screen.getByText(/^“None” wins over “More”/)).toBeTruthy();
  await fireEvent.input(screen.getByLabelText("Minutes of reading"), { target: { value: "15" } });
  await fireEvent.click(screen.getByRole("button", { name: "Add the rule" }));
  expect(await screen.findByText("From the next digest on: always “> 15 min”.")).toBeTruthy();
  await fireEvent.change(screen.getByLabelText("What it is about"), { target: { value: "relay" } });
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Add the rule" }).disabled).toBe(false);
});

test("a rule stars what comes, another files it beside it, and undoing the first takes its stars with it", async () => {
  const house = await open("language=en", "#/taste", BOLD);
  const asked = vi.spyOn(house.app.backend, "call");
  const wish = screen.getByLabelText("What you want of it");
  const typed = screen.getByLabelText("Word, name, tag or source");
  const add = () => screen.getByRole<HTMLButtonElement>("button", { name: "Add the rule" });
  await fireEvent.change(wish, { target: { value: "star" } });
  await fireEvent.input(typed, { target: { value: "harbour" } });
  expect(await screen.findByText(/would have been starred\. From now on, what comes is\.$/)).toBeTruthy();
  await fireEvent.click(add());
  expect(await screen.findByText("From now on, what comes of “harbour” is starred.")).toBeTruthy();
  await fireEvent.change(wish, { target: { value: "file" } });
  await fireEvent.input(typed, { target: { value: "harbour" } });
  expect(add().disabled).toBe(true);
  await fireEvent.change(screen.getByLabelText("Into the folder"), { target: { value: "+" } });
  await fireEvent.input(screen.getByLabelText("A new folder"), { target: { value: "Sea / Ports" } });
  expect(add().disabled).toBe(false);
  await fireEvent.click(add());
  expect(await screen.findByText("What comes of “harbour” goes into the folder.")).toBeTruthy();
  expect(await screen.findByText(/into Sea › Ports .*3 posts there$/)).toBeTruthy();
  expect(house.wishes.rules?.filter(({ name }) => name === "harbour").map(({ wish }) => wish)).toEqual(["star", "file"]);
  expect(house.wishes.of("word", "harbour")).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "See what is in Sea › Ports" }));
  await waitFor(() => expect(house.route.place).toMatchObject({ view: "search", words: 'folder:"Sea/Ports"' }));
  await house.app.undo();
  await house.app.undo();
  await waitFor(() => expect(house.wishes.rules?.filter(({ name }) => name === "harbour")).toEqual([]));
  const taken = asked.mock.calls.map(([name]) => name).filter((name) => name === "drop_rule" || name === "undo_rule");
  expect(taken).toEqual(["drop_rule", "undo_rule"]);
});

test("a rule in the place of another, with a folder left over from a draft, gives the other back when it is undone", async () => {
  const house = await open("language=en", "#/taste", BOLD);
  const ask = { id: null, kind: "word", name: "harbour", folder: null, into: null, until: null } as const;
  await house.wishes.set({ ...ask, wish: "like" });
  await house.wishes.set({ ...ask, wish: "mute", into: ["Sea"] });
  expect(house.wishes.of("word", "harbour")?.wish).toBe("mute");
  await house.app.undo();
  await waitFor(() => expect(house.wishes.of("word", "harbour")?.wish).toBe("like"));
});

test("a rule is begun from the palette, by what is wanted", async () => {
  const house = await open("language=en", "#/today", READY);
  await fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  await fireEvent.input(await screen.findByRole("combobox"), { target: { value: "star what comes" } });
  await fireEvent.keyDown(await screen.findByRole("combobox"), { key: "Enter" });
  await waitFor(() => expect(screen.getByLabelText<HTMLSelectElement>("What you want of it").value).toBe("star"));
  expect(house.wishes.begun).toBeNull();
});

test("a star that a rule gave is a line and says so, until the reader takes it or gives their own", async () => {
  const line = golden.today.entries[0]?.face;
  if (!line) throw new Error("no story");
  const house = await open("language=en", "#/today", READY);
  house.marks.learn([{ ...line, marks: { ...line.marks, starred: true, starred_by_rule: true } }], moment());
  expect(await screen.findByText("Starred by a rule of yours")).toBeTruthy();
  const asked = vi.spyOn(house.app.backend, "call");
  await house.marks.set(line, "starred", false);
  await house.app.undo();
  expect(house.marks.of(line)).toMatchObject({ starred: true, starred_by_rule: true });
  expect(asked).toHaveBeenLastCalledWith("mark", { posts: [line.post], mark: "starred", on: true, undo: true });
  await house.marks.set(line, "starred", false);
  await house.marks.set(line, "starred", true);
  expect(house.marks.of(line).starred_by_rule).toBe(false);
  await waitFor(() => expect(screen.queryByText("Starred by a rule of yours")).toBeNull());
});

test("a word that is called as relays are is shown as it was written", () => {
  const said = (names: string) => reasonOf({ key: "reason.liked", values: { names } });
  expect(said("relay")).toContain("relay");
  expect(said("\u001frelays")).toContain("Relays");
});

test("what was asked for before and comes later brings no rule back", async () => {
  const house = await open("language=en", "#/taste", BOLD);
  const { backend } = house.app;
  const rules = house.wishes.rules ?? [];
  const answers: ((now: typeof rules) => void)[] = [];
  const call = vi.spyOn(backend, "call").mockImplementation(((name: string) =>
    name === "rules" ? new Promise((go) => answers.push(go)) : Promise.reject(new Error(name))) as typeof backend.call);
  const loads = [house.wishes.loadRules(), house.wishes.loadRules()];
  answers[1]?.([]);
  await loads[1];
  expect(house.wishes.rules).toEqual([]);
  answers[0]?.(rules);
  await Promise.all(loads);
  expect(house.wishes.rules).toEqual([]);
  // Nor one of a library that is no longer open.
  const away = house.wishes.loadRules();
  house.app.forget();
  house.wishes.forget();
  answers[2]?.(rules);
  await away;
  expect(house.wishes.rules).toBeNull();
  call.mockRestore();
});
