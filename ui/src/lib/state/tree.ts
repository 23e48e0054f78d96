// Takes the sources and the reader's filter, gives the rows of the folder tree in order. Pure: nothing is kept here.

import type { SourceView } from "../backend/contract";

export type TreeRow = {
  /** Unique in the tree: a source that is in two folders has two rows. */
  key: string;
  depth: number;
  /** Place among its siblings, from 1, and how many they are. */
  position: number;
  siblings: number;
  unread: number;
} & ({ folder: string[]; open: boolean; sources: number; trouble: number } | { source: SourceView; /** The folder that this row of it is in. */ within: string[] });

type Folder = { path: string[]; folders: Map<string, Folder>; sources: SourceView[] };

const fits = (source: SourceView, filter: string) =>
  `${source.title}\n${source.address}`.toLocaleLowerCase().includes(filter);

/** Folders first, in the reader's order and else by name, then sources by name; `closed` are folders' keys, `made` the folders
 * that stand there with nothing in them too. A filter opens everything it finds. */
export function rows(sources: SourceView[], filter: string, closed: string[], language: string, order: string[][] = [], made: string[][] = []): TreeRow[] {
  const wanted = filter.trim().toLocaleLowerCase();
  const root: Folder = { path: [], folders: new Map(), sources: [] };
  for (const source of sources) {
    if (wanted && !fits(source, wanted)) continue;
    for (const path of source.folders.length > 0 ? source.folders : [[]]) reach(root, path).sources.push(source);
  }
  if (!wanted) for (const path of made) reach(root, path);
  const { compare } = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  const beside = comparing(language, order);
  const found: TreeRow[] = [];
  walk(root, 0);
  return found;

  function walk(folder: Folder, depth: number): void {
    const folders = [...folder.folders.values()].sort((a, b) => beside(a.path, b.path));
    const own = [...folder.sources].sort((a, b) => compare(a.title, b.title));
    const siblings = folders.length + own.length;
    folders.forEach((child, at) => {
      const key = keyOf(child.path);
      const open = wanted !== "" || !closed.includes(key);
      const inside = all(child);
      found.push({
        key,
        depth,
        position: at + 1,
        siblings,
        folder: child.path,
        open,
        sources: inside.length,
        unread: sum(inside),
        trouble: inside.filter((source) => source.trouble).length,
      });
      if (open) walk(child, depth + 1);
    });
    own.forEach((source, at) => {
      const key = `${keyOf(folder.path)}#${source.id}`;
      found.push({ key, depth, position: folders.length + at + 1, siblings, source, within: folder.path, unread: source.unread });
    });
  }
}

export function keyOf(path: string[]): string {
  return JSON.stringify(path);
}

/** Compares two paths: a folder before those in it, those beside each other in the reader's order, the others after, by name. */
function comparing(language: string, order: string[][]): (one: string[], other: string[]) => number {
  const { compare } = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  const places = new Map(order.map((path, place) => [keyOf(path), place]));
  const place = (path: string[]) => places.get(keyOf(path)) ?? order.length;
  return (one, other) => {
    let shared = 0;
    while (shared < one.length && shared < other.length && one[shared] === other[shared]) shared += 1;
    if (shared === one.length || shared === other.length) return one.length - other.length;
    const by = place(one.slice(0, shared + 1)) - place(other.slice(0, shared + 1));
    return by !== 0 ? by : compare(one[shared] ?? "", other[shared] ?? "");
  };
}

/** The order once the folder `path` stands before or after another beside it; null where that is no other place. `all`: every
 * folder there is, in order. */
export function reordered(order: string[][], all: string[][], path: string[], beside: string[], after: boolean): string[][] | null {
  const parent = keyOf(path.slice(0, -1));
  const siblings = all.filter((each) => each.length === path.length && keyOf(each.slice(0, -1)) === parent);
  const others = siblings.filter((each) => keyOf(each) !== keyOf(path));
  const at = others.findIndex((each) => keyOf(each) === keyOf(beside));
  if (at < 0) return null;
  const next = [...others.slice(0, at + (after ? 1 : 0)), path, ...others.slice(at + (after ? 1 : 0))];
  if (next.every((each, place) => keyOf(each) === keyOf(siblings[place] ?? []))) return null;
  const moved = new Set(siblings.map(keyOf));
  return [...order.filter((each) => !moved.has(keyOf(each))), ...next];
}

/** The order once the folder `from` is `to`, with all that is in it. */
export function renamed(order: string[][], from: string[], to: string[]): string[][] {
  const begins = (path: string[]) => keyOf(path.slice(0, from.length)) === keyOf(from);
  const next = order.map((path) => (begins(path) ? [...to, ...path.slice(from.length)] : path));
  return next.filter((path, at) => next.findIndex((other) => keyOf(other) === keyOf(path)) === at);
}

/** The folders that were made once `from` is `to`; one that goes into the folder it is in is gone. */
export function remade(made: string[][], from: string[], to: string[]): string[][] {
  const gone = keyOf(from.slice(0, -1)) === keyOf(to);
  return renamed(gone ? made.filter((path) => keyOf(path) !== keyOf(from)) : made, from, to).filter((path) => path.length > 0);
}

/** The folders of a source once one of them, `from`, is `to`; the top level is none. */
export function moved(folders: string[][], from: string[], to: string[]): string[][] {
  const kept = folders.filter((path) => keyOf(path) !== keyOf(from) && keyOf(path) !== keyOf(to));
  return to.length > 0 ? [...kept, to] : kept;
}

/** The folders of a source once the folder `from` is `to`, wherever it is part of a path; null where it is in none. */
export function within(folders: string[][], from: string[], to: string[]): string[][] | null {
  const begins = (path: string[]) => from.length > 0 && keyOf(path.slice(0, from.length)) === keyOf(from);
  if (!folders.some(begins)) return null;
  const next = folders.map((path) => (begins(path) ? [...to, ...path.slice(from.length)] : path)).filter((path) => path.length > 0);
  return next.filter((path, at) => next.findIndex((other) => keyOf(other) === keyOf(path)) === at);
}

/** Every folder there is, as paths, in order: what a source can be moved into. */
export function folders(sources: SourceView[], language: string, order: string[][], made: string[][] = []): string[][] {
  const found = new Map<string, string[]>();
  for (const path of [...sources.flatMap((source) => source.folders), ...made])
    for (let end = 1; end <= path.length; end += 1) found.set(keyOf(path.slice(0, end)), path.slice(0, end));
  return [...found.values()].sort(comparing(language, order));
}

function reach(root: Folder, path: string[]): Folder {
  let at = root;
  for (const name of path) {
    let next = at.folders.get(name);
    if (!next) {
      next = { path: [...at.path, name], folders: new Map(), sources: [] };
      at.folders.set(name, next);
    }
    at = next;
  }
  return at;
}

/** A source that is twice below a folder counts once. */
function all(folder: Folder): SourceView[] {
  const found = new Map<number, SourceView>();
  const gather = (at: Folder) => {
    for (const source of at.sources) found.set(source.id, source);
    for (const child of at.folders.values()) gather(child);
  };
  gather(folder);
  return [...found.values()];
}

function sum(sources: SourceView[]): number {
  return sources.reduce((total, source) => total + source.unread, 0);
}
