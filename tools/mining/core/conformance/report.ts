import type { EventLog } from "../../../logs/core/event-log.ts";
import { cycleTimes } from "../case-measures.ts";
import { type Difference, differenceOfMeans, sampleOf } from "../effects.ts";
import type { PetriNet } from "../petri-net.ts";
import type { Deadline } from "../precision.ts";
import { type Feature, type SeparatingFeature, separatingFeatures } from "../separating-features.ts";
import { namesOf, type Variants, variants } from "../variants.ts";
import { type Deviation, deviations } from "./deviations.ts";
import type { Alignments } from "./net-alignment.ts";
import { type NetQuality, netQuality } from "./net-quality.ts";

/** What a deviation goes with in time and money. */
export interface DeviationCost {
  /** Mean cycle times in seconds: cases with it, and cases that are runs of the model. Null without times or such cases. */
  readonly cycleTime: (Difference & { readonly mean: number; readonly conforming: number }) | null;
  /** Sum of the money attribute over the cases that have it. */
  readonly money: number | null;
}

export interface ConformanceReport {
  readonly cases: number;
  readonly variants: number;
  readonly quality: NetQuality;
  readonly deviations: readonly (Deviation & DeviationCost)[];
  /** By case: 1 where it is no run of the model. */
  readonly isDeviating: Uint8Array;
  /** Attributes of the cases that deviate more or less often than the others; association, tested on two halves. */
  readonly attributes: readonly SeparatingFeature[];
  /** The numeric case attribute that money was taken from. */
  readonly moneyAttribute: string | null;
}

/** The traces of a log's variants. */
export function tracesOf(found: Variants): string[][] {
  return found.sequences.map((_, v) => namesOf(found, v));
}

export interface ReportOptions {
  readonly deadline: Deadline;
  /** A numeric case attribute; guessed from its name when absent. */
  readonly money?: string;
  readonly onProgress?: (message: string, share?: number) => void;
}

/**
 * Holds a log against a net on which its variants are aligned: quality, deviations with what they cost, and the attributes
 * that go with them.
 */
export function conformanceReport(
  log: EventLog,
  net: PetriNet,
  alignments: Alignments,
  options: ReportOptions,
): ConformanceReport {
  const { deadline, onProgress } = options;
  const found = variants(log);
  const traces = tracesOf(found);
  onProgress?.("Measuring precision");
  const quality = netQuality(net, found, alignments, deadline);
  const isDeviating = Uint8Array.from(found.variantOf, (v) =>
    v >= 0 && alignments.traces[v]!.cost > 0 ? 1 : 0,
  );
  const moneyAttribute = options.money ?? guessMoney(log);
  const cost = new Costs(log, found.variantOf, isDeviating, moneyAttribute);
  return {
    cases: log.cases,
    variants: traces.length,
    quality,
    deviations: deviations(net, traces, found.counts, alignments).map((each) => ({
      ...each,
      ...cost.of(each),
    })),
    isDeviating,
    attributes: attributesOf(log, isDeviating),
    moneyAttribute,
  };
}

/** A numeric case attribute whose name says money. */
function guessMoney(log: EventLog): string | null {
  for (const [name, { kind }] of log.caseAttributes)
    if (kind === "number" && /amount|price|cost|value|total|sum|revenue|fee/i.test(name)) return name;
  return null;
}

/** Steps that happen are what deviating means: only what a case is, is looked at. Who works on it is not. */
function attributesOf(log: EventLog, isDeviating: Uint8Array): SeparatingFeature[] {
  const people = new Set(log.resource?.dictionary ?? []);
  const isTautology = (feature: Feature) =>
    !(feature.kind === "above" || (feature.kind === "value" && !people.has(feature.value)));
  return separatingFeatures(log, Float64Array.from(isDeviating), { isTautology });
}

class Costs {
  readonly #times: Float64Array | null;
  readonly #money: Float64Array | null;
  readonly #variantOf: Int32Array;
  readonly #conforming: Float64Array;

  constructor(log: EventLog, variantOf: Int32Array, isDeviating: Uint8Array, money: string | null) {
    this.#times = log.completed === null ? null : cycleTimes(log);
    const column = money === null ? undefined : log.caseAttributes.get(money);
    this.#money = column?.kind === "number" ? column.values : null;
    this.#variantOf = variantOf;
    this.#conforming = this.#timesWhere((c) => isDeviating[c] === 0);
  }

  of({ variants: own }: Deviation): DeviationCost {
    const has = new Set(own);
    const isIn = (c: number) => has.has(this.#variantOf[c]!);
    return { cycleTime: this.#cycleTime(this.#timesWhere(isIn)), money: this.#sum(isIn) };
  }

  #cycleTime(times: Float64Array): DeviationCost["cycleTime"] {
    if (times.length < 2 || this.#conforming.length < 2) return null;
    const [own, others] = [sampleOf(times), sampleOf(this.#conforming)];
    return { ...differenceOfMeans(own, others), mean: own.mean, conforming: others.mean };
  }

  #timesWhere(isIn: (c: number) => boolean): Float64Array {
    if (this.#times === null) return new Float64Array(0);
    return this.#times.filter((time, c) => isIn(c) && !Number.isNaN(time));
  }

  #sum(isIn: (c: number) => boolean): number | null {
    if (this.#money === null) return null;
    return this.#money.reduce((sum, amount, c) => (isIn(c) && !Number.isNaN(amount) ? sum + amount : sum), 0);
  }
}
