// Gives the fake's answers about searches: the golden ones by the words that were typed; what is kept, in memory alone.

import type { Answer, Ask } from "./backend";
import type { Event, SavedSearch } from "./contract";
import type { Golden } from "./golden";

/** The commands that are answered here. */
type Searched = "search" | "understand" | "operators" | "searches" | "keep_search" | "drop_search";

/** What these answers need of the rest of the fake. */
type Around = {
  world: Golden;
  page: <Row>(rows: Row[], at: { limit: number; offset: number }) => Row[];
  changed: (topics: Extract<Event, { changed: unknown }>["changed"]) => null;
};

export function searched({ world, page, changed }: Around): { [C in Searched]: (ask: Ask<C>) => Answer<C> } {
  const { searches } = world;
  return {
    // A last word with a star is one that begins so.
    search: (ask) => {
      const words = ask.words.toLowerCase();
      const begun = words.endsWith("*") ? Object.keys(world.search).find((known) => known.startsWith(words.slice(0, -1))) : undefined;
      const found = world.search[begun ?? words] ?? [];
      const by = { relevance: 0, newest: -1, oldest: 1 }[ask.sort ?? "relevance"];
      return page(by === 0 ? found : found.toSorted((one, other) => by * (one.line.published - other.line.published)), ask);
    },
    understand: ({ words }) => searches.understood[words] ?? { filters: [], notes: [], completions: [] },
    operators: (language) => searches.operators[language] ?? [],
    searches: () => searches.saved,
    keep_search: ({ id, name, words, section }) => {
      const next = Math.max(0, ...searches.saved.map((saved) => saved.id)) + 1;
      const kept: SavedSearch = { id: id ?? next, name: name.trim() || words, words, section };
      searches.saved = id === null ? [...searches.saved, kept] : searches.saved.map((saved) => (saved.id === id ? kept : saved));
      changed(["searches"]);
      return kept;
    },
    drop_search: (id) => {
      searches.saved = searches.saved.filter((saved) => saved.id !== id);
      return changed(["searches"]);
    },
  };
}
