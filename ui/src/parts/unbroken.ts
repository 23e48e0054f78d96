// Takes a title or a lead, gives the pieces of it that no line may break in. Never changes a letter: what is copied of it is what
// was written.

/** A piece of a text; `whole`: no line breaks in it. */
export type Unbroken = { text: string; whole: boolean };

/** A space before such a mark, with what stands beside it: only French writes one there, so that no language needs to be known. */
const BEFORE = /\S?[ \u2009](?:[:;?!]+(?=[\s)\]»”…]|$)|»(?=[\s,.;:?!)\]…]|$))/u;
/** A space after a guillemet that opens: in German the same one shuts. */
const AFTER = /(?<=^|[\s([])«[ \u2009]\S?/u;
/** A hyphen with a short word on one side: a line that ends on "mi-", or begins with "il", reads as two words. */
const SHORT = /(?<=(?<!\p{L})\p{L}{1,3})-\p{L}|(?<=\p{L})-(?=\p{L}{1,3}(?!\p{L}))\p{L}/u;
/** A hyphen of a date, or of a result. */
const FIGURES = /(?<=\d)-\d/u;
const WHOLE = new RegExp(`(?:${[BEFORE, AFTER, SHORT, FIGURES].map((each) => each.source).join("|")})+`, "gu");

/** "Thé : ce qui change" never begins a line with its colon, and "mi-ombre" stays together. */
export function unbroken(text: string): Unbroken[] {
  const given: Unbroken[] = [];
  let from = 0;
  for (const { 0: whole, index } of text.matchAll(WHOLE)) {
    if (index > from) given.push({ text: text.slice(from, index), whole: false });
    given.push({ text: whole, whole: true });
    from = index + whole.length;
  }
  if (from < text.length) given.push({ text: text.slice(from), whole: false });
  return given;
}

/** A name in the pieces between which a line may break: an address that stands for one breaks behind its strokes, not anywhere. */
export function steps(name: string): string[] {
  return /^\S+\/\S*$/.test(name) ? name.split(/(?<=[/?&])(?=[^/?&])/) : [name];
}
