// Takes a title or a lead, gives it with the spaces and hyphens that no line may break at. Never changes what is kept.

/** A space before such a mark: only French writes one there, so that no language needs to be known. */
const BEFORE = /[ \u2009](?=[:;?!]+(?:[\s)\]»”…]|$)|»(?:[\s,.;:?!)\]…]|$))/gu;
/** A space after a guillemet that opens: in German the same one shuts. */
const AFTER = /(?<=(?:^|[\s([])«)[ \u2009]/gu;

/** A hyphen with a short word on one side: a line that ends on "mi-", or begins with "il", reads as two words. */
const SHORT = /(?<=(?<!\p{L})\p{L}{1,3})-(?=\p{L})|(?<=\p{L})-(?=\p{L}{1,3}(?!\p{L}))/gu;

/** "Thé : ce qui change" never begins a line with its colon, and "mi-ombre" stays together. */
export function unbroken(text: string): string {
  return text.replace(BEFORE, "\u00a0").replace(AFTER, "\u00a0").replace(SHORT, "-\u2060");
}

/** A name in the pieces between which a line may break: an address that stands for one breaks behind its strokes, not anywhere. */
export function steps(name: string): string[] {
  return /^\S+\/\S*$/.test(name) ? name.split(/(?<=[/?&])(?=[^/?&])/) : [name];
}
