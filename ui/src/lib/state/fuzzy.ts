// Takes what was typed and names, gives how well each fits: accents and case folded, letters may be left out. Pure.

/** Letters that no decomposition takes apart. */
const APART: Record<string, string> = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", "’": "'" };

/** A name as it is compared: small letters without accents. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[œæßøłđ’]/gu, (letter) => APART[letter] ?? letter);
}

/** What a word of what was typed is worth, by where it was found. */
const [AT_START, AT_WORD, WITHIN, SCATTERED] = [100, 80, 50, 30] as const;
/** One letter alone is in nearly every name: it counts at the start of a word. */
const ENOUGH_WITHIN = 2;
/** A scattered word may skip so many letters for each of its own; more is chance. */
const SKIPPED_FOR_EACH = 1;

/** How well a folded name fits the folded words, all of which must be in it; null when it does not. More is better.
 *  Without `scatter` no letter is left out. */
export function fit(words: string, name: string, scatter = true): number | null {
  let sum = 0;
  // A dash or a quote of its own tells nothing.
  const asked = words.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (asked.length === 0) return null;
  for (const word of asked) {
    const worth = fitOne(word, name, scatter);
    if (worth === null) return null;
    sum += worth;
  }
  // Of two names with the same words in them the shorter one was meant.
  return sum / asked.length - Math.min(20, name.length / 10);
}

function fitOne(word: string, name: string, scatter: boolean): number | null {
  if (name.startsWith(word)) return AT_START;
  if (starts(name).some((at) => name.startsWith(word, at))) return AT_WORD;
  if (word.length >= ENOUGH_WITHIN && name.includes(word)) return WITHIN;
  if (!scatter) return null;
  const skipped = Math.min(...starts(name).map((at) => scattered(word, name, at)));
  return skipped <= word.length * SKIPPED_FOR_EACH && word.length > 1 ? SCATTERED - skipped / word.length : null;
}

/** Where the words of a name begin. */
function starts(name: string): number[] {
  return [...name.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => index);
}

/** Letters left out between those of the word, which begins at `at`: the start of a next word costs nothing. */
function scattered(word: string, name: string, at: number): number {
  let skipped = 0;
  let before = at - 1;
  for (const letter of word) {
    const found = name.indexOf(letter, before + 1);
    if (found < 0 || (before < at && found !== at)) return Infinity;
    const begins = /[^\p{L}\p{N}]/u.test(name[found - 1] ?? " ");
    if (!begins) skipped += found - before - 1;
    before = found;
  }
  return skipped;
}
