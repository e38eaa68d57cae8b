import type { EventLog } from "../../logs/core/event-log.ts";
import { steps } from "../../mining/core/steps.ts";
import { caseSpans } from "../../mining/core/throughput.ts";
import { stepTimes } from "../../mining/core/waiting-and-service.ts";

/**
 * Activity instances of a log in columns, case by case in the order of completion: what the log store's relation
 * `steps` has as rows. Service and waiting as contract.md defines them, in seconds, NaN where there is none.
 */
export interface StepTable {
  readonly count: number;
  /** `cases + 1` offsets. */
  readonly caseStart: Uint32Array;
  readonly case: Uint32Array;
  readonly activity: Uint32Array;
  /** Index of the completing event in the log. */
  readonly event: Uint32Array;
  /** Resource code of each step, `MISSING` where there is none; null when the log has no resources. */
  readonly resource: Uint32Array | null;
  /** Microseconds since 1970; NaN where there is none. */
  readonly started: Float64Array;
  readonly completed: Float64Array;
  readonly service: Float64Array;
  readonly waiting: Float64Array;
  /** Per case: earliest start or completion, and latest completion; microseconds, NaN without times. */
  readonly firstEvent: Float64Array;
  readonly lastEvent: Float64Array;
  readonly hasStarts: boolean;
}

const inSeconds = (microseconds: Float64Array): Float64Array => microseconds.map((value) => value / 1e6);

function offsets(caseOfStep: Uint32Array, cases: number): Uint32Array {
  const start = new Uint32Array(cases + 1);
  for (const owner of caseOfStep) start[owner + 1]!++;
  for (let index = 0; index < cases; index++) start[index + 1]! += start[index]!;
  return start;
}

const tables = new WeakMap<EventLog, StepTable>();

/** The steps of a log; a log is immutable, so they are made once. O(events × log(events of a case)). */
export function stepTable(log: EventLog): StepTable {
  const known = tables.get(log);
  if (known !== undefined) return known;
  const table = makeTable(log);
  tables.set(log, table);
  return table;
}

function makeTable(log: EventLog): StepTable {
  const found = steps(log);
  const times = stepTimes(found);
  const none = new Float64Array(log.cases).fill(Number.NaN);
  const spans = caseSpans(log);
  const codes = log.resource?.codes;
  return {
    count: found.count,
    caseStart: offsets(found.case, log.cases),
    case: found.case,
    activity: found.activity,
    event: found.event,
    resource: codes === undefined ? null : Uint32Array.from(found.event, (event) => codes[event]!),
    started: found.started,
    completed: found.completed,
    service: inSeconds(times.service),
    waiting: inSeconds(times.waiting),
    firstEvent: spans?.first ?? none,
    lastEvent: spans?.last ?? none,
    hasStarts: found.hasStarts,
  };
}
