// Gives the fake's answers about pages without a feed, and about the last days of one source. Made of the demo world's posts.

import type { Answer, Ask } from "./backend";
import type { Preview, Selectors } from "./contract";
import { fail, type Golden } from "./golden";

type Listed = "preview" | "lists" | "source_days";

/** Days that the page of a source looks back. */
const DAYS = 90;
const DAY_MS = 86_400_000;

export function listed(world: Golden): { [C in Listed]: (ask: Ask<C>) => Answer<C> } {
  const posts = Object.values(world.posts).map(({ line }) => line);
  const preview = (address: string, selectors: Selectors, from: number): Preview => ({
    address: `${address}#pepites:item=${encodeURIComponent(selectors.item)}`,
    title: "Town hall",
    entries: posts.slice(from, from + 6).map(({ title, link, published, lead }) => ({ title, link, published, lead })),
  });
  const none = { title: null, link: null, date: null, text: null };
  return {
    preview: ({ address, selectors }) => {
      const { item } = selectors;
      if (item.trim() === "" || /[[(>]\s*$/.test(item)) fail({ code: "bad_input", detail: { key: "problem.bad_input", values: { input: item } } });
      return preview(address, selectors, item.length % 7);
    },
    lists: (address) =>
      ["article.news", "ul.agenda > li"].map((item, at) => {
        const selectors = { ...none, item, title: at === 0 ? "h2" : null };
        return { selectors, preview: preview(address, selectors, at * 6) };
      }),
    source_days: (id) => {
      const mine = posts.filter(({ source, published }) => source === id && world.now - published < DAYS * DAY_MS);
      const days = Array.from({ length: DAYS }, (_, day) => mine.filter(({ published }) => Math.floor((world.now - published) / DAY_MS) === DAYS - 1 - day).length);
      const count = (mark: "read" | "starred") => mine.filter(({ marks }) => marks[mark]).length;
      const read = count("read");
      const from = new Date(world.now - (DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
      return { from, days, posts: mine.length, opened: read, read, read_share: mine.length > 0 ? (read * 100) / mine.length : null, starred: count("starred"), nuggets: 0 };
    },
  };
}
