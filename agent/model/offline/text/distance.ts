/** Letters whose keys touch on a QWERTY keyboard. */
const touching = new Set(
  ["qwertyuiop", "asdfghjkl", "zxcvbnm"].flatMap((row, at, rows) =>
    [...row].flatMap((key, column) => {
      const below = rows[at + 1] ?? "";
      const near = [row[column + 1], below[column], below[column - 1]].filter((other) => other !== undefined);
      return near.flatMap((other) => [key + other, other + key]);
    }),
  ),
);

/** A wrong letter costs more than a missing one, unless the finger slipped to the next key. */
const substitution = (left: string, right: string): number =>
  left === right ? 0 : touching.has(left + right) ? 1 : 2;

/** Optimal string alignment distance (edits and swaps of neighbours), cut off above `limit`. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      let best = Math.min(
        above[column]! + 1,
        current[column - 1]! + 1,
        above[column - 1]! + substitution(left[row - 1]!, right[column - 1]!),
      );
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, before[column - 2]! + 1);
      current.push(best);
    }
    if (Math.min(...current) > limit) return limit + 1;
    before = above;
    above = current;
  }
  return above[right.length]!;
}

/** The words differ by no more than a slip of the hand; short ones only by two letters that changed places. */
export function isSlip(left: string, right: string): boolean {
  const shorter = Math.min(left.length, right.length);
  if (shorter === 4 && left.length === right.length) {
    const letters = (word: string): string => [...word].sort().join("");
    return letters(left) === letters(right) && editDistance(left, right, 1) <= 1;
  }
  const limit = allowedSlips(shorter);
  return limit > 0 && editDistance(left, right, limit) <= limit;
}

/** How many typing slips a word of this length may have and still be taken for another. */
export const allowedSlips = (length: number): number => (length < 5 ? 0 : length < 11 ? 1 : 2);
