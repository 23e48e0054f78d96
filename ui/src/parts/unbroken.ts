// Takes a title or a lead, gives it with the spaces of French that no line may break at. Never changes what is kept.

/** A space before such a mark: only French writes one there, so that no language needs to be known. */
const BEFORE = /[ \u2009](?=[:;?!]+(?:[\s)\]»”…]|$)|»(?:[\s,.;:?!)\]…]|$))/gu;
/** A space after a guillemet that opens: in German the same one shuts. */
const AFTER = /(?<=(?:^|[\s([])«)[ \u2009]/gu;

/** "Thé : ce qui change" never begins a line with its colon. */
export function unbroken(text: string): string {
  return text.replace(BEFORE, "\u00a0").replace(AFTER, "\u00a0");
}
