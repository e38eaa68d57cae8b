/** Colours for up to eight things that a picture tells apart; the rest share one grey. Names stand beside them always. */
export const categoryColours = 8;

export const categoryColour = (rank: number): string =>
  rank < categoryColours ? `var(--category-${rank})` : "var(--ramp-0)";

/** The rank of each of `count` things by how often it occurs, the most frequent first. */
export function ranksByFrequency(count: number, occurrences: Iterable<number>): readonly number[] {
  const totals = new Array<number>(count).fill(0);
  for (const thing of occurrences) totals[thing] = (totals[thing] ?? 0) + 1;
  const order = totals.map((_, thing) => thing).sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0) || a - b);
  const ranks = new Array<number>(count).fill(0);
  order.forEach((thing, rank) => {
    ranks[thing] = rank;
  });
  return ranks;
}
