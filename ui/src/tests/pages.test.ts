// A paged list: pieces join, an answer of a list that began anew is dropped, a problem keeps what was there.

import { expect, test } from "vitest";
import { PIECE, Pages } from "../lib/state/pages.svelte";

const piece = (limit: number, offset: number, last: number) =>
  Array.from({ length: Math.max(0, Math.min(limit, last - offset)) }, (_, at) => offset + at);

test("pieces follow one another until there is no more", async () => {
  const asked: number[] = [];
  const pages = new Pages(async (limit, offset) => {
    asked.push(offset);
    return piece(limit, offset, PIECE + 5);
  });
  await pages.begin();
  expect([pages.rows.length, pages.ended]).toEqual([PIECE, false]);
  await pages.more();
  expect([pages.rows.length, pages.ended]).toEqual([PIECE + 5, true]);
  await pages.more();
  expect(asked).toEqual([0, PIECE]);
});

test("an answer that comes after the list began anew is dropped", async () => {
  const answers: ((rows: string[]) => void)[] = [];
  const pages = new Pages(() => new Promise<string[]>((answer) => answers.push(answer)));
  const first = pages.begin();
  const second = pages.begin();
  answers[1]?.(["new"]);
  answers[0]?.(["old"]);
  await Promise.all([first, second]);
  expect(pages.rows).toEqual(["new"]);
});

test("a problem keeps what was there, and says itself", async () => {
  let fails = false;
  const pages = new Pages(async (limit, offset) => {
    if (fails) throw { code: "missing", detail: { key: "problem.missing" } };
    return piece(limit, offset, PIECE * 3);
  });
  await pages.begin();
  fails = true;
  await pages.more();
  expect(pages.rows).toHaveLength(PIECE);
  expect(pages.problem?.code).toBe("missing");
  fails = false;
  await pages.more();
  expect([pages.rows.length, pages.problem]).toEqual([PIECE * 2, null]);
});

test("a piece of nothing but rows that are there is no end", async () => {
  // So many arrived that the next piece is the first again.
  let news = 0;
  const pages = new Pages(async (limit, offset) => piece(limit, offset, PIECE * 4).map((at) => at - news));
  await pages.begin();
  news = PIECE;
  expect([await pages.more(), pages.rows.length]).toEqual([true, PIECE * 2]);
  expect(new Set(pages.rows).size).toBe(PIECE * 2);
});

test("a list that gives the same rows for ever is asked a bounded number of times", async () => {
  let asks = 0;
  const pages = new Pages(async (limit) => {
    asks += 1;
    return piece(limit, 0, limit);
  });
  await pages.begin();
  expect([await pages.more(), asks < 20]).toEqual([false, true]);
});
