// Takes a list and where one stands in it, gives the row behind or before it. Never changes either.

import type { PostId, PostLine } from "../backend/contract";

/** Where in the list the row behind the one that the reader stands on (`current`) is, or the one before it. Where theirs is gone,
 *  it is the nearest of those that stood there (`around`: the list as it was then); who stands nowhere begins at the first. */
export function beside(by: 1 | -1, current: PostId | null, lines: PostLine[], around: PostLine[]): number {
  const stands = ({ post }: PostLine) => post === current;
  const at = lines.findIndex(stands);
  if (at >= 0) return at + by;
  const was = around.findIndex(stands);
  if (was < 0) return 0;
  const rest = by > 0 ? around.slice(was + 1) : around.slice(0, was).reverse();
  const left = new Map(lines.map(({ post }, row) => [post, row]));
  for (const { post } of rest) {
    const row = left.get(post);
    if (row !== undefined) return row;
  }
  return by > 0 ? lines.length : -1;
}
