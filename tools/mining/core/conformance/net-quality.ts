import type { PetriNet } from "../petri-net.ts";
import { type Deadline, escapingEdgesPrecision } from "../precision.ts";
import { type Replay, tokenReplay } from "../token-replay.ts";
import type { Variants } from "../variants.ts";
import { alignmentPrecision } from "./alignment-precision.ts";
import { StateLimitError } from "./errors.ts";
import { type Alignments, alignmentFitness, type FitnessInterval } from "./net-alignment.ts";
import { netAutomaton } from "./net-automaton.ts";
import { fScore, generalisation, simplicity } from "./net-measures.ts";

/** How well a net describes a log. Null where time or the states that may be kept did not suffice; `reason` says why. */
export interface NetQuality {
  /** By alignments; between `low` and `high`, which are equal when all alignments are optimal. */
  readonly fitness: FitnessInterval;
  readonly replay: Pick<
    Replay,
    | "fitness"
    | "meanTraceFitness"
    | "fittingCases"
    | "produced"
    | "consumed"
    | "missing"
    | "remaining"
    | "byVariant"
  > | null;
  /** By escaping edges over the prefixes of the log that fit. */
  readonly precision: number | null;
  /** By escaping edges over the aligned runs: cases that do not fit count too. */
  readonly alignedPrecision: number | null;
  readonly generalisation: number | null;
  readonly simplicity: number;
  /** Of the alignment fitness and the aligned precision. */
  readonly fScore: number | null;
  readonly reason?: string;
}

const OUT_OF_TIME = "The time allowed did not suffice.";

/** Every figure of a net for a log whose alignments are known. */
export function netQuality(
  net: PetriNet,
  variants: Variants,
  alignments: Alignments,
  deadline: Deadline,
): NetQuality {
  const lengths = variants.sequences.map((sequence) => sequence.length);
  const fitness = alignmentFitness(alignments, lengths, variants.counts);
  const explored = explore(net, variants, alignments, deadline);
  const { replay, alignedPrecision } = explored;
  const open = `${fitness.open} of ${lengths.length} variants may have a better alignment: fitness is an interval.`;
  const reasons = [explored.reason, ...(fitness.open > 0 ? [open] : [])].filter((each) => each !== undefined);
  return {
    fitness,
    replay,
    precision: explored.precision,
    alignedPrecision,
    generalisation: replay === null ? null : generalisation(replay.fired),
    simplicity: simplicity(net),
    fScore: alignedPrecision === null ? null : fScore(fitness.low, alignedPrecision),
    ...(reasons.length === 0 ? {} : { reason: reasons.join(" ") }),
  };
}

interface Explored {
  readonly replay: Replay | null;
  readonly precision: number | null;
  readonly alignedPrecision: number | null;
  readonly reason?: string;
}

/** What needs the net's markings; a net with too many of them has none of it. */
function explore(net: PetriNet, variants: Variants, alignments: Alignments, deadline: Deadline): Explored {
  const codes = new Map(variants.activities.map((name, code) => [name, code]));
  for (const { label } of net.transitions)
    if (label !== null && !codes.has(label)) codes.set(label, codes.size);
  try {
    const replay = tokenReplay(net, variants, deadline);
    const automaton = netAutomaton(net, codes);
    const precision = escapingEdgesPrecision(automaton, variants, deadline);
    const codeOf = (label: string) => codes.get(label)!;
    const aligned = alignmentPrecision(net, automaton, codeOf, alignments, variants.counts, deadline);
    const inTime = replay !== null && precision !== null && aligned !== null;
    return { replay, precision, alignedPrecision: aligned, ...(inTime ? {} : { reason: OUT_OF_TIME }) };
  } catch (error) {
    if (!(error instanceof StateLimitError)) throw error;
    return { replay: null, precision: null, alignedPrecision: null, reason: error.message };
  }
}
