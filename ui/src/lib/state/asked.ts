// Gives the order in which things were asked and settled: an answer says nothing of what was settled after it was asked for.

let last = 0;

/** A moment after all that were given before. */
export function moment(): number {
  last += 1;
  return last;
}
