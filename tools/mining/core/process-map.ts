import type { EventLog } from "../../logs/core/event-log.ts";
import { filterLog } from "../../logs/core/filters.ts";
import type { Bottleneck } from "./bottlenecks.ts";
import { activityCounts, directlyFollows } from "./directly-follows.ts";
import { namesOf, type Variants, variants } from "./variants.ts";
import type { ActivityTimes } from "./waiting-and-service.ts";

export interface ProcessMap {
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly count: number;
    readonly waiting: number | null;
    readonly service: number | null;
    readonly bottleneck: boolean;
  }[];
  readonly edges: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly count: number;
    readonly seconds: number | null;
  }[];
}

/** The directly-follows graph as a map: starts and ends included, nodes with their times and bottleneck marks. */
export function processMap(
  log: EventLog,
  times: readonly ActivityTimes[] | null,
  marked: readonly Bottleneck[],
): ProcessMap {
  const graph = directlyFollows(log);
  const code = new Map(log.activities.map((name, i) => [name, i]));
  const bottlenecks = new Set(marked.map(({ activity }) => activity));
  return {
    nodes: Array.from(activityCounts(log), ([name, count]) => ({
      id: name,
      label: name,
      count,
      waiting: times?.[code.get(name)!]?.waiting?.mean ?? null,
      service: times?.[code.get(name)!]?.service?.mean ?? null,
      bottleneck: bottlenecks.has(name),
    })),
    edges: [
      ...Array.from(graph.starts, ([to, count]) => ({ from: null, to, count, seconds: null })),
      ...graph.edges.map(({ from, to, count, seconds }) => ({
        from,
        to,
        count,
        seconds: seconds?.mean ?? null,
      })),
      ...Array.from(graph.ends, ([from, count]) => ({ from, to: null, count, seconds: null })),
    ],
  };
}

/** The cases of the log's most frequent variants that cover `share` of it. */
export function mostCommonCases(log: EventLog, share: number): EventLog {
  if (share >= 1) return log;
  const all = variants(log);
  const kept = firstVariants(all, variantsToCover(all.counts, share));
  return filterLog(log, [{ kind: "variant", variants: kept.counts.map((_, v) => namesOf(kept, v)) }]);
}

/** How many of the most frequent variants it takes to cover `share` of the cases. */
export function variantsToCover(counts: readonly number[], share: number): number {
  const needed = share * counts.reduce((sum, count) => sum + count, 0);
  let covered = 0;
  let taken = 0;
  while (taken < counts.length && covered < needed) covered += counts[taken++]!;
  return Math.max(1, taken);
}

/** The first `n` variants alone. */
export function firstVariants(variants: Variants, n: number): Variants {
  return {
    ...variants,
    sequences: variants.sequences.slice(0, n),
    counts: variants.counts.slice(0, n),
    variantOf: variants.variantOf.map((v) => (v < n ? v : -1)),
  };
}
