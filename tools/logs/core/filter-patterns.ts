/** Filters by the course of cases on typed arrays: their first and last step, what follows what, waiting, paths, chance. */
import { hash } from "node:crypto";
import type { Filter } from "../../inputs.ts";
import { timedSteps } from "../../mining/core/business-steps.ts";
import { variants } from "../../mining/core/variants.ts";
import { type BusinessTime, workedBetween } from "./business-time.ts";
import { comparison } from "./comparison.ts";
import type { EventLog } from "./event-log.ts";

export type CaseTest = (index: number) => boolean;
type Of<Kind extends Filter["kind"]> = Extract<Filter, { kind: Kind }>;

export function endpointTest(log: EventLog, at: "start" | "end", codes: readonly number[]): CaseTest {
  const wanted = new Set(codes);
  return (index) => {
    const event = at === "start" ? log.caseStart[index]! : log.caseStart[index + 1]! - 1;
    return wanted.has(log.activity[event]!);
  };
}

/** O(events of the case): walking back, the next `to` is always known. */
export function followsTest(
  log: EventLog,
  { how, mode, comparator, seconds }: Of<"follows">,
  [from, to]: readonly [number, number],
  calendar: BusinessTime | null,
): CaseTest {
  const holds = comparator === undefined || seconds === undefined ? null : comparison(comparator, seconds);
  const elapsed = (first: number, last: number) => {
    const [begin, end] = [log.completed?.[first] ?? Number.NaN, log.completed?.[last] ?? Number.NaN];
    return (calendar === null ? end - begin : workedBetween(calendar, begin, end)) / 1e6;
  };
  const happens: CaseTest = (index) => {
    let next = -1;
    for (let at = log.caseStart[index + 1]! - 1; at >= log.caseStart[index]!; at--) {
      const close = next >= 0 && (how === "eventually" || next === at + 1);
      if (log.activity[at] === from && close && (holds === null || holds(elapsed(at, next)))) return true;
      if (log.activity[at] === to) next = at;
    }
    return false;
  };
  return mode === "never" ? (index) => !happens(index) : happens;
}

export function waitingTest(
  log: EventLog,
  { comparator, seconds }: Of<"waiting">,
  activity: number | null,
  calendar: BusinessTime | null,
): CaseTest {
  const { steps, times } = timedSteps(log, calendar);
  const holds = comparison(comparator, seconds);
  const passes = new Uint8Array(log.cases);
  for (let step = 0; step < steps.count; step++) {
    const own = activity === null || steps.activity[step] === activity;
    if (own && holds(times.waiting[step]! / 1e6)) passes[steps.case[step]!] = 1;
  }
  return (index) => passes[index] === 1;
}

/** Variants that tie with the last one come along, so that no order of names decides. */
export function topVariantTest(log: EventLog, { unit, most }: Of<"top-variants">): CaseTest {
  const { counts, variantOf } = variants(log);
  const least = unit === "variants" ? (counts[Math.floor(most) - 1] ?? 0) : leastToCover(counts, most);
  return (index) => variantOf[index]! >= 0 && counts[variantOf[index]!]! >= least;
}

/** The smallest count among the most frequent variants that cover a share of all cases. `counts` descend. */
function leastToCover(counts: readonly number[], share: number): number {
  const wanted = share * counts.reduce((sum, count) => sum + count, 0);
  let [covered, least] = [0, Number.POSITIVE_INFINITY];
  for (const count of counts) {
    if (count !== least && covered >= wanted) break;
    least = count;
    covered += count;
  }
  return least;
}

/** Where the first 32 bits of a hash have to lie below for a share of all, in hexadecimal digits. */
export const SAMPLE_RANGE = (share: number): string =>
  Math.min(0xffff_ffff, Math.ceil(share * 2 ** 32))
    .toString(16)
    .padStart(8, "0");

/** By a hash of the seed and the case's first row in the file: no order, name or filter beside it changes who is drawn. */
export function sampleTest(log: EventLog, { unit, size, seed }: Of<"sample">): CaseTest {
  const keys = Array.from({ length: log.cases }, (_, index) => {
    const rows = log.row.subarray(log.caseStart[index], log.caseStart[index + 1]);
    return hash("md5", `${seed}:${rows.reduce((least, row) => Math.min(least, row), Infinity)}`);
  });
  if (unit === "share") {
    const range = SAMPLE_RANGE(size);
    return (index) => size >= 1 || keys[index]!.slice(0, 8) < range;
  }
  const drawn = [...keys.keys()].sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1)).slice(0, Math.floor(size));
  const kept = new Set(drawn);
  return (index) => kept.has(index);
}
