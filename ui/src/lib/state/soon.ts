// Takes what is on its way, gives it when it comes soon, else what can be had meanwhile. Never stops it: it comes all the same.

/** What `coming` gives or throws within so many milliseconds. Where it takes longer, what it or `instead` gives first. Where it
 *  throws after that, `without` makes the answer of what `instead` gave, even when that was given already; where both throw,
 *  it is what `coming` threw. */
export async function soon<T>(coming: Promise<T>, within: number, instead: () => Promise<T>, without: (had: T, thrown: unknown) => T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((go) => (timer = setTimeout(() => go(null), within)));
  const first = await Promise.race([coming.then((given) => ({ given })), late]).finally(() => clearTimeout(timer));
  if (first) return first.given;
  const other = instead();
  const told = coming.catch(async (thrown: unknown) => without(await other.catch(() => Promise.reject(thrown)), thrown));
  return Promise.race([told, other.catch(() => told)]);
}
