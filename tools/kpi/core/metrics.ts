/**
 * What each KPI measures, as observations on an event log. metric-sql.ts says the same in SQL; a property test holds
 * the two against each other.
 *
 * - `cycle_time`: one observation a case: its throughput time (contract.md), at its last event. Seconds.
 * - `time_to`: one a case that has one of the activities: from the case's first event to the first completion of one
 *   of them, at that completion. Seconds.
 * - `waiting_time`: one a step (of the activities, or of all) whose waiting is known, at its completion. Seconds.
 * - `throughput`: one a case, always 1, at its last event. Counted: cases that finished.
 * - `rework`: one a case: 1 when one of the activities (or any) has completed more than once, else 0; at its last event.
 * - `error_rate`: one a case: 1 when the case is in error, else 0, at its last event. In error is: has one of the
 *   activities; else: ended after its own deadline (cases without one do not count); else: took longer than the limit.
 * - `attribute`: the values of a numeric attribute of the log (measure.ts).
 */
import { MillwrightError } from "../../../errors.ts";
import type { metrics } from "../../inputs.ts";
import { type BusinessTime, workedBetween } from "../../logs/core/business-time.ts";
import type { Column, EventLog } from "../../logs/core/event-log.ts";
import type { Measure } from "./measure.ts";
import { observeAttribute } from "./observe-attribute.ts";
import { type StepTable, stepTable } from "./steps.ts";

export type Metric = (typeof metrics)[number];

export interface KpiDefinition {
  readonly metric: Metric | "attribute";
  /** What `attribute` measures; absent for all other metrics. */
  readonly measure?: Measure | null;
  /** Exact names; null for all. */
  readonly activities: readonly string[] | null;
  /** Seconds. */
  readonly limit: number | null;
  /** Case attribute that holds the case's own deadline. */
  readonly deadline: string | null;
}

export interface Observations {
  readonly case: Uint32Array;
  readonly value: Float64Array;
  /** Microseconds since 1970; NaN in a log without times. */
  readonly at: Float64Array;
  /** The completing event, where an observation is one of a step; null where it is one of a case. */
  readonly event: Uint32Array | null;
}

/** The definition lacks what the metric needs. */
export class KpiDefinitionError extends MillwrightError {
  constructor(message: string, expected: string, remedy: string) {
    super("kpi-definition", 400, message, { expected, remedy });
  }
}

/** An activity that the log does not have. */
export class UnknownActivityError extends MillwrightError {
  constructor(activity: string, known: readonly string[]) {
    super("unknown-activity", 404, `The log has no activity "${activity}".`, {
      value: activity,
      expected: `one of: ${known.slice(0, 20).join(", ")}`,
      remedy: "Name the activity as it stands in the log.",
    });
  }
}

/** The log has no times (or no starts), so the metric has nothing to measure. */
export class NotMeasurableError extends MillwrightError {
  constructor(metric: string, missing: string, remedy: string) {
    const words = metric.replaceAll("_", " ");
    const name = words.charAt(0).toUpperCase() + words.slice(1);
    super("not-measurable", 422, `${name} cannot be measured: ${missing}.`, { value: metric, remedy });
  }
}

class Collector {
  readonly #cases: number[] = [];
  readonly #values: number[] = [];
  readonly #times: number[] = [];
  readonly #events: number[] = [];

  add(caseIndex: number, value: number, at: number, event?: number): void {
    if (event !== undefined) this.#events.push(event);
    this.#cases.push(caseIndex);
    this.#values.push(value);
    this.#times.push(at);
  }

  get observations(): Observations {
    return {
      case: Uint32Array.from(this.#cases),
      value: Float64Array.from(this.#values),
      at: Float64Array.from(this.#times),
      event: this.#events.length === 0 ? null : Uint32Array.from(this.#events),
    };
  }
}

type ActivitySet = ReadonlySet<number> | null;

function activityCodes(log: EventLog, names: readonly string[] | null): ActivitySet {
  if (names === null) return null;
  return new Set(
    names.map((name) => {
      const code = log.activities.indexOf(name);
      if (code === -1) throw new UnknownActivityError(name, log.activities);
      return code;
    }),
  );
}

/** One observation a case, where `value` gives one. */
function perCase(table: StepTable, cases: number, value: (caseIndex: number) => number): Observations {
  const collector = new Collector();
  for (let index = 0; index < cases; index++) {
    const own = value(index);
    if (!Number.isNaN(own)) collector.add(index, own, table.lastEvent[index]!);
  }
  return collector.observations;
}

/** Seconds between two instants, by the clock or by a calendar. */
type Elapsed = (from: number, to: number) => number;

const elapsedBy = (calendar: BusinessTime | null): Elapsed =>
  calendar === null ? (from, to) => (to - from) / 1e6 : (from, to) => workedBetween(calendar, from, to) / 1e6;

const cycleTime = (table: StepTable, index: number, elapsed: Elapsed): number =>
  elapsed(table.firstEvent[index]!, table.lastEvent[index]!);

function timeTo(log: EventLog, table: StepTable, activities: ActivitySet, elapsed: Elapsed): Observations {
  if (activities === null) {
    throw new KpiDefinitionError(
      "time_to needs an activity.",
      "an activity",
      "Say to which activity the time counts.",
    );
  }
  const collector = new Collector();
  for (let index = 0; index < log.cases; index++) {
    for (let step = table.caseStart[index]!; step < table.caseStart[index + 1]!; step++) {
      const completed = table.completed[step]!;
      if (!activities.has(table.activity[step]!) || Number.isNaN(completed)) continue;
      collector.add(index, elapsed(table.firstEvent[index]!, completed), completed);
      break;
    }
  }
  return collector.observations;
}

function waitingTime(table: StepTable, activities: ActivitySet, calendar: BusinessTime | null): Observations {
  const collector = new Collector();
  for (let step = 0; step < table.count; step++) {
    const waiting = waitingOf(table, step, calendar);
    const counts = activities === null || activities.has(table.activity[step]!);
    if (!counts || Number.isNaN(waiting)) continue;
    collector.add(table.case[step]!, waiting, table.completed[step]!, table.event[step]!);
  }
  return collector.observations;
}

/** Seconds. Which completion was waited from is the clock's answer, how long that was the calendar's. */
function waitingOf(table: StepTable, step: number, calendar: BusinessTime | null): number {
  const waiting = table.waiting[step]!;
  if (calendar === null || Number.isNaN(waiting)) return waiting;
  const started = table.started[step]!;
  return workedBetween(calendar, started - Math.round(waiting * 1e6), started) / 1e6;
}

function isReworked(table: StepTable, index: number, activities: ActivitySet): boolean {
  const seen = new Set<number>();
  for (let step = table.caseStart[index]!; step < table.caseStart[index + 1]!; step++) {
    const activity = table.activity[step]!;
    if (activities !== null && !activities.has(activity)) continue;
    if (seen.has(activity)) return true;
    seen.add(activity);
  }
  return false;
}

function hasAny(table: StepTable, index: number, activities: ReadonlySet<number>): boolean {
  for (let step = table.caseStart[index]!; step < table.caseStart[index + 1]!; step++) {
    if (activities.has(table.activity[step]!)) return true;
  }
  return false;
}

/** @throws KpiDefinitionError where the log has no such case attribute that holds times. */
export function deadlineColumn(log: EventLog, name: string): Extract<Column, { kind: "time" }> {
  const column = log.caseAttributes.get(name);
  if (column?.kind === "time") return column;
  throw new KpiDefinitionError(
    `The log has no case attribute "${name}" that holds a time.`,
    "a case attribute that holds a time",
    "Name the attribute that holds each case's deadline.",
  );
}

function errorRate(log: EventLog, table: StepTable, kpi: KpiDefinition, elapsed: Elapsed): Observations {
  const activities = activityCodes(log, kpi.activities);
  if (activities !== null)
    return perCase(table, log.cases, (index) => Number(hasAny(table, index, activities)));
  if (kpi.deadline !== null) {
    const { values } = deadlineColumn(log, kpi.deadline);
    return perCase(table, log.cases, (index) =>
      Number.isNaN(values[index]!) ? Number.NaN : Number(table.lastEvent[index]! > values[index]!),
    );
  }
  const { limit } = kpi;
  if (limit !== null)
    return perCase(table, log.cases, (index) => Number(cycleTime(table, index, elapsed) > limit));
  throw new KpiDefinitionError(
    "It is not said what an error is.",
    "an activity, a deadline attribute or a limit",
    "Name the activity that marks an error, the attribute that holds the deadline, or a limit for the cycle time.",
  );
}

function requireTimes(log: EventLog, table: StepTable, { metric, activities }: KpiDefinition): void {
  const countsOnly =
    metric === "attribute" || metric === "rework" || (metric === "error_rate" && activities !== null);
  if (log.completed === null && !countsOnly) {
    throw new NotMeasurableError(metric, "the log has no times", "Import the log with its time column.");
  }
  if (metric === "waiting_time" && !table.hasStarts) {
    throw new NotMeasurableError(
      metric,
      "the log has no start times",
      "Ask for the time between activities (mining.bottlenecks needs starts as well), or import a start column.",
    );
  }
}

/** All observations of a KPI, durations by the clock or by a calendar. O(events). Throws when the log or the definition lacks what the metric needs. */
export function observe(
  log: EventLog,
  kpi: KpiDefinition,
  calendar: BusinessTime | null = null,
): Observations {
  const elapsed = elapsedBy(calendar);
  const table = stepTable(log);
  requireTimes(log, table, kpi);
  switch (kpi.metric) {
    case "cycle_time":
      return perCase(table, log.cases, (index) => cycleTime(table, index, elapsed));
    case "time_to":
      return timeTo(log, table, activityCodes(log, kpi.activities), elapsed);
    case "waiting_time":
      return waitingTime(table, activityCodes(log, kpi.activities), calendar);
    case "throughput":
      // Also a case in which everything was begun and nothing ended is one.
      return perCase(table, log.cases, () => 1);
    case "rework": {
      const activities = activityCodes(log, kpi.activities);
      return perCase(table, log.cases, (index) => Number(isReworked(table, index, activities)));
    }
    case "error_rate":
      return errorRate(log, table, kpi, elapsed);
    case "attribute":
      return observeAttribute(log, table, theMeasure(kpi), activityCodes(log, kpi.activities));
  }
}

/** @throws KpiDefinitionError where it is not said which attribute is measured. */
export function theMeasure({ measure }: KpiDefinition): Measure {
  if (measure) return measure;
  throw new KpiDefinitionError("It is not said which attribute is measured.", "an attribute", "Name one.");
}

type Measured = Pick<KpiDefinition, "metric" | "measure">;

/** What the figure of a metric is counted in: `s`, `cases`, `share`; of an attribute a currency code, or nothing. */
export function unitOf({ metric, measure }: Measured): string {
  if (metric === "attribute") return measure?.unit ?? "";
  if (metric === "throughput") return "cases";
  return metric === "rework" || metric === "error_rate" ? "share" : "s";
}

/** What an observation is one of. */
export function observedOf({ metric, measure }: Measured): "case" | "step" | "event" {
  if (metric === "waiting_time") return "step";
  return metric === "attribute" && measure?.observed === "event" ? "event" : "case";
}

/** Nothing was observed in the selection: there is no figure, and none is made up. */
export class NoObservationsError extends MillwrightError {
  constructor(metric: string, selection: string, span: string) {
    super("no-observations", 404, `There is nothing to measure ${metric} on: ${selection}.`, {
      value: selection,
      expected: `at least one case; the log goes ${span}`,
      remedy: "Widen the window or drop a filter.",
    });
  }
}
