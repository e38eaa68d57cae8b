import type { SilentWays } from "./silent-ways.ts";

/** Markings looked at, over all positions, before a run is given up. */
const LARGEST_SEARCH = 200_000;

/** A position of the trace, the marking there, and the next of its landings to try. */
interface Level {
  readonly state: number;
  next: number;
}

/**
 * The transitions of a run of the net that reads exactly these labels; null where there is none (or none within the
 * search's limit). Depth first, nearest landings first, each marking at each position once: the ways themselves are kept
 * in `ways` for all traces.
 */
export function fittingRun(
  ways: SilentWays,
  initial: number,
  labels: readonly number[],
): readonly number[] | null {
  const seen = new Set<number>();
  const path: Level[] = [{ state: initial, next: 0 }];
  while (path.length > 0) {
    const position = path.length - 1;
    const level = path[position]!;
    if (position === labels.length) {
      if (ways.canEnd(level.state)) return transitionsOf(ways, path, labels);
      path.pop();
      continue;
    }
    const landing = ways.landing(level.state, labels[position]!, level.next);
    if (landing === undefined) {
      path.pop();
      continue;
    }
    level.next++;
    const key = landing.state * (labels.length + 1) + position + 1;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > LARGEST_SEARCH) return null;
    path.push({ state: landing.state, next: 0 });
  }
  return null;
}

function transitionsOf(ways: SilentWays, path: readonly Level[], labels: readonly number[]): number[] {
  const fired = labels.flatMap((label, position) => {
    const { state, next } = path[position]!;
    return ways.transitionsTo(state, ways.landing(state, label, next - 1)!);
  });
  return [...fired, ...ways.silentlyToFinal(path.at(-1)!.state)];
}
