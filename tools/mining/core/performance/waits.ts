import { type EventLog, MISSING } from "../../../logs/core/event-log.ts";
import { type Steps, steps } from "../steps.ts";
import { stepTimes } from "../waiting-and-service.ts";

/**
 * The waits of a log, one for each step whose waiting is known (contract.md, "Waiting"). A step is enabled by the
 * completion that its waiting counts from; it waits from then to its start. Microseconds since 1970.
 */
export interface Waits {
  readonly count: number;
  readonly step: Uint32Array;
  /** The step whose completion enabled it. */
  readonly from: Uint32Array;
  readonly enabled: Float64Array;
  readonly started: Float64Array;
  readonly steps: Steps;
  /** Resource of every step (not of every wait); `MISSING` where none is recorded. */
  readonly resource: Uint32Array;
  readonly resources: readonly string[];
}

/** O(steps × steps that overlap in a case). */
export function waitsOf(log: EventLog): Waits {
  const found = steps(log);
  const { waiting } = stepTimes(found);
  const step = new Uint32Array(found.count);
  const from = new Uint32Array(found.count);
  const enabled = new Float64Array(found.count);
  const started = new Float64Array(found.count);
  let count = 0;
  for (let i = 0; i < found.count; i++) {
    if (Number.isNaN(waiting[i]!)) continue;
    step[count] = i;
    started[count] = found.started[i]!;
    enabled[count] = found.started[i]! - waiting[i]!;
    from[count] = enabling(found, i, enabled[count]!);
    count++;
  }
  return {
    count,
    step: step.subarray(0, count),
    from: from.subarray(0, count),
    enabled: enabled.subarray(0, count),
    started: started.subarray(0, count),
    steps: found,
    resource: resourceOfSteps(log, found),
    resources: log.resource?.dictionary ?? [],
  };
}

/** The nearest other step of the case that completes at `instant`. */
function enabling({ case: cases, completed, count }: Steps, step: number, instant: number): number {
  const own = cases[step]!;
  for (let i = step - 1; i >= 0 && cases[i] === own; i--) if (completed[i] === instant) return i;
  for (let i = step + 1; i < count && cases[i] === own; i++) if (completed[i] === instant) return i;
  throw new RangeError(`no step of the case completes when step ${step} is enabled`);
}

function resourceOfSteps(log: EventLog, found: Steps): Uint32Array {
  if (log.resource === null) return new Uint32Array(found.count).fill(MISSING);
  const { codes } = log.resource;
  return Uint32Array.from({ length: found.count }, (_, i) => codes[found.event[i]!]!);
}
