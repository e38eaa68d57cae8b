import { mulberry32 } from "../effects.ts";
import type { Steps } from "../steps.ts";
import type { StepTimes } from "../waiting-and-service.ts";

/** What cycle times would be had the waiting before one activity been shorter. Seconds, means over all cases. */
export interface RemovedWaiting {
  readonly activity: number;
  /** Waiting before it, a case. */
  readonly waiting: number;
  /** How much shorter a case would be without that waiting, and with half of it. */
  readonly removed: number;
  readonly halved: number;
  /** 95 % interval of `removed`: bootstrap over cases. */
  readonly low: number;
  readonly high: number;
  /** Cases that would be shorter at all. */
  readonly cases: number;
}

const RESAMPLES = 500;
/** So many get an interval; the others are far behind. */
const WITH_INTERVAL = 10;

/**
 * Ranks activities by what removing the waiting before them would give. In each case a step begins after all steps that had
 * ended when it began, plus its own waiting (the observed interval order; Fishburn 1970); with one activity's waiting taken
 * away the longest path through the case is worked out again (critical path method, Kelley & Walker 1959). So waiting that passes
 * beside other work, or that another branch would take as well, counts for nothing. What people would do with the time
 * is not modelled: it is an upper bound of what can be won there. Most first. O(activities × steps × log(steps of a case)).
 */
export function removedWaiting(
  steps: Steps,
  times: StepTimes,
  cases: number,
  activities: number,
): RemovedWaiting[] {
  const order = orderOf(steps, times);
  const waitingOf = new Float64Array(activities);
  for (let i = 0; i < steps.count; i++) {
    if (times.waiting[i]! > 0) waitingOf[steps.activity[i]!]! += times.waiting[i]!;
  }
  const found = Array.from(waitingOf.keys())
    .filter((activity) => waitingOf[activity]! > 0)
    .map((activity) => {
      const gains = gainsWithout(steps, order, cases, activity, 1);
      const halved = meanOf(gainsWithout(steps, order, cases, activity, 0.5));
      return { activity, waiting: waitingOf[activity]! / cases / 1e6, gains, removed: meanOf(gains), halved };
    })
    .sort((a, b) => b.removed - a.removed || a.activity - b.activity);
  return found.map(({ gains, ...each }, rank) => {
    const shorter = gains.reduce((n, gain) => n + (gain > 0 ? 1 : 0), 0);
    return { ...each, cases: shorter, ...(rank < WITH_INTERVAL ? interval(gains) : UNKNOWN) };
  });
}

const UNKNOWN = { low: Number.NaN, high: Number.NaN };

interface Order {
  /** Start of each step (its completion where no start is known), microseconds. */
  readonly start: Float64Array;
  /** Last step of the case, before it in order of completion, that had ended by its start; -1 for none. */
  readonly after: Int32Array;
  /** From the latest of those ends to its start. */
  readonly lag: Float64Array;
  /** The part of the lag that is known to be waiting. */
  readonly waiting: Float64Array;
}

function orderOf({ count, case: cases, started, completed }: Steps, { waiting }: StepTimes): Order {
  const start = started.map((time, i) =>
    Number.isNaN(time) ? completed[i]! : Math.min(time, completed[i]!),
  );
  const after = new Int32Array(count).fill(-1);
  const lag = new Float64Array(count);
  for (let first = 0; first < count; ) {
    let end = first;
    while (end < count && cases[end] === cases[first]) end++;
    for (let i = first; i < end; i++) {
      let [low, high] = [first, i];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (completed[middle]! <= start[i]!) low = middle + 1;
        else high = middle;
      }
      if (low === first) continue;
      after[i] = low - 1;
      lag[i] = start[i]! - completed[low - 1]!;
    }
    first = end;
  }
  const known = waiting.map((time, i) => (time > 0 ? Math.min(time, lag[i]!) : 0));
  return { start, after, lag, waiting: known };
}

/** Seconds by which each case would be shorter with a share of the waiting before an activity taken away. */
function gainsWithout(
  { count, case: cases, activity, completed }: Steps,
  { start, after, lag, waiting }: Order,
  size: number,
  removed: number,
  share: number,
): Float64Array {
  const gains = new Float64Array(size);
  // Latest end of the steps of the case up to and including each, in the shortened case.
  const latest = new Float64Array(count);
  for (let first = 0; first < count; ) {
    let end = first;
    let last = Number.NEGATIVE_INFINITY;
    let shortened = Number.NEGATIVE_INFINITY;
    for (; end < count && cases[end] === cases[first]; end++) {
      const own = activity[end] === removed ? lag[end]! - share * waiting[end]! : lag[end]!;
      const begins = after[end]! < 0 ? start[end]! : latest[after[end]!]! + own;
      const ends = begins + (completed[end]! - start[end]!);
      if (completed[end]! > last) last = completed[end]!;
      if (ends > shortened) shortened = ends;
      latest[end] = shortened;
    }
    gains[cases[first]!] = Math.max(0, last - shortened) / 1e6;
    first = end;
  }
  return gains;
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Percentile interval of the mean over resampled cases (Efron 1979); the same gains give the same. */
function interval(gains: Float64Array): { low: number; high: number } {
  const random = mulberry32(gains.length);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < gains.length; i++) sum += gains[Math.floor(random() * gains.length)]!;
    return sum / gains.length;
  }).sort();
  return { low: means[Math.floor(0.025 * RESAMPLES)]!, high: means[Math.ceil(0.975 * RESAMPLES) - 1]! };
}
