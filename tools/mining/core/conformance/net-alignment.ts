import type { PetriNet } from "../petri-net.ts";
import type { Deadline } from "../precision.ts";
import { AlignmentSearch, type SearchResult } from "./alignment-search.ts";
import { NoCompletionError } from "./errors.ts";

/** The best alignment known of one trace, and how good it could still be. */
export interface Alignment {
  /** No alignment costs less. Equal to `cost` where it is optimal. */
  readonly lower: number;
  /** Events without a step of the model and labelled steps without an event. */
  readonly cost: number;
  /** Position in the trace and transition in pairs, -1 for "none": (i, t) synchronous, (i, -1) log, (-1, t) model move. */
  readonly moves: Int32Array;
}

export interface Alignments {
  readonly traces: readonly Alignment[];
  /** Labelled steps of the model's shortest run: what an empty trace costs. */
  readonly shortest: number;
}

/**
 * Expansions a trace may take in each round, and how many traces make a part of it. All traces have had a round before any
 * has the next.
 */
const ROUNDS = [
  { expansions: 0, traces: 1024, isHasty: false },
  { expansions: 1_000, traces: 128, isHasty: true },
  { expansions: 20_000, traces: 8, isHasty: false },
  { expansions: 400_000, traces: 1, isHasty: false },
  { expansions: 8_000_000, traces: 1, isHasty: false },
] as const;
/** Weights of the searches for some alignment, for traces whose best one was not found in the first real round. */
const HASTY = [3, 20] as const;
const HASTY_EXPANSIONS = 5_000;
const SHORTEST_RUN_EXPANSIONS = 2_000_000;

/** Some traces in one round: what one thread does at a time. Plain values, so that it can be sent. */
export interface AlignmentPart {
  readonly net: PetriNet;
  readonly round: number;
  readonly shortest: Run;
  readonly traces: readonly (readonly string[])[];
  /** What earlier rounds found for each trace; empty in the first. */
  readonly known: readonly Alignment[];
}

/**
 * One part of an alignment, on its own: the result depends on the part alone. Where time is up, what is known is given
 * back. Throws `StateLimitError`.
 */
export function alignPart(part: AlignmentPart, deadline: Deadline): Alignment[] {
  const { expansions, isHasty } = ROUNDS[part.round]!;
  const search = new AlignmentSearch(part.net);
  return part.traces.map((names, i) => {
    const trace = new Trace(search, names, part.shortest, part.known[i]);
    if (!deadline()) trace.improve(expansions, deadline, isHasty);
    return trace.best;
  });
}

/**
 * Optimal alignments of traces on a net, anytime: first a bound for each trace, then rounds with ever more expansions. It
 * gives the parts of each round and takes what came of them, so that whoever runs them may use one thread or many: how a
 * round is cut depends on the traces alone, and so does the result, unless time is up. Then every trace has an alignment
 * that exists and a bound below it. Activities that the net does not have are log moves.
 */
export function* alignmentRounds(
  net: PetriNet,
  traces: readonly (readonly string[])[],
  shortest: Run,
  deadline: Deadline,
): Generator<readonly AlignmentPart[], Alignments, readonly (readonly Alignment[])[]> {
  const best: Alignment[] = [];
  let open = [...traces.keys()];
  for (const [round, { traces: size }] of ROUNDS.entries()) {
    if (round > 0 && deadline()) break;
    const cut = chunks(open, size);
    const found = yield cut.map((own) => ({
      net,
      round,
      shortest,
      traces: own.map((trace) => traces[trace]!),
      known: round === 0 ? [] : own.map((trace) => best[trace]!),
    }));
    cut.forEach((own, part) => {
      own.forEach((trace, i) => {
        best[trace] = found[part]![i]!;
      });
    });
    open = open.filter((trace) => best[trace]!.lower < best[trace]!.cost);
  }
  return { traces: best, shortest: shortest.cost };
}

/**
 * `alignmentRounds` in this thread. Throws `NoCompletionError` where the final marking cannot be reached, `StateLimitError`
 * where the net has no end of markings.
 */
export function alignTraces(
  net: PetriNet,
  traces: readonly (readonly string[])[],
  deadline: Deadline,
): Alignments {
  const rounds = alignmentRounds(net, traces, shortestRun(net), deadline);
  let step = rounds.next();
  while (!step.done) step = rounds.next(step.value.map((part) => alignPart(part, deadline)));
  return step.value;
}

/**
 * `alignmentRounds` where `run` says: in other threads, in any order. `onProgress` hears the share of traces that had their
 * first search.
 */
export async function alignTracesIn(
  net: PetriNet,
  traces: readonly (readonly string[])[],
  shortest: Run,
  run: (part: AlignmentPart) => Promise<readonly Alignment[]>,
  { deadline, onProgress }: { readonly deadline: Deadline; readonly onProgress?: (share: number) => void },
): Promise<Alignments> {
  const rounds = alignmentRounds(net, traces, shortest, deadline);
  let done = 0;
  const runPart = async (part: AlignmentPart) => {
    const found = await run(part);
    done += part.round === 1 ? found.length : 0;
    onProgress?.(done / traces.length);
    return found;
  };
  let step = rounds.next();
  while (!step.done) step = rounds.next(await Promise.all(step.value.map(runPart)));
  return step.value;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

/** Of the net alone: how many labelled steps it has, and its moves. */
export interface Run {
  readonly cost: number;
  readonly moves: Int32Array;
}

/** The run of the net with the fewest labelled steps. Throws `NoCompletionError`, `StateLimitError`. */
export function shortestRun(net: PetriNet): Run {
  const search = new AlignmentSearch(net);
  const limits = { expansions: SHORTEST_RUN_EXPANSIONS, deadline: () => false };
  const { cost, moves, outcome } = search.run(new Int32Array(0), limits);
  if (cost === null || moves === null) throw new NoCompletionError(outcome === "none");
  return { cost, moves };
}

/** One trace with the best alignment so far; to begin with all of its events, then the shortest run. */
class Trace {
  best: Alignment;
  readonly #search: AlignmentSearch;
  /** Label codes of the events that the net knows, and where they stand in the trace. */
  readonly #known: Int32Array;
  readonly #positions: Int32Array;
  readonly #length: number;

  constructor(search: AlignmentSearch, trace: readonly string[], shortest: Run, known?: Alignment) {
    this.#search = search;
    this.#length = trace.length;
    const codes = trace.map((name) => search.codeOf(name));
    this.#positions = Int32Array.from(codes.keys()).filter((i) => codes[i]! >= 0);
    this.#known = Int32Array.from(this.#positions, (i) => codes[i]!);
    const events = Array.from({ length: trace.length }, (_, i) => [i, -1]).flat();
    this.best = known ?? {
      lower: this.#unknown,
      cost: trace.length + shortest.cost,
      moves: Int32Array.from([...events, ...shortest.moves]),
    };
  }

  get isOptimal(): boolean {
    return this.best.lower === this.best.cost;
  }

  get #unknown(): number {
    return this.#length - this.#known.length;
  }

  improve(expansions: number, deadline: Deadline, hasty: boolean): void {
    this.#take(this.#search.run(this.#known, { expansions, deadline }));
    if (!hasty) return;
    for (const weight of HASTY) {
      if (this.isOptimal) return;
      this.#take(this.#search.run(this.#known, { expansions: HASTY_EXPANSIONS, deadline }, weight));
    }
  }

  #take({ lower, cost, moves }: SearchResult): void {
    const least = Math.max(this.best.lower, lower + this.#unknown);
    const isBetter = cost !== null && moves !== null && cost + this.#unknown <= this.best.cost;
    this.best = isBetter
      ? { lower: least, cost: cost + this.#unknown, moves: this.#withUnknown(moves) }
      : { ...this.best, lower: least };
  }

  /** Moves on the known events, with the unknown ones where they stand. */
  #withUnknown(moves: Int32Array): Int32Array {
    const all: number[] = [];
    let next = 0;
    const logMovesUntil = (end: number) => {
      for (; next < end; next++) all.push(next, -1);
    };
    for (let i = 0; i < moves.length; i += 2) {
      const at = moves[i]! < 0 ? -1 : this.#positions[moves[i]!]!;
      if (at >= 0) {
        logMovesUntil(at);
        next = at + 1;
      }
      all.push(at, moves[i + 1]!);
    }
    logMovesUntil(this.#length);
    return Int32Array.from(all);
  }
}

/** Fitness of a log between two bounds that are equal where all alignments are optimal. */
export interface FitnessInterval {
  /** What the alignments at hand give: the fitness is at least this. */
  readonly low: number;
  readonly high: number;
  /** Mean over cases of each trace's fitness, at least. */
  readonly meanTrace: number;
  /** Cases whose trace is a run of the net. */
  readonly fittingCases: number;
  /** Variants whose alignment is not shown to be the best. */
  readonly open: number;
}

/**
 * Log fitness 1 - Σ cost / Σ (events + shortest run), each trace weighted with its cases (Adriansyah 2014, section 5.3):
 * the worst alignment leaves all events and the whole run unmatched.
 */
export function alignmentFitness(
  { traces, shortest }: Alignments,
  lengths: readonly number[],
  counts: readonly number[],
): FitnessInterval {
  let [cost, lower, worst, mean, cases, fitting, open] = [0, 0, 0, 0, 0, 0, 0];
  traces.forEach((trace, v) => {
    const n = counts[v]!;
    const most = lengths[v]! + shortest;
    cost += n * trace.cost;
    lower += n * trace.lower;
    worst += n * most;
    mean += n * part(trace.cost, most);
    cases += n;
    if (trace.cost === 0) fitting += n;
    if (trace.lower < trace.cost) open++;
  });
  return {
    low: part(cost, worst),
    high: part(lower, worst),
    meanTrace: cases === 0 ? 1 : mean / cases,
    fittingCases: fitting,
    open,
  };
}

const part = (lost: number, all: number): number => (all === 0 ? 1 : 1 - lost / all);
