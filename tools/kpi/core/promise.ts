/** Whether what was promised came true. */
import type { Interval } from "./summarize.ts";

export type Verdict = "kept" | "missed" | "too-early";

export interface PromiseTerms {
  readonly before: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly minimumCases: number;
}

export interface Measured {
  readonly value: number;
  readonly interval: Interval;
  /** Cases finished since. */
  readonly cases: number;
}

/**
 * Too early below the number of cases agreed on. Else kept when the measured value is at least as good as the worst end
 * of the promised interval, in the direction of the promise (fewer is better when less was expected).
 */
export function judgePromise(terms: PromiseTerms, measured: Measured): Verdict {
  if (measured.cases < terms.minimumCases) return "too-early";
  const fewerIsBetter = terms.expected <= terms.before;
  const isKept = fewerIsBetter ? measured.value <= terms.high : measured.value >= terms.low;
  return isKept ? "kept" : "missed";
}

/** Whether the measured interval reaches over the line between kept and missed: the verdict may still turn. */
export function isClose(terms: PromiseTerms, { interval }: Measured): boolean {
  const line = terms.expected <= terms.before ? terms.high : terms.low;
  return interval.low <= line && interval.high >= line;
}

/** The promise's query on events after an instant. The instant is put in as a timestamp literal. */
export const promiseSql = (sql: string, since: string): string => sql.replaceAll("{since}", since);
