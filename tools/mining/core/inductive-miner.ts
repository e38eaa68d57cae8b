import { type Cut, findCut } from "./cuts.ts";
import { type FallThrough, fallThrough } from "./fall-throughs.ts";
import { type FollowsGraph, followsGraph, withoutInfrequent } from "./follows-graph.ts";
import { splitLog } from "./log-splits.ts";
import {
  activityLeaf,
  exclusive,
  interleaved,
  loop,
  type ProcessTree,
  parallel,
  sequence,
  silent,
} from "./process-tree.ts";
import { MOST_ACTIVITIES, sortedByName, type TraceMultiset, toMultiset, totalOf } from "./trace-multiset.ts";
import type { Variants } from "./variants.ts";

export interface InductiveMinerOptions {
  /**
   * 0 (default): every case fits the model, a guarantee of the algorithm. Above: behaviour rarer than this share of its
   * most frequent alternative may be left out where no cut exists otherwise (IMf).
   */
  readonly noise?: number;
  /** Once it says that time is up, parts that are not yet discovered allow their activities in any order. */
  readonly deadline?: () => boolean;
}

/** What the recursion asks of the traces, whose characters mean activities, or starts and completions of activities. */
export interface TraceOperations {
  graph(log: TraceMultiset): FollowsGraph;
  /** The cut that the log is split by; null where there is none. */
  cut(log: TraceMultiset, graph: FollowsGraph, noise: number): Cut | null;
  /** One log for each part of the cut; `partOf` maps activity codes to parts. */
  split(log: TraceMultiset, cut: Cut, partOf: ReadonlyMap<number, number>): TraceMultiset[];
  fallThrough(log: TraceMultiset, graph: FollowsGraph, hasCut: (rest: FollowsGraph) => boolean): FallThrough;
  /** How often something is done in the trace. */
  executions(trace: string): number;
}

const COMPLETIONS: TraceOperations = {
  graph: followsGraph,
  cut: (_, graph, noise) => cutOf(graph, noise),
  split: splitLog,
  fallThrough,
  executions: (trace) => trace.length,
};

interface Context {
  readonly names: readonly string[];
  readonly noise: number;
  readonly deadline: () => boolean;
  readonly traces: TraceOperations;
}

/**
 * The inductive miner on the distinct traces of a log: IM (Leemans, Fahland & van der Aalst, "Discovering
 * block-structured process models from event logs", 2013) with the fall-throughs of his thesis (2017), and IMf
 * ("… containing infrequent behaviour", 2014) for `noise` above 0. Each activity stands at exactly one leaf.
 * Beyond `MOST_ACTIVITIES` the model allows them in any order.
 * O(depth × (distinct traces' events + activities³)), of which a log's cases are not part.
 */
export function inductiveMiner(found: Variants, options: InductiveMinerOptions = {}): ProcessTree {
  const variants = sortedByName(found);
  const names = variants.activities;
  if (names.length > MOST_ACTIVITIES) return loop(exclusive(names.map(activityLeaf)), silent);
  return discoverTraces(toMultiset(variants), names, COMPLETIONS, options);
}

/** The same recursion over traces of another kind; activity codes are positions in `names`. */
export function discoverTraces(
  log: TraceMultiset,
  names: readonly string[],
  traces: TraceOperations,
  { noise = 0, deadline = () => false }: InductiveMinerOptions = {},
): ProcessTree {
  return discover(log, { names, noise, deadline, traces });
}

function discover(log: TraceMultiset, context: Context): ProcessTree {
  const empty = log.get("") ?? 0;
  if (empty > 0 || log.size === 0) return discoverOptional(log, empty, context);
  const graph = context.traces.graph(log);
  if (graph.activities.length === 1 && isOnePerTrace(log, context)) {
    return activityLeaf(context.names[graph.activities[0]!]!);
  }
  if (context.deadline()) return flower(graph, context);
  const cut = graph.activities.length < 2 ? null : context.traces.cut(log, graph, context.noise);
  return cut === null ? discoverWithoutCut(log, graph, context) : discoverParts(log, graph, cut, context);
}

/** Empty traces make the rest optional, unless they are too rare to matter. */
function discoverOptional(log: TraceMultiset, empty: number, context: Context): ProcessTree {
  const total = totalOf(log);
  if (empty === total) return silent;
  const rest = new Map(log);
  rest.delete("");
  const tree = discover(rest, context);
  return empty > context.noise * total ? exclusive([silent, tree]) : tree;
}

/**
 * Whether the single activity happens once a trace; with noise, whether its mean number of occurrences is close enough
 * to one for a geometric distribution (2014, section 3.2).
 */
function isOnePerTrace(log: TraceMultiset, { noise, traces: { executions } }: Context): boolean {
  let events = 0;
  for (const [trace, count] of log) events += executions(trace) * count;
  const traces = totalOf(log);
  return noise === 0 ? events === traces : Math.abs(traces / (traces + events) - 0.5) <= noise / 2;
}

function cutOf(graph: FollowsGraph, noise: number): Cut | null {
  if (graph.activities.length < 2) return null;
  return findCut(graph) ?? (noise > 0 ? findCut(withoutInfrequent(graph, noise)) : null);
}

function discoverParts(log: TraceMultiset, graph: FollowsGraph, cut: Cut, context: Context): ProcessTree {
  const partOf = new Map<number, number>();
  cut.parts.forEach((part, i) => {
    for (const index of part) partOf.set(graph.activities[index]!, i);
  });
  const logs = context.traces.split(log, cut, partOf);
  // Infrequent behaviour that was left out may leave a part without any trace: it is no alternative of its own.
  const parts = logs.filter((part, i) => part.size > 0 || cut.operator === "sequence" || i === 0);
  const children = parts.map((part) => discover(part, context));
  switch (cut.operator) {
    case "exclusive":
      return exclusive(children);
    case "sequence":
      return sequence(children);
    case "parallel":
      return parallel(children);
    case "interleaved":
      return interleaved(children);
    case "loop":
      return loop(children[0]!, exclusive(children.slice(1)));
  }
}

function discoverWithoutCut(log: TraceMultiset, graph: FollowsGraph, context: Context): ProcessTree {
  const found = context.traces.fallThrough(
    log,
    graph,
    (rest) => !context.deadline() && cutOf(rest, context.noise) !== null,
  );
  switch (found.kind) {
    case "parallel":
      return parallel(found.logs.map((part) => discover(part, context)));
    case "interleaved":
      return interleaved(found.logs.map((part) => discover(part, context)));
    case "silent-loop":
      return loop(discover(found.log, context), silent);
    case "flower":
      return flower(graph, context);
  }
}

/** Any of the activities, any number of times. */
const flower = (graph: FollowsGraph, { names }: Context): ProcessTree =>
  loop(exclusive(graph.activities.map((code) => activityLeaf(names[code]!))), silent);
