import { type EventLog, MISSING } from "../../../logs/core/event-log.ts";

/** Work that passed from one group of people to another (or within one). */
export interface Handover {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Cases in which it happened. */
  readonly cases: number;
  /** Mean seconds from completion to completion; null without times. */
  readonly seconds: number | null;
}

export interface Handovers {
  /** Between groups, the most frequent first; only where the person changed. */
  readonly between: readonly Handover[];
  /** Neighbouring events of which both people are known; those where the person changed. */
  readonly neighbours: number;
  readonly changed: number;
  /** Mean seconds from completion to completion where the person changed, and where it stayed; null where there are none. */
  readonly secondsChanged: number | null;
  readonly secondsSame: number | null;
}

/**
 * Handover of work (van der Aalst, Reijers & Song, "Discovering social networks from event logs", 2005): from the person of an
 * event to that of the next one in the case, summed up by `groupOf` (a role for each resource code). O(events).
 */
export function handovers(log: EventLog, groupOf: Int32Array): Handovers {
  const codes = log.resource?.codes ?? null;
  const width = widthOf(groupOf);
  const sums = new Map<number, Sum>();
  const [changed, same] = [emptySum(), emptySum()];
  for (let c = 0; codes !== null && c < log.cases; c++) {
    for (let i = log.caseStart[c]! + 1; i < log.caseStart[c + 1]!; i++) {
      const [from, to] = [codes[i - 1]!, codes[i]!];
      if (from === MISSING || to === MISSING) continue;
      const seconds = log.completed === null ? Number.NaN : (log.completed[i]! - log.completed[i - 1]!) / 1e6;
      addTo(from === to ? same : changed, c, seconds);
      if (from === to) continue;
      const pair = groupOf[from]! * width + groupOf[to]!;
      const sum = sums.get(pair) ?? emptySum();
      sums.set(pair, sum);
      addTo(sum, c, seconds);
    }
  }
  const between = [...sums].map(([pair, sum]) => ({
    from: Math.floor(pair / width),
    to: pair % width,
    count: sum.count,
    cases: sum.cases,
    seconds: mean(sum),
  }));
  between.sort((x, y) => y.count - x.count || x.from - y.from || x.to - y.to);
  return {
    between,
    neighbours: changed.count + same.count,
    changed: changed.count,
    secondsChanged: mean(changed),
    secondsSame: mean(same),
  };
}

const widthOf = (groupOf: Int32Array): number =>
  groupOf.reduce((most, group) => Math.max(most, group), 0) + 1;

interface Sum {
  count: number;
  cases: number;
  lastCase: number;
  timed: number;
  seconds: number;
}

const emptySum = (): Sum => ({ count: 0, cases: 0, lastCase: -1, timed: 0, seconds: 0 });

function addTo(sum: Sum, c: number, seconds: number): void {
  sum.count++;
  if (sum.lastCase !== c) {
    sum.cases++;
    sum.lastCase = c;
  }
  if (Number.isNaN(seconds)) return;
  sum.timed++;
  sum.seconds += seconds;
}

const mean = ({ timed, seconds }: Sum): number | null => (timed === 0 ? null : seconds / timed);

/** Cases in which people of both groups took part: `[a * groups + b]`; the diagonal: in which two people of the group did. */
export function workingTogether(log: EventLog, groupOf: Int32Array): Float64Array {
  const width = widthOf(groupOf);
  const together = new Float64Array(width * width);
  const codes = log.resource?.codes ?? null;
  for (let c = 0; codes !== null && c < log.cases; c++) {
    const people = new Set(codes.subarray(log.caseStart[c]!, log.caseStart[c + 1]!));
    people.delete(MISSING);
    const members = new Uint32Array(width);
    for (const code of people) members[groupOf[code]!]!++;
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) {
        if (a === b ? members[a]! > 1 : members[a]! > 0 && members[b]! > 0) together[a * width + b]!++;
      }
    }
  }
  return together;
}

const DAY = 86_400_000_000;
const WEEK = 7 * DAY;
/** Monday 1970-01-05: weeks are ISO weeks. */
const FIRST_MONDAY = 4 * DAY;

/** Events that each group completed in each week (UTC), from the first week to the last. Empty without times. */
export function workload(
  log: EventLog,
  groupOf: Int32Array,
): readonly { readonly week: number; readonly events: readonly number[]; readonly people: number }[] {
  const codes = log.resource?.codes ?? null;
  if (codes === null || log.completed === null) return [];
  const width = widthOf(groupOf);
  const weeks = new Map<number, { events: number[]; people: Set<number> }>();
  for (let i = 0; i < log.events; i++) {
    if (codes[i] === MISSING || Number.isNaN(log.completed[i]!)) continue;
    const week = Math.floor((log.completed[i]! - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY;
    const own = weeks.get(week) ?? { events: new Array<number>(width).fill(0), people: new Set<number>() };
    weeks.set(week, own);
    own.events[groupOf[codes[i]!]!]!++;
    own.people.add(codes[i]!);
  }
  return [...weeks]
    .sort(([a], [b]) => a - b)
    .map(([week, { events, people }]) => ({ week, events, people: people.size }));
}
