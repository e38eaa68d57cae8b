/**
 * The staffing problem of a log: which resource does how much of which activity. Work is measured in hours a week, so
 * that logs of any length compare; an activity's work is shared out in portions (tenths, unless said otherwise).
 */
import type { EventLog } from "../../logs/core/event-log.ts";
import { alwaysOpen, type Calendar, openHours } from "./calendar.ts";
import { calendarOfResource, type ReplayModel, replayModel } from "./replay-model.ts";

const microsecondsAnHour = 3_600e6;
const weekMicroseconds = 168 * microsecondsAnHour;

/** Observations a resource's own mean must outweigh: its mean is shrunk towards the activity's (James & Stein 1961). */
export const shrinkage = 5;

export interface StaffingActivity {
  readonly name: string;
  readonly code: number;
  /** Executions a week. */
  readonly arrivals: number;
}

export interface StaffingResource {
  readonly name: string;
  readonly code: number;
  /** Hours a week it can work. */
  readonly hours: number;
  /** Cost of an hour. */
  readonly rate: number;
}

export interface Staffing {
  readonly activities: readonly StaffingActivity[];
  readonly resources: readonly StaffingResource[];
  /** Hours one execution takes, by activity and resource; shrunk where few were seen. */
  readonly service: readonly Float64Array[];
  /** Executions seen, by activity and resource. */
  readonly seen: readonly Float64Array[];
  readonly eligible: readonly Uint8Array[];
  /** Weeks that the log spans. */
  readonly weeks: number;
}

export interface StaffingOptions {
  /** Hours a week that nobody may exceed; null: what the log's own calendar gives. */
  readonly hours: number | null;
  readonly rate: number;
  /** Only this activity is shared out anew; null for all. */
  readonly activity: string | null;
  /** Who may do an activity: those who have done it, or also those who have done one directly before or after it. */
  readonly eligibility: "done" | "adjacent";
}

interface Totals {
  readonly hours: readonly Float64Array[];
  readonly seen: readonly Float64Array[];
}

function totals(model: ReplayModel): Totals {
  const { activities } = model.log;
  const table = (): Float64Array[] => activities.map(() => new Float64Array(model.resources.length));
  const [hours, seen] = [table(), table()];
  model.resource.forEach((resource, step) => {
    if (resource === -1 || model.unlimited[resource] === 1) return;
    const activity = model.table.activity[step]!;
    hours[activity]![resource]! += model.service[step]! / microsecondsAnHour;
    seen[activity]![resource]! += 1;
  });
  return { hours, seen };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

function shrunkService(hours: Float64Array, seen: Float64Array): Float64Array {
  const overall = sum(hours) / sum(seen);
  return hours.map((own, resource) => (own + shrinkage * overall) / (seen[resource]! + shrinkage));
}

/** Activities that directly precede or follow each other in some case. */
function neighbours(log: EventLog): readonly ReadonlySet<number>[] {
  const result = log.activities.map(() => new Set<number>());
  for (let index = 0; index < log.cases; index++) {
    for (let event = log.caseStart[index]! + 1; event < log.caseStart[index + 1]!; event++) {
      result[log.activity[event]!]!.add(log.activity[event - 1]!);
      result[log.activity[event - 1]!]!.add(log.activity[event]!);
    }
  }
  return result;
}

function eligibility(
  log: EventLog,
  seen: readonly Float64Array[],
  rule: "done" | "adjacent",
): readonly Uint8Array[] {
  const near = rule === "adjacent" ? neighbours(log) : null;
  return seen.map((own, activity) =>
    Uint8Array.from(own, (count, resource) => {
      const hasDone = count > 0;
      const hasDoneNear = [...(near?.[activity] ?? [])].some((other) => seen[other]![resource]! > 0);
      return Number(hasDone || hasDoneNear);
    }),
  );
}

/**
 * Hours a week that its calendar leaves (40 where it has none), but at least what the resource has worked and a
 * twentieth more: what was done was possible.
 */
function availableHours(calendar: Calendar, busy: number, weeks: number): number {
  const regular = calendar === alwaysOpen ? 40 : openHours(calendar);
  return Math.max(regular, (busy / weeks) * 1.05);
}

const span = (model: ReplayModel): number => {
  const times = [...model.table.firstEvent, ...model.table.lastEvent].filter((time) => !Number.isNaN(time));
  const [first, last] = times.reduce(
    ([low, high], time) => [Math.min(low, time), Math.max(high, time)] as const,
    [Infinity, -Infinity] as readonly [number, number],
  );
  return Math.max(1 / 168, (last - first) / weekMicroseconds);
};

/** Makes the problem out of a log. Activities that nobody, or only systems, do are left out. */
export function staffingOf(log: EventLog, options: StaffingOptions): Staffing {
  const model = replayModel(log);
  const { hours, seen } = totals(model);
  const weeks = span(model);
  const chosen = log.activities
    .map((name, code) => ({ name, code }))
    .filter(
      ({ name, code }) => sum(seen[code]!) > 0 && (options.activity === null || name === options.activity),
    );
  const isUsed = (resource: number): boolean => chosen.some(({ code }) => seen[code]![resource]! > 0);
  const used = model.resources.map((name, code) => ({ name, code })).filter(({ code }) => isUsed(code));
  const eligible = eligibility(log, seen, options.eligibility);
  const pick = <Values extends Float64Array | Uint8Array>(row: Values): Values =>
    row.filter((_, code) => isUsed(code)) as Values;
  const busyElsewhere = (resource: number): number =>
    hours.reduce(
      (total, row, code) => (chosen.some((own) => own.code === code) ? total : total + row[resource]!),
      0,
    );
  return {
    activities: chosen.map(({ name, code }) => ({ name, code, arrivals: sum(seen[code]!) / weeks })),
    resources: used.map(({ name, code }) => {
      const busy = hours.reduce((total, row) => total + row[code]!, 0);
      const most = options.hours ?? availableHours(calendarOfResource(model, code), busy, weeks);
      return { name, code, hours: Math.max(0, most - busyElsewhere(code) / weeks), rate: options.rate };
    }),
    service: chosen.map(({ code }) => pick(shrunkService(hours[code]!, seen[code]!))),
    seen: chosen.map(({ code }) => pick(seen[code]!)),
    eligible: chosen.map(({ code }) => pick(eligible[code]!)),
    weeks,
  };
}

/** Executions a week by activity and resource: what a plan says, and what happened. */
export type Plan = readonly Float64Array[];

export const actualPlan = ({ seen, weeks }: Staffing): Plan =>
  seen.map((row) => row.map((count) => count / weeks));

/** Hours a week of each resource under a plan. */
export function loads(staffing: Staffing, plan: Plan): Float64Array {
  return Float64Array.from(staffing.resources, (_, resource) =>
    plan.reduce((total, row, activity) => total + row[resource]! * staffing.service[activity]![resource]!, 0),
  );
}

/** Cost a week of a plan. */
export const costOf = (staffing: Staffing, plan: Plan): number =>
  loads(staffing, plan).reduce(
    (total, load, resource) => total + load * staffing.resources[resource]!.rate,
    0,
  );
