import type { BusinessTime } from "../../../logs/core/business-time.ts";
import type { EventLog } from "../../../logs/core/event-log.ts";
import { timedSteps } from "../business-steps.ts";
import type { Steps } from "../steps.ts";

/** What doing an activity again costs. A step is done again where the case has had the same activity before. */
export interface ReworkCost {
  readonly activity: number;
  /** Steps beyond the first of the activity in a case, and cases with any. */
  readonly steps: number;
  readonly cases: number;
  /** Seconds of work in them and of waiting before them; null without starts. */
  readonly service: number | null;
  readonly waiting: number | null;
  /** Sum of the cost attribute over the events beyond the first; null where there is none. */
  readonly money: number | null;
}

export interface ReworkReport {
  /** Most work done again first; without starts most steps. */
  readonly activities: readonly ReworkCost[];
  /** All steps, and cases in which anything is done again. */
  readonly allSteps: number;
  readonly cases: number;
  /** Seconds of all work; null without starts. */
  readonly allService: number | null;
  /** The numeric event attribute that is taken for money. */
  readonly moneyAttribute: string | null;
}

const MONEY = /^(.*[\s_:.-])?(costs?|price|fee|expenses?|amount)$/iu;

/** Work and waiting by the clock, or in business time. O(steps × log(steps of an activity in a case)). */
export function reworkCost(log: EventLog, calendar: BusinessTime | null = null): ReworkReport {
  const { steps: found, times } = timedSteps(log, calendar);
  const again = doneAgain(log.activities.length, found, times.waiting);
  const money = moneyOf(log);
  const tallies = log.activities.map((_, activity) => ({
    activity,
    steps: 0,
    cases: 0,
    service: 0,
    waiting: 0,
    money: 0,
    lastCase: -1,
  }));
  let cases = 0;
  let lastCase = -1;
  let allService = 0;
  for (let i = 0; i < found.count; i++) {
    if (!Number.isNaN(times.service[i]!)) allService += times.service[i]! / 1e6;
    if (again[i] === 0) continue;
    const tally = tallies[found.activity[i]!]!;
    const c = found.case[i]!;
    tally.steps++;
    if (tally.lastCase !== c) tally.cases++;
    tally.lastCase = c;
    if (lastCase !== c) cases++;
    lastCase = c;
    if (!Number.isNaN(times.service[i]!)) tally.service += times.service[i]! / 1e6;
    if (!Number.isNaN(times.waiting[i]!)) tally.waiting += times.waiting[i]! / 1e6;
  }
  if (money !== null) addMoney(log, money.values, tallies);
  const { hasStarts } = found;
  const activities = tallies
    .filter((tally) => tally.steps > 0)
    .map(({ lastCase: _last, ...tally }) => ({
      ...tally,
      service: hasStarts ? tally.service : null,
      waiting: hasStarts ? tally.waiting : null,
      money: money === null ? null : tally.money,
    }))
    .sort((a, b) => (b.service ?? 0) - (a.service ?? 0) || b.steps - a.steps || a.activity - b.activity);
  return {
    activities,
    allSteps: found.count,
    cases,
    allService: hasStarts ? allService : null,
    moneyAttribute: money?.attribute ?? null,
  };
}

/**
 * 1 for steps beyond the first of their activity in a case, by completion, then start, then waiting: steps alike in all three
 * cost the same, so SQL without a row number gives the same sums. Unknown times stand last.
 */
function doneAgain(
  width: number,
  { count, case: cases, activity, completed, started }: Steps,
  waiting: Float64Array,
): Uint8Array {
  const again = new Uint8Array(count);
  const first = new Int32Array(width).fill(-1);
  const known = (value: number) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value);
  const isBefore = (i: number, j: number): boolean => {
    for (const times of [completed, started, waiting]) {
      const [own, other] = [known(times[i]!), known(times[j]!)];
      if (own !== other) return own < other;
    }
    return false;
  };
  for (let i = 0; i < count; i++) {
    const code = activity[i]!;
    const other = first[code]!;
    if (other < 0 || cases[other] !== cases[i]) first[code] = i;
    else if (isBefore(i, other)) {
      again[other] = 1;
      first[code] = i;
    } else again[i] = 1;
  }
  return again;
}

function moneyOf(log: EventLog): { attribute: string; values: Float64Array } | null {
  for (const [attribute, column] of log.attributes) {
    if (column.kind === "number" && MONEY.test(attribute)) return { attribute, values: column.values };
  }
  return null;
}

function addMoney(log: EventLog, values: Float64Array, tallies: readonly { money: number }[]): void {
  const seenIn = new Int32Array(log.activities.length).fill(-1);
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
      const code = log.activity[i]!;
      if (seenIn[code] === c && !Number.isNaN(values[i]!)) tallies[code]!.money += values[i]!;
      seenIn[code] = c;
    }
  }
}
