/** Missing times, out of those of the neighbours in the case. */
import { quantile } from "../../mining/core/quantiles.ts";
import type { EventLog } from "./event-log.ts";

/** What the log teaches: where between its neighbours a step stands, and how long one step takes after another. */
interface Learned {
  /** Share of the gap by (before, step, after), then by step; medians. */
  readonly shares: readonly ReadonlyMap<string, number>[];
  /** Microseconds from one step to the next by (before, step), then by step; medians. */
  readonly edges: readonly ReadonlyMap<string, number>[];
  readonly edge: number;
}

/**
 * Event → microseconds. Between two known times: by the median share of the gap, runs of several evenly; after the last
 * known time, or before the first, by the median time of the edge. Never beyond the neighbours. A case without any time
 * stays without. O(events).
 */
export function imputeTimes(log: EventLog, conditioned: boolean): Map<number, number> {
  const { completed } = log;
  const filled = new Map<number, number>();
  if (completed === null || !completed.some((time) => Number.isNaN(time))) return filled;
  const learned = learn(log, completed, conditioned);
  const working = completed.slice();
  for (let index = 0; index < log.cases; index++) {
    const [from, to] = [log.caseStart[index]!, log.caseStart[index + 1]!];
    forwards(log, working, from, to, learned, filled);
    backwards(log, working, from, to, learned, filled);
  }
  return filled;
}

function forwards(
  log: EventLog,
  working: Float64Array,
  from: number,
  to: number,
  learned: Learned,
  filled: Map<number, number>,
): void {
  for (let at = from + 1; at < to; at++) {
    const before = working[at - 1]!;
    if (!Number.isNaN(working[at]!) || Number.isNaN(before)) continue;
    let next = at + 1;
    while (next < to && Number.isNaN(working[next]!)) next++;
    const time =
      next < to
        ? before + shareOf(log, at, next, learned) * (working[next]! - before)
        : before + edgeOf(log, at - 1, at, learned);
    working[at] = Math.round(time);
    filled.set(at, working[at]!);
  }
}

/** Events before the first known time. */
function backwards(
  log: EventLog,
  working: Float64Array,
  from: number,
  to: number,
  learned: Learned,
  filled: Map<number, number>,
): void {
  for (let at = to - 2; at >= from; at--) {
    if (!Number.isNaN(working[at]!) || Number.isNaN(working[at + 1]!)) continue;
    working[at] = Math.round(working[at + 1]! - edgeOf(log, at, at + 1, learned));
    filled.set(at, working[at]!);
  }
}

function shareOf(log: EventLog, at: number, next: number, { shares }: Learned): number {
  if (next > at + 1) return 1 / (next - at + 1);
  const [before, own, after] = [log.activity[at - 1]!, log.activity[at]!, log.activity[next]!];
  return shares[0]?.get(`${before} ${own} ${after}`) ?? shares[1]?.get(`${own}`) ?? 0.5;
}

function edgeOf(log: EventLog, from: number, to: number, { edges, edge }: Learned): number {
  const [before, own] = [log.activity[from]!, log.activity[to]!];
  return edges[0]?.get(`${before} ${own}`) ?? edges[1]?.get(`${own}`) ?? edge;
}

function learn(log: EventLog, completed: Float64Array, conditioned: boolean): Learned {
  const [triples, steps, pairs, targets] = [0, 1, 2, 3].map(() => new Map<string, number[]>());
  const all: number[] = [];
  for (let index = 0; index < log.cases; index++) {
    const to = log.caseStart[index + 1]!;
    for (let at = log.caseStart[index]! + 1; at < to; at++) {
      const [before, own] = [log.activity[at - 1]!, log.activity[at]!];
      const edge = completed[at]! - completed[at - 1]!;
      if (Number.isNaN(edge)) continue;
      all.push(edge);
      if (!conditioned) continue;
      add(pairs!, `${before} ${own}`, edge);
      add(targets!, `${own}`, edge);
      const gap = at + 1 < to ? completed[at + 1]! - completed[at - 1]! : Number.NaN;
      if (!(gap > 0)) continue;
      add(triples!, `${before} ${own} ${log.activity[at + 1]}`, edge / gap);
      add(steps!, `${own}`, edge / gap);
    }
  }
  return {
    shares: conditioned ? [medians(triples!), medians(steps!)] : [],
    edges: conditioned ? [medians(pairs!), medians(targets!)] : [],
    edge: all.length === 0 ? 0 : quantile(Float64Array.from(all), 0.5),
  };
}

function add(table: Map<string, number[]>, key: string, value: number): void {
  const own = table.get(key);
  if (own === undefined) table.set(key, [value]);
  else own.push(value);
}

const medians = (table: ReadonlyMap<string, readonly number[]>): Map<string, number> =>
  new Map(Array.from(table, ([key, values]) => [key, quantile(Float64Array.from(values), 0.5)]));
