import type { EventLog } from "../../logs/core/event-log.ts";
import { type Summary, summarize } from "./quantiles.ts";

/** Earliest start or completion and latest completion of each case, microseconds; NaN where there is none. */
export interface CaseSpans {
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/** O(events). Null for a log without times. */
export function caseSpans(log: EventLog): CaseSpans | null {
  const { completed, started, caseStart, cases } = log;
  if (completed === null) return null;
  const first = new Float64Array(cases).fill(Number.NaN);
  const last = new Float64Array(cases).fill(Number.NaN);
  for (let c = 0; c < cases; c++) {
    let earliest = Number.POSITIVE_INFINITY;
    let latest = Number.NEGATIVE_INFINITY;
    for (let i = caseStart[c]!; i < caseStart[c + 1]!; i++) {
      const completion = completed[i]!;
      if (completion < earliest) earliest = completion;
      if (completion > latest) latest = completion;
      if (started !== null && started[i]! < earliest) earliest = started[i]!;
    }
    if (latest > Number.NEGATIVE_INFINITY) {
      first[c] = earliest;
      last[c] = latest;
    }
  }
  return { first, last };
}

export interface Throughput {
  /** Seconds from a case's earliest start or completion to its latest completion. */
  readonly seconds: Summary | null;
  /** Microseconds since 1970; null without times. */
  readonly first: number | null;
  readonly last: number | null;
}

/** Throughput times over all cases, and the log's own span (contract.md, "Definitions"). */
export function throughput(log: EventLog): Throughput {
  const spans = caseSpans(log);
  if (spans === null) return { seconds: null, first: null, last: null };
  const durations = new Float64Array(log.cases);
  let n = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < log.cases; c++) {
    const duration = spans.last[c]! - spans.first[c]!;
    if (Number.isNaN(duration)) continue;
    durations[n++] = duration;
    if (spans.first[c]! < first) first = spans.first[c]!;
    if (spans.last[c]! > last) last = spans.last[c]!;
  }
  return n === 0
    ? { seconds: null, first: null, last: null }
    : { seconds: summarize(durations, 0, n), first, last };
}
