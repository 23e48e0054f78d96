// Takes the heights of rows as they are measured, gives where each row begins and which row is at a height. A row that was
// not measured counts as the usual one. Any question costs the logarithm of the rows (a Fenwick tree), so 100,000 are as one.

export class Heights {
  #usual: number;
  #own = new Float64Array(64);
  /** Sums over ranges that end at each row, from 1, as Fenwick has them. */
  #sums = new Float64Array(65);
  #count = 0;

  constructor(usual: number) {
    this.#usual = usual;
  }

  get count(): number {
    return this.#count;
  }

  /** How high all rows are together, in pixels. */
  get total(): number {
    return this.before(this.#count);
  }

  /** So many rows from now on; what is new is as high as is usual. */
  resize(count: number): void {
    const known = Math.min(this.#count, count);
    if (count > this.#own.length) {
      const own = new Float64Array(Math.max(count, 2 * this.#own.length));
      own.set(this.#own.subarray(0, known));
      this.#own = own;
      this.#sums = new Float64Array(own.length + 1);
    }
    this.#own.fill(this.#usual, known, count);
    this.#count = count;
    this.#sum();
  }

  /** Every row's height anew; undefined where it is not known. */
  renew(count: number, known: (row: number) => number | undefined): void {
    this.#count = 0;
    this.resize(count);
    for (let row = 0; row < count; row += 1) this.#own[row] = known(row) ?? this.#usual;
    this.#sum();
  }

  of(row: number): number {
    return row < this.#count ? (this.#own[row] ?? 0) : 0;
  }

  set(row: number, height: number): void {
    if (row < 0 || row >= this.#count) return;
    const more = height - this.of(row);
    this.#own[row] = height;
    for (let at = row + 1; at <= this.#count; at += at & -at) this.#sums[at] = (this.#sums[at] ?? 0) + more;
  }

  /** How high all rows before this one are together: where it begins. */
  before(row: number): number {
    let sum = 0;
    for (let at = Math.min(row, this.#count); at > 0; at -= at & -at) sum += this.#sums[at] ?? 0;
    return sum;
  }

  /** The row at so many pixels from the top of the first; the first or last where there is none. */
  at(height: number): number {
    let row = 0;
    let left = height;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.#count))); step > 0; step = Math.floor(step / 2)) {
      const sum = row + step <= this.#count ? (this.#sums[row + step] ?? Infinity) : Infinity;
      if (sum > left) continue;
      row += step;
      left -= sum;
    }
    return Math.max(0, Math.min(row, this.#count - 1));
  }

  #sum(): void {
    const { length } = this.#sums;
    this.#sums.fill(0, 0, length);
    for (let at = 1; at <= this.#count; at += 1) {
      this.#sums[at] = (this.#sums[at] ?? 0) + (this.#own[at - 1] ?? 0);
      const next = at + (at & -at);
      if (next <= this.#count) this.#sums[next] = (this.#sums[next] ?? 0) + (this.#sums[at] ?? 0);
    }
  }
}
