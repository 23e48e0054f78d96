// Trends and making room: the sentence and its lists, charts by keyboard and as files, the table, plans with their totals.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { golden } from "../lib/backend/fake";
import { bars, csv, spark, svgFile } from "../lib/chart";
import { open, settle } from "./window";

const page = golden.trends.pages.month;
const number = (value: number) => new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format(value);

test("bars are as high as what they show, and nothing is drawn of nothing", () => {
  const drawn = bars([[3, 1], [0, 0], [0, 8]], { width: 300, height: 200 }, 4);
  expect(drawn.pieces).toHaveLength(3);
  const [three, , eight] = [drawn.pieces[0], drawn.pieces[1], drawn.pieces[2]];
  expect((eight?.height ?? 0) / (three?.height ?? 1)).toBeCloseTo(8 / 3);
  expect(drawn.ticks[0]).toBe(0);
  expect(drawn.named).toContain(2);
  expect(bars([], { width: 300, height: 200 }).pieces).toEqual([]);
  expect(spark([], { width: 10, height: 10 })).toBe("");
});

test.each([
  ["=1+1", "'=1+1"],
  ["@cmd", "'@cmd"],
  ['say "a", b', '"say ""a"", b"'],
  ["two\nlines", '"two\nlines"'],
  ["plain", "plain"],
])("the cell %j is written as %j", (cell, written) => {
  expect(csv(["a"], [[cell], [-3], [null]])).toBe(`a\r\n${written}\r\n-3\r\n\r\n`);
});

test("the sentence says what there was, and each figure opens its list", async () => {
  await open("language=en", "#/trends", "Make room");
  const arrived = await screen.findByRole("button", { name: `${number(page.figures.arrived)} posts arrived` });
  const sentence = screen.getByText(/^From your/);
  expect(sentence.textContent).toContain(`From your ${page.sources} sources, over 30 days`);
  await fireEvent.click(arrived);
  const first = golden.trends.counted.arrived[0]?.title ?? "?";
  expect(await screen.findByRole("button", { name: first })).toBeTruthy();
  await fireEvent.click(arrived);
  await waitFor(() => expect(screen.queryByRole("region", { name: "Posts that arrived" })).toBeNull());
});

test("a chart is walked by arrows and says each day, and is a table too", async () => {
  await open("language=en", "#/trends", "Make room");
  const [chart] = await screen.findAllByRole("slider");
  if (!chart) throw new Error("no chart");
  const last = page.bars.length - 1;
  expect(chart.getAttribute("aria-valuenow")).toBe(String(last));
  expect(chart.getAttribute("aria-valuetext")).toContain("23 November 2026");
  await fireEvent.keyDown(chart, { key: "ArrowLeft" });
  expect(chart.getAttribute("aria-valuetext")).toContain("22 November 2026");
  await fireEvent.keyDown(chart, { key: "Home" });
  expect(chart.getAttribute("aria-valuenow")).toBe("0");
  await fireEvent.keyDown(chart, { key: "ArrowLeft" });
  expect(chart.getAttribute("aria-valuenow")).toBe("0");
  const [table] = screen.getAllByRole("button", { name: "Table" });
  if (table) await fireEvent.click(table);
  expect(screen.getByRole("rowheader", { name: "2026-11-23" })).toBeTruthy();
});

test("the days before and all days are sentences too, whose figures open their lists, and the sources open theirs", async () => {
  const house = await open("language=en", "#/trends", "Make room");
  // Where the range reaches back to the first day, the same figures are not told twice.
  await waitFor(() => expect(house.trends.view).not.toBeNull());
  await settle();
  expect(screen.queryByText(/^Since /)).toBeNull();
  const { view } = house.trends;
  if (view) house.trends.view = { ...view, figures: { ...view.figures, opened: view.ever.opened + 1 } };
  await fireEvent.click(await screen.findByRole("button", { name: `${number(page.ever.opened)} opened, since the first day` }));
  expect(await screen.findByRole("region", { name: "Posts opened, since the first day" })).toBeTruthy();
  expect([house.trends.counted, house.trends.within]).toEqual(["opened", "ever"]);
  await fireEvent.click(screen.getByRole("button", { name: `${page.sources} sources` }));
  await waitFor(() => expect(house.route.place.view).toBe("sources"));
});

test("a folder's column has its backlog already, and none beside it", async () => {
  await open("language=en", "#/trends", "Make room");
  await fireEvent.click(await screen.findByRole("button", { name: "By folder" }));
  const [table] = screen.getAllByRole("button", { name: "Table" });
  if (table) await fireEvent.click(table);
  expect(screen.queryByRole("columnheader", { name: "Before it was followed" })).toBeNull();
  const cells = within(screen.getByRole("rowheader", { name: "2026-11-23" }).closest("tr") ?? document.body).getAllByRole("cell");
  const bar = page.bars.at(-1);
  expect(cells.map((cell) => Number(cell.textContent))).toEqual([...(bar?.folders ?? []), bar?.opened, bar?.read]);
  await fireEvent.click(screen.getByRole("button", { name: "By source" }));
  expect(screen.getByRole("columnheader", { name: "Before it was followed" })).toBeTruthy();
});

test("a drawing that leaves the page says its title, and where the reader stood stays behind", () => {
  document.body.innerHTML = '<svg viewBox="0 0 10 10" aria-hidden="true" class="x"><rect class="here" width="1" height="1"></rect><rect class="part" width="2" height="2"></rect></svg>';
  const drawn = document.querySelector("svg");
  if (!drawn) throw new Error("no drawing");
  Object.defineProperty(drawn, "viewBox", { value: { baseVal: { width: 10, height: 10 } } });
  const file = svgFile(drawn, "What came");
  expect(file).not.toContain("aria-hidden");
  expect(file).toContain("What came</title>");
  expect([...file.matchAll(/<rect[^>]* width="([^"]*)"/g)].map(([, width]) => width)).toEqual(["100%", "2"]);
  document.body.innerHTML = "";
});

test("room is asked for by people too: so many, times what each writes", async () => {
  const house = await open("language=en", "#/room", "Make room");
  await fireEvent.click(await screen.findByRole("radio", { name: "new people" }));
  expect(house.room.goal).toEqual({ posts_a_week: 120 });
  await fireEvent.change(screen.getByRole("spinbutton", { name: "posts a week from each" }), { target: { value: "7" } });
  expect(house.room.goal).toEqual({ posts_a_week: 210 });
  expect(screen.getByText("210 posts a week less, for 30 people")).toBeTruthy();
});

test("the bars count minutes too, and the matrix says who tells after whom", async () => {
  await open("language=en", "#/trends", "Make room");
  await fireEvent.click(await screen.findByRole("button", { name: "Minutes" }));
  const [volume] = screen.getAllByRole("slider");
  const bar = page.bars.at(-1);
  const minutes = Math.round((bar?.seconds.reduce((sum, part) => sum + part, 0) ?? 0) / 60);
  expect(volume?.getAttribute("aria-valuetext")).toContain(`${number(minutes)} minute`);
  const { relays } = golden.trends;
  const [loudest] = relays.pairs;
  const said = `${loudest?.source.title} after ${loudest?.first.title}: ${loudest?.count} stories`;
  const matrix = (await screen.findAllByRole("slider")).find((chart) => chart.getAttribute("aria-valuetext")?.startsWith(said));
  expect(matrix?.getAttribute("aria-valuemax")).toBe(String(relays.tellers.length * relays.firsts.length - 1));
  const free = relays.spare.find((spare) => spare.own === 0);
  if (free) expect(screen.getAllByText(new RegExp(`nothing of ${free.posts} its own`)).length).toBeGreaterThan(0);
});

test("what was passed by is a figure of its own, and is no reading", async () => {
  await open("language=en", "#/trends", "Make room");
  const { skimmed, in_bulk } = page.figures;
  expect(skimmed).toBeGreaterThan(0);
  await fireEvent.click(await screen.findByRole("button", { name: `${skimmed} passed by` }));
  expect(await screen.findByRole("region", { name: "Posts passed by" })).toBeTruthy();
  expect(screen.getByRole("button", { name: `${in_bulk} marked read in bulk` })).toBeTruthy();
});

test("several sources are moved as one step", async () => {
  const house = await open("language=en", "#/trends", "Make room");
  const region = await screen.findByRole("region", { name: "Source by source" });
  for (const box of within(region).getAllByRole("checkbox").slice(0, 2)) await fireEvent.click(box);
  const moved = page.rows.slice(0, 2).map((row) => row.source);
  const folders = () => house.sources.all.filter((source) => moved.includes(source.id)).map((source) => source.folders);
  const before = folders();
  await fireEvent.click(screen.getByRole("button", { name: "Move" }));
  await fireEvent.input(await screen.findByLabelText("A new folder"), { target: { value: "Loud" } });
  const [done] = screen.getAllByRole("button", { name: "Move" }).slice(-1);
  if (done) await fireEvent.click(done);
  await waitFor(() => expect(folders().every((paths) => paths.some((path) => path.join() === "Loud"))).toBe(true));
  await house.app.undo();
  await waitFor(() => expect(folders()).toEqual(before));
});

test("the table is sorted, filtered and parted, and what is chosen is thinned as one step", async () => {
  const house = await open("language=en", "#/trends", "Make room");
  const region = await screen.findByRole("region", { name: "Source by source" });
  const titles = () => within(region).getAllByRole("rowheader").map((cell) => cell.querySelector("button")?.textContent);
  expect(titles()[0]).toBe(page.rows[0]?.title);
  await fireEvent.click(within(region).getByRole("button", { name: /^Source/ }));
  expect(titles()).toEqual([...titles()].sort((a, b) => (a ?? "").localeCompare(b ?? "", "en")));
  const relays = page.rows.filter((row) => row.standing === "relays");
  expect(relays.length).toBeGreaterThan(0);
  await fireEvent.click(screen.getByRole("button", { name: `Mostly relays ${relays.length}` }));
  expect(titles()).toHaveLength(relays.length);
  const boxes = within(region).getAllByRole("checkbox").slice(0, 2);
  for (const box of boxes) await fireEvent.click(box);
  await fireEvent.click(screen.getByRole("button", { name: "Mute" }));
  await waitFor(() => expect(house.sources.all.filter((source) => source.mode === "muted")).toHaveLength(boxes.length));
  await house.app.undo();
  await waitFor(() => expect(house.sources.all.filter((source) => source.mode === "muted")).toHaveLength(0));
});

test("what is erased is asked for first, and the page says that it is final", async () => {
  const house = await open("language=en", "#/trends", "Make room");
  await fireEvent.click(await screen.findByRole("button", { name: "Erase them" }));
  expect(screen.getByText("It cannot be undone.")).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Keep them" }));
  expect(house.trends.view?.figures.opened).toBe(page.figures.opened);
  await fireEvent.click(screen.getByRole("button", { name: "Erase them" }));
  await fireEvent.click(screen.getByRole("button", { name: "Erase for good" }));
  await waitFor(() => expect(house.trends.view?.figures.opened).toBe(0));
});

test("the plan names its source and its nuggets, and check boxes move the total at once", async () => {
  const house = await open("language=en", "#/room", "Make room");
  const { room } = golden.trends;
  const [step] = room.steps;
  if (!step) throw new Error("no plan");
  const box = await screen.findByRole("checkbox", { name: step.title });
  const option = step.options.find((each) => JSON.stringify(each.change) === JSON.stringify(step.change));
  expect(house.room.posts).toBeGreaterThanOrEqual(option?.posts_a_week ?? Infinity);
  for (const kept of option?.keeps ?? []) expect(screen.getAllByRole("button", { name: kept.title }).length).toBeGreaterThan(0);
  const before = house.room.posts;
  await fireEvent.click(box);
  expect(house.room.posts).toBeCloseTo(before - (option?.posts_a_week ?? 0));
  await fireEvent.click(box);
  await fireEvent.change(screen.getByRole("combobox", { name: `What becomes of ${step.title}` }), { target: { value: '"leave"' } });
  const leave = step.options.find((each) => each.change === "leave");
  expect(house.room.missed).toBe((leave?.misses.length ?? -1) + (leave?.misses_more.length ?? 0));
  await fireEvent.change(screen.getByRole("combobox", { name: `What becomes of ${step.title}` }), { target: { value: JSON.stringify(step.change) } });
  await fireEvent.click(screen.getByRole("button", { name: /^Change \d+ source/ }));
  const mode = () => house.sources.all.find((source) => source.id === step.source)?.mode;
  await waitFor(() => expect(mode()).not.toBe("all"));
  await house.app.undo();
  await waitFor(() => expect(mode()).toBe("all"));
});

test("before anything came, neither figures nor room are offered", async () => {
  const house = await open("language=en", "#/room", "Make room");
  const room = house.room.view;
  if (!room) throw new Error("no room");
  expect(screen.getByRole("slider")).toBeTruthy();
  house.room.notes = [];
  house.room.view = { ...room, posts_a_week: 0, steps: [], further: [], begun: false };
  expect(await screen.findByText("After the next refresh this page says what you could do with less of.")).toBeTruthy();
  expect(screen.queryByRole("slider")).toBeNull();
  house.go("trends");
  await waitFor(() => expect(house.trends.view).not.toBeNull());
  expect(screen.getByRole("button", { name: "Make room" })).toBeTruthy();
  const view = house.trends.view;
  if (!view) throw new Error("no figures");
  house.trends.view = { ...view, figures: { ...view.figures, published: 0, arrived: 0 }, ever: { ...view.ever, published: 0 } };
  expect(await screen.findByText("There is nothing to count yet.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Make room" })).toBeNull();
});

test("a quiet month is not taken for a first day", async () => {
  const house = await open("language=en", "#/room", "Make room");
  const room = house.room.view;
  if (!room) throw new Error("no room");
  house.room.notes = [];
  house.room.view = { ...room, posts_a_week: 0, steps: [], further: [], begun: true };
  expect(await screen.findByText("Nothing that takes room came in the last 30 days.")).toBeTruthy();
  expect(screen.queryByText(/nothing to count yet/)).toBeNull();
  house.go("trends");
  await waitFor(() => expect(house.trends.view).not.toBeNull());
  const view = house.trends.view;
  if (!view) throw new Error("no figures");
  const still = view.hours.map((day) => day.map(() => ({ arrived: 0, read: 0 })));
  house.trends.view = { ...view, hours: still, ever: { ...view.ever, arrived: 3, opened: 2 } };
  expect(await screen.findByText("No post arrived in 30 days")).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Reading" }));
  expect(await screen.findByText("You opened no post in 30 days")).toBeTruthy();
  house.trends.view = { ...view, hours: still, ever: { ...view.ever, arrived: 0, opened: 0, read: 0 } };
  expect(await screen.findByText("When you read shows once you opened a post")).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Arrivals" }));
  expect(await screen.findByText("When posts arrive shows after a day of refreshes")).toBeTruthy();
});
