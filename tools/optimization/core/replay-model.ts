/**
 * What a replay of a log needs: for each step what must be done before it, how long it takes, who did it, and which
 * part of its waiting was for the resource. The rest is an extraneous delay (Chapela-Campa & Dumas 2023): the resource
 * was there and the step did not start, so no staffing changes it.
 */

import { type StepTable, stepTable } from "../../kpi/core/steps.ts";
import { type EventLog, MISSING } from "../../logs/core/event-log.ts";
import { alwaysOpen, type Calendar, inferCalendar, workBetween } from "./calendar.ts";

export interface ReplayModel {
  readonly log: EventLog;
  readonly table: StepTable;
  /** Of each resource, from its own steps; of the log as a whole where it has few. */
  readonly calendars: readonly Calendar[];
  /** Step that must have completed before, or -1 for a step that nothing in the case precedes. */
  readonly predecessor: Int32Array;
  readonly resources: readonly string[];
  /** Resource of each step, or -1. */
  readonly resource: Int32Array;
  /** Whether a resource works on several things at once (a system): it never makes anyone wait. */
  readonly unlimited: Uint8Array;
  /** 1 for steps that were begun while their resource had another in hand: they do not queue. */
  readonly parallel: Uint8Array;
  /** Microseconds of open time. */
  readonly service: Float64Array;
  /** Open time from being enabled to entering the queue. */
  readonly delay: Float64Array;
  /** Open time between the resource's being free and the start, after queueing. */
  readonly setup: Float64Array;
  /** Start of each step; its completion where the log has no starts. */
  readonly start: Float64Array;
  readonly hasStarts: boolean;
}

/** Latest completed step of the case that is not after the start; -1 when there is none. */
function findPredecessors(table: StepTable, start: Float64Array): Int32Array {
  const predecessor = new Int32Array(table.count).fill(-1);
  for (let index = 0; index + 1 < table.caseStart.length; index++) {
    const [from, to] = [table.caseStart[index]!, table.caseStart[index + 1]!];
    for (let step = from; step < to; step++) {
      let before = step - 1;
      while (before >= from && table.completed[before]! > start[step]!) before--;
      if (before >= from) predecessor[step] = before;
    }
  }
  return predecessor;
}

/** Open time between two steps of a resource up to which it counts as working through a backlog. */
const shortPause = 15 * 60e6;

interface Occupation {
  /** When the resource's present backlog began: since then it has worked without a pause; the start itself, if idle. */
  readonly busySince: Float64Array;
  /** Open time the resource took between its last step and this one, within a backlog. */
  readonly setup: Float64Array;
  /** 1 for steps begun while the resource still had another in hand. */
  readonly parallel: Uint8Array;
  readonly unlimited: Uint8Array;
}

interface Ongoing {
  steps: number;
  overlaps: number;
  /** Latest completion so far. */
  until: number;
  since: number;
}

function occupation(
  table: StepTable,
  start: Float64Array,
  resource: Int32Array,
  calendars: readonly Calendar[],
): Occupation {
  const busySince = start.slice();
  const setup = new Float64Array(table.count);
  const parallel = new Uint8Array(table.count);
  const state = Array.from(
    { length: calendars.length },
    (): Ongoing => ({ steps: 0, overlaps: 0, until: -Infinity, since: 0 }),
  );
  const byStart = Uint32Array.from(start.keys()).sort((a, b) => start[a]! - start[b]! || a - b);
  for (const step of byStart) {
    const owner = state[resource[step]!];
    if (owner === undefined || Number.isNaN(start[step]!)) continue;
    owner.steps++;
    const pause =
      owner.until === -Infinity
        ? Infinity
        : workBetween(calendars[resource[step]!]!, owner.until, start[step]!);
    if (owner.until > start[step]!) {
      owner.overlaps++;
      parallel[step] = 1;
    } else if (pause > shortPause) owner.since = start[step]!;
    else setup[step] = pause;
    busySince[step] = owner.since;
    owner.until = Math.max(owner.until, table.completed[step]!);
  }
  const unlimited = Uint8Array.from(state, ({ steps, overlaps }) => (overlaps > 0.2 * steps ? 1 : 0));
  return { busySince, setup, parallel, unlimited };
}

/** The part of each step's waiting that its resource did not cause: until its backlog began. */
function extraneousDelay(
  table: StepTable,
  start: Float64Array,
  predecessor: Int32Array,
  { busySince, parallel, unlimited }: Occupation,
  resource: Int32Array,
  calendars: readonly Calendar[],
): Float64Array {
  return Float64Array.from(predecessor, (before, step) => {
    if (before === -1) return 0;
    const enabled = table.completed[before]!;
    const owner = resource[step]!;
    const isQueued = owner >= 0 && unlimited[owner] !== 1 && parallel[step] !== 1;
    const until = isQueued ? Math.max(enabled, busySince[step]!) : start[step]!;
    return Math.max(0, workBetween(calendars[owner] ?? alwaysOpen, enabled, until));
  });
}

/** Calendar of a resource; nobody in particular (-1) works around the clock. */
export const calendarOfResource = (model: Pick<ReplayModel, "calendars">, resource: number): Calendar =>
  model.calendars[resource] ?? alwaysOpen;

function inferCalendars(
  table: StepTable,
  start: Float64Array,
  resource: Int32Array,
  resources: number,
): readonly Calendar[] {
  const times: number[][] = Array.from({ length: resources }, () => []);
  resource.forEach((owner, step) => {
    if (owner >= 0) times[owner]!.push(start[step]!, table.completed[step]!);
  });
  const overall = inferCalendar(times.flat());
  return times.map((own) => (own.length < 200 ? overall : inferCalendar(own)));
}

/** O(steps × log steps). Steps without a completion time cannot be; a log without times is refused before. */
export function replayModel(log: EventLog): ReplayModel {
  const table = stepTable(log);
  const start = table.started.map((time, step) => (Number.isNaN(time) ? table.completed[step]! : time));
  const resources = log.resource?.dictionary ?? [];
  const resource = Int32Array.from({ length: table.count }, (_, step) => {
    const code = table.resource?.[step] ?? MISSING;
    return code === MISSING ? -1 : code;
  });
  const calendars = table.hasStarts
    ? inferCalendars(table, start, resource, resources.length)
    : resources.map(() => alwaysOpen);
  const predecessor = findPredecessors(table, start);
  const occupied = occupation(table, start, resource, calendars);
  const service = start.map((time, step) =>
    Math.max(0, workBetween(calendars[resource[step]!] ?? alwaysOpen, time, table.completed[step]!)),
  );
  return {
    log,
    table,
    calendars,
    predecessor,
    resources,
    resource,
    unlimited: occupied.unlimited,
    parallel: occupied.parallel,
    service,
    delay: extraneousDelay(table, start, predecessor, occupied, resource, calendars),
    setup: occupied.setup,
    start,
    hasStarts: table.hasStarts,
  };
}
