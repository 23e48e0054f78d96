// Long lists: the sums behind them, and that only what is near is drawn, in its place, without losing where the reader stands.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { golden } from "../lib/backend/fake";
import { PIECE, Pages } from "../lib/state/pages.svelte";
import { Heights } from "../parts/heights";
import { WHOLE } from "../parts/windowing.svelte";
import { open, press, settle } from "./window";

/** Numbers that are the same each time. */
function* numbers(seed: number): Generator<number> {
  for (let at = seed; ; at = (at * 48_271) % 2_147_483_647) yield at;
}

test.each([1, 2, 3, 4, 5])("sums and places are those of adding one by one (seed %i)", (seed) => {
  const next = numbers(seed * 7919);
  const take = (below: number) => (next.next().value as number) % below;
  const heights = new Heights(40);
  let plain: number[] = [];
  for (let turn = 0; turn < 400; turn += 1) {
    const act = take(4);
    if (act === 0 && plain.length < 900) {
      plain = [...plain, ...Array.from({ length: take(120) }, () => 40)];
      heights.resize(plain.length);
    } else if (act === 1 && plain.length > 0) {
      plain = plain.slice(0, take(plain.length + 1));
      heights.resize(plain.length);
    } else if (plain.length > 0) {
      const row = take(plain.length);
      plain[row] = take(300) + 1;
      heights.set(row, plain[row] ?? 0);
    }
    const sums = plain.reduce<number[]>((sum, height) => [...sum, (sum.at(-1) ?? 0) + height], [0]);
    const row = take(plain.length + 1);
    expect(heights.before(row)).toBe(sums[row]);
    expect(heights.total).toBe(sums.at(-1));
    const at = take((sums.at(-1) ?? 0) + 50) - 10;
    const found = sums.findLastIndex((sum) => sum <= at);
    expect(heights.at(at)).toBe(Math.max(0, Math.min(found, plain.length - 1)));
  }
});

test("heights that are known are kept for the rows that they are of", () => {
  const heights = new Heights(10);
  heights.renew(4, (row) => (row === 2 ? 50 : undefined));
  expect([heights.before(2), heights.before(3), heights.total, heights.at(25)]).toEqual([20, 70, 80, 2]);
});

test("who scrolls far asks for more at once; nothing is there twice when posts come meanwhile", async () => {
  const asked: number[] = [];
  let all = Array.from({ length: 5000 }, (_, at) => at);
  const pages = new Pages(async (limit, offset) => {
    asked.push(limit);
    return all.slice(offset, offset + limit);
  });
  await pages.begin();
  all = [-2, -1, ...all];
  while (!pages.ended) await pages.more();
  expect(asked.slice(0, 5)).toEqual([PIECE, PIECE, 118, 236, 472]);
  expect(Math.max(...asked)).toBe(960);
  expect(new Set(pages.rows).size).toBe(pages.rows.length);
  expect(pages.rows.at(-1)).toBe(4999);
  await pages.again();
  expect(pages.rows.slice(0, 3)).toEqual([-2, -1, 0]);
  expect(pages.rows.length).toBeGreaterThanOrEqual(5000);
});

test("of thousands only those near are drawn, each with its place, and n goes on from row to row", async () => {
  const house = await open("many=5000&language=en", `#/sources/${golden.places.whole}`, /^Post 1 of/);
  while (house.sources.posts.rows.length < 3000) {
    await house.sources.posts.more();
    await settle();
  }
  const rows = () => [...document.querySelectorAll<HTMLElement>(".list [data-post]")];
  expect(rows().length).toBeLessThan(WHOLE);
  expect(rows()[4]?.getAttribute("aria-posinset")).toBe("5");
  // How many there are is known when all were heard.
  expect(rows()[4]?.getAttribute("aria-setsize")).toBe("-1");
  house.reading.stand(house.sources.posts.rows[2500]?.post ?? 0);
  await press("n");
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/^\s*Post 2502 of/));
  const stood = document.activeElement?.closest("li");
  expect(stood?.getAttribute("aria-posinset")).toBe("2502");
  expect(Number.parseFloat(stood?.style.marginTop ?? "0")).toBeGreaterThan(100_000);
  expect(rows().length).toBeLessThan(WHOLE);
  while (!house.sources.posts.ended) {
    await house.sources.posts.more();
    await settle();
  }
  expect(rows()[0]?.getAttribute("aria-setsize")).toBe("5000");
});

test("who walks through a long list makes no element for each row, and what has the focus keeps its own", async () => {
  const house = await open("many=5000&language=en", `#/sources/${golden.places.whole}`, /^Post 1 of/);
  while (house.sources.posts.rows.length < 1000) {
    await house.sources.posts.more();
    await settle();
  }
  const rows = () => [...document.querySelectorAll<HTMLElement>(".list [data-post]")];
  const list = document.querySelector<HTMLElement>(".list ol");
  // Without the styles the page itself scrolls.
  const pane = document.documentElement;
  if (!list) throw new Error("there is no list");
  await press("n");
  const stood = document.activeElement?.closest("li");
  const first = rows();
  let scrolled = 0;
  list.getBoundingClientRect = () => new DOMRect(0, -scrolled, 300, 100_000);
  list.getClientRects = () => [list.getBoundingClientRect()] as unknown as DOMRectList;
  const height = vi.spyOn(pane, "clientHeight", "get").mockReturnValue(900);
  const seen = new Set(first);
  let last = first;
  for (; scrolled < 20_000; scrolled += 118) {
    await fireEvent.scroll(pane);
    await settle();
    last = rows();
    for (const row of last) seen.add(row);
    const places = last.map((row) => Number(row.dataset["row"]));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const row of last) expect(row.textContent).toContain(`Post ${Number(row.dataset["row"]) + 1} of`);
  }
  expect(last.length).toBeGreaterThan(10);
  expect(Number(last.at(-1)?.dataset["row"])).toBeGreaterThan(150);
  expect(seen.size).toBeLessThan(2 * Math.max(first.length, last.length));
  expect(document.activeElement?.closest("li")).toBe(stood);
  expect(stood?.dataset["row"]).toBe("0");
  // One comes at the end for it.
  house.sources.posts.rows = house.sources.posts.rows.slice(1);
  await settle();
  expect(rows()).toHaveLength(last.length);
  expect(stood?.isConnected).toBe(false);
  height.mockRestore();
});

test("a list that is short is drawn whole", async () => {
  const house = await open("many=150&language=en", `#/sources/${golden.places.whole}`, /^Post 1 of/);
  while (!house.sources.posts.ended) await house.sources.posts.more();
  await waitFor(() => expect(screen.getAllByText(/^Post \d+ of/)).toHaveLength(150));
});
