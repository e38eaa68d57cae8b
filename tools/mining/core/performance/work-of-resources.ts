import { MISSING } from "../../../logs/core/event-log.ts";
import { quantile } from "../quantiles.ts";
import type { Waits } from "./waits.ts";

/** The work of one resource, in order of start. Microseconds since 1970. */
export interface ResourceWork {
  readonly count: number;
  readonly step: Uint32Array;
  readonly started: Float64Array;
  readonly completed: Float64Array;
  /** When each could have begun; its start where no waiting is known. */
  readonly enabled: Float64Array;
  /** The same, but before all time where no waiting is known: what arrived unseen is taken to have been there first. */
  readonly arrived: Float64Array;
  /** The latest completion up to and including each: ascending, so that work in a window is found by bisection. */
  readonly latest: Float64Array;
  /** Median length of its work. */
  readonly typical: number;
  /** Steps in hand at once, on average while it works. */
  readonly concurrent: number;
}

/** The work of every resource by its code. Steps without a start, a resource or with a negative length are left out. */
export function workOfResources(waits: Waits): ResourceWork[] {
  const { steps, resource, resources } = waits;
  const arrived = new Float64Array(steps.count).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < waits.count; i++) arrived[waits.step[i]!] = waits.enabled[i]!;
  const counts = new Uint32Array(resources.length);
  const isWork = (i: number) => resource[i] !== MISSING && steps.completed[i]! >= steps.started[i]!;
  for (let i = 0; i < steps.count; i++) if (isWork(i)) counts[resource[i]!]!++;
  const own = Array.from(counts, (n) => new Uint32Array(n));
  const fill = new Uint32Array(resources.length);
  for (let i = 0; i < steps.count; i++) if (isWork(i)) own[resource[i]!]![fill[resource[i]!]!++] = i;
  return own.map((step) => {
    step.sort(
      (a, b) => steps.started[a]! - steps.started[b]! || steps.completed[a]! - steps.completed[b]! || a - b,
    );
    const pick = (values: Float64Array) => Float64Array.from(step, (i) => values[i]!);
    return describe(step, pick(steps.started), pick(steps.completed), pick(arrived));
  });
}

function describe(
  step: Uint32Array,
  started: Float64Array,
  completed: Float64Array,
  arrived: Float64Array,
): ResourceWork {
  const latest = new Float64Array(step.length);
  let end = Number.NEGATIVE_INFINITY;
  let working = 0;
  let work = 0;
  for (let i = 0; i < step.length; i++) {
    work += completed[i]! - started[i]!;
    working += Math.max(0, completed[i]! - Math.max(end, started[i]!));
    end = Math.max(end, completed[i]!);
    latest[i] = end;
  }
  return {
    count: step.length,
    step,
    started,
    completed,
    enabled: arrived.map((value, i) => (value === Number.NEGATIVE_INFINITY ? started[i]! : value)),
    arrived,
    latest,
    typical:
      step.length === 0
        ? 0
        : quantile(
            completed.map((value, i) => value - started[i]!),
            0.5,
          ),
    concurrent: working > 0 ? work / working : 1,
  };
}

/** Index of the first of the ascending `values` that is > `limit`; their number when there is none. */
export function firstAbove(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
