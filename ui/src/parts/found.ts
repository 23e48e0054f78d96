// Takes a snippet whose matches stand between U+E000 and U+E001, gives its pieces in order.

import { LONGEST, unbroken } from "./unbroken";

export type Piece = { text: string; found: boolean };
/** Pieces that follow each other; `whole`: no line breaks in them. */
export type Run = { pieces: Piece[]; whole: boolean };

const OPEN = "\uE000";
const SHUT = "\uE001";

/** A match that is never shut ends with the snippet; a stray mark is dropped. */
export function pieces(snippet: string): Piece[] {
  const given: Piece[] = [];
  let found = false;
  let text = "";
  const push = () => {
    if (text) given.push({ text, found });
    text = "";
  };
  for (const letter of snippet) {
    if (letter === OPEN || letter === SHUT) {
      push();
      found = letter === OPEN;
    } else text += letter;
  }
  push();
  return given;
}

/** The same in runs: what no line may break in is one, with all of the matches that it is in, unless these are long. */
export function runs(snippet: string): Run[] {
  let end = 0;
  const placed = pieces(snippet).map((piece) => ({ ...piece, from: end, to: (end += piece.text.length) }));
  const slice = (from: number, to: number) =>
    placed.flatMap((piece) => {
      const text = piece.text.slice(Math.max(0, from - piece.from), Math.max(0, to - piece.from));
      return text ? [{ text, found: piece.found }] : [];
    });
  const match = (at: number) => placed.find(({ found, from, to }) => found && from < at && at < to);
  const given: Run[] = [];
  let [done, at] = [0, 0];
  for (const { text, whole } of unbroken(placed.map((piece) => piece.text).join(""))) {
    const [from, to] = [at, (at += text.length)];
    if (!whole) continue;
    const [first, last] = [Math.max(done, match(from)?.from ?? from), Math.max(done, match(to)?.to ?? to)];
    if (last - first > LONGEST) continue;
    if (first > done) given.push({ pieces: slice(done, first), whole: false });
    if (last > first) given.push({ pieces: slice(first, last), whole: true });
    done = last;
  }
  if (done < end) given.push({ pieces: slice(done, end), whole: false });
  return given;
}
