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

/** Folders first, then sources, each by name; `closed` are folders' keys. A filter opens everything it finds. */
export function rows(sources: SourceView[], filter: string, closed: string[], language: string): TreeRow[] {
  const wanted = filter.trim().toLocaleLowerCase();
  const root: Folder = { path: [], folders: new Map(), sources: [] };
  for (const source of sources) {
    if (wanted && !fits(source, wanted)) continue;
    for (const path of source.folders.length > 0 ? source.folders : [[]]) reach(root, path).sources.push(source);
  }
  const { compare } = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  const found: TreeRow[] = [];
  walk(root, 0);
  return found;

  function walk(folder: Folder, depth: number): void {
    const folders = [...folder.folders.values()].sort((a, b) => compare(a.path.at(-1) ?? "", b.path.at(-1) ?? ""));
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
export function folders(sources: SourceView[], language: string): string[][] {
  const found = new Map<string, string[]>();
  for (const source of sources)
    for (const path of source.folders)
      for (let end = 1; end <= path.length; end += 1) found.set(keyOf(path.slice(0, end)), path.slice(0, end));
  const { compare } = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  return [...found.values()].sort((a, b) => compare(a.join("\u0000"), b.join("\u0000")));
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
