// Takes a snippet whose matches stand between U+E000 and U+E001, gives its pieces in order.

export type Piece = { text: string; found: boolean };

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
