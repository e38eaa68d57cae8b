import type { Metric } from "../define.ts";
import { workedSql } from "../logs/core/business-sql.ts";
import { type BusinessTime, inBusinessTime } from "../logs/core/business-time.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import { cycleTimes, reworked, timesTo, waitingByCase } from "./core/case-measures.ts";
import { UnknownActivityError, UnsupportedMetricError } from "./errors.ts";
import { text, where } from "./sql.ts";

/** A figure that every case has, as numbers and as SQL. */
export interface CaseMeasure {
  /** "cycle time", for sentences. */
  readonly name: string;
  /** `s` for times, `share` for yes and no. */
  readonly unit: "s" | "share";
  /** One value a case; NaN where there is none. */
  values(log: EventLog): Float64Array;
  /** A relation `case_id, value` of the cases that have one. */
  sql(condition: string | null): string;
}

const SUPPORTED = ["cycle_time", "waiting_time", "time_to", "rework"] as const;

/** Throws `UnsupportedMetricError` and `UnknownActivityError`. */
export function caseMeasure(
  metric: Metric,
  log: EventLog,
  activity?: string,
  calendar: BusinessTime | null = null,
): CaseMeasure {
  const timed = (each: EventLog) => (calendar === null ? each : inBusinessTime(each, calendar));
  const code = activity === undefined ? undefined : log.activities.indexOf(activity);
  if (activity !== undefined && code === -1) throw new UnknownActivityError(activity, log.activities);
  const elapsed = calendar === null ? "(epoch_us(reached) - epoch_us(begun))" : workedSql("begun", "reached");
  const own = activity === undefined ? null : `activity = ${text(activity)}`;
  switch (metric) {
    case "cycle_time":
      return {
        name: "cycle time",
        unit: "s",
        values: (each) => cycleTimes(timed(each)),
        sql: (condition) =>
          `(select case_id, duration_s as value from cases${where("duration_s is not null", condition)})`,
      };
    case "waiting_time":
      return {
        name: activity === undefined ? "waiting time" : `waiting time before ${activity}`,
        unit: "s",
        values: (each) => waitingByCase(each, code, calendar),
        sql: (condition) =>
          `(select case_id, sum(waiting_s) as value from steps${where("waiting_s is not null", own, condition)} group by case_id)`,
      };
    case "time_to":
      if (own === null || code === undefined)
        throw new UnsupportedMetricError("time to no activity", SUPPORTED);
      return {
        name: `time to ${activity}`,
        unit: "s",
        values: (each) => timesTo(timed(each), code),
        sql: (condition) =>
          `(select case_id, ${elapsed} / 1e6 as value from (select e.case_id, e.reached, c.first_event as begun from (select case_id, min(completed) as reached from events${where(own, condition)} group by case_id) e join cases c on c.case_id = e.case_id) reaching)`,
      };
    case "rework":
      return {
        name: activity === undefined ? "rework" : `rework of ${activity}`,
        unit: "share",
        values: (each) => reworked(each, code),
        sql: (condition) =>
          `(select case_id, case when case_id in (select case_id from events${where(own)} group by case_id, activity having count(*) > 1) then 1 else 0 end as value from cases${where(condition)})`,
      };
    default:
      throw new UnsupportedMetricError(metric, SUPPORTED);
  }
}
