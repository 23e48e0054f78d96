// Takes steps through the tree of sources from wherever the focus is, as Google Reader's N, P and O did. Never draws.

import { speech } from "../lib/i18n/t.svelte";
import type { House } from "../lib/state/house.svelte";
import { keyOf, rows, type TreeRow } from "../lib/state/tree";

function shown({ prefs, sources }: House): TreeRow[] {
  return rows(sources.all, sources.filter, prefs.closed, speech.language, sources.order, sources.made);
}

/** The row that was stood on last, or that of the source that is open; -1 for none. */
function standing(house: House, all: TreeRow[]): number {
  const { chosen, stood } = house.sources;
  const at = all.findIndex(({ key }) => key === stood);
  return at >= 0 ? at : all.findIndex((row) => "source" in row && row.source.id === chosen);
}

/** Stands on the next row, or the one before. Where the tree makes room for what is read, the next source opens instead. */
export function walkTree(house: House, by: 1 | -1): unknown {
  const all = shown(house);
  const at = standing(house, all);
  const tree = document.querySelector("[role=tree]");
  // Browsers without layout know no visibility.
  if (tree && (!("checkVisibility" in tree) || tree.checkVisibility())) {
    const next = all[at < 0 ? 0 : at + by];
    return next && (house.sources.wanted = next.key);
  }
  const sources = all.flatMap((row, place) => ("source" in row && (by > 0 ? place > at : place < at) ? [row] : []));
  const next = by > 0 ? sources[0] : sources.at(-1);
  if (!next) return null;
  house.sources.stood = next.key;
  return house.go("sources", { id: next.source.id });
}

/** Opens the source that one stands on, or folds its folder. */
export function openStood(house: House): unknown {
  const all = shown(house);
  const row = all[standing(house, all)];
  if (!row) return null;
  return "source" in row ? house.go("sources", { id: row.source.id }) : house.prefs.fold(row.key, row.open);
}

/** Asks for a new name of the source or the folder that one stands on. */
export function renameStood(house: House): unknown {
  const all = shown(house);
  const row = all[standing(house, all)];
  if (!row) return null;
  if ("source" in row) return (house.sources.asked = { what: "rename", of: row.source });
  return (house.sources.renaming = row.folder);
}

/** Moves the folder that one stands on one place up or down among those beside it. False where one stands on none. */
export function orderStood(house: House, by: 1 | -1): unknown {
  const all = shown(house);
  const row = all[standing(house, all)];
  if (!row || !("folder" in row)) return false;
  const beside = all.filter((each) => "folder" in each && each.depth === row.depth && keyOf(each.folder.slice(0, -1)) === keyOf(row.folder.slice(0, -1)));
  const next = beside[beside.indexOf(row) + by];
  if (!next || !("folder" in next)) return null;
  // A row that is put elsewhere in the page loses the focus: it is stood on again once it is there.
  return house.sources.orderFolder(row.folder, next.folder, by > 0).then(() => (house.sources.wanted = row.key));
}
