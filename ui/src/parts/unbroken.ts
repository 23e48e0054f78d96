// Takes a title or a lead, gives the pieces of it that no line may break in. Never changes a letter: what is copied of it is what
// was written.

/** A piece of a text; `whole`: no line breaks in it. */
export type Unbroken = { text: string; whole: boolean };

/** A letter that is taken in, with its accents. Of another script, or of a picture, none is: their letters join, and are made
 *  of more than one. */
const LETTER = String.raw`[\p{Script=Latin}\p{N}\p{P}]\p{M}*`;
/** A space before such a mark, with what stands beside it: only French writes one there, so that no language needs to be known. */
const BEFORE = String.raw`(?:${LETTER})?[ \u2009](?:[:;?!]+(?=[\s)\]»”…]|$)|»(?=[\s,.;:?!)\]…]|$))`;
/** A space after a guillemet that opens: in German the same one shuts. */
const AFTER = String.raw`(?<=^|[\s([])«[ \u2009](?:${LETTER})?`;
/** A hyphen with a short word on one side: a line that ends on "mi-", or begins with "il", reads as two words. */
const SHORT = String.raw`(?:(?<=(?<!\p{L})\p{L}{1,3})-|(?<=\p{L})-(?=\p{L}{1,3}(?![\p{L}\p{M}])))\p{Script=Latin}\p{M}*`;
/** A hyphen of a date, or of a result. */
const FIGURES = String.raw`(?<=\d)-\d`;
const WHOLE = new RegExp(`(?:${[BEFORE, AFTER, SHORT, FIGURES].join("|")})+`, "gu");
/** What is longer breaks as any text does: a title that is all hyphens would run out of its pane. */
export const LONGEST = 24;

/** "Thé : ce qui change" never begins a line with its colon, and "mi-ombre" stays together. */
export function unbroken(text: string): Unbroken[] {
  const given: Unbroken[] = [];
  let from = 0;
  for (const { 0: whole, index } of text.matchAll(WHOLE)) {
    if (whole.length > LONGEST) continue;
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
