/** What rules are to foresee: cases that take too long, or in which an activity waits too long. */
import { stepTable } from "../../kpi/core/steps.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import { quantile } from "../../mining/core/quantiles.ts";
import { printDuration } from "./condition.ts";
import { sqlText } from "./condition-sql.ts";

export interface Target {
  /** "take longer than 5d", "wait longer than 2h at Credit check". */
  readonly label: string;
  /** Seconds. */
  readonly threshold: number;
  readonly activity: string | null;
  /** By case: 1 is so, 0 is not, 2 does not count (the activity does not happen, or its waiting is unknown). */
  readonly labels: Uint8Array;
  /** Boolean SQL over `case_id` of a case that counts and is so, and of one that counts. */
  readonly sql: string;
  readonly populationSql: string;
}

/** Seconds above which a case is slow where nobody has said so: the upper quartile, to a round figure. */
export function usualSlow(log: EventLog): number {
  const { firstEvent, lastEvent } = stepTable(log);
  const durations = lastEvent
    .map((last, index) => (last - firstEvent[index]!) / 1e6)
    .filter((own) => !Number.isNaN(own));
  const quartile = quantile(durations, 0.75);
  const grain = quartile > 4 * 86_400 ? 86_400 : quartile > 14_400 ? 3_600 : quartile > 240 ? 60 : 1;
  return Math.round(quartile / grain) * grain;
}

export function slowCases(log: EventLog, threshold: number): Target {
  const { firstEvent, lastEvent } = stepTable(log);
  return {
    label: `take longer than ${printDuration(threshold)}`,
    threshold,
    activity: null,
    labels: Uint8Array.from(lastEvent, (last, index) => {
      const duration = (last - firstEvent[index]!) / 1e6;
      return Number.isNaN(duration) ? 2 : Number(duration > threshold);
    }),
    sql: `case_id IN (SELECT case_id FROM cases WHERE duration_s > ${threshold})`,
    populationSql: "case_id IN (SELECT case_id FROM cases WHERE duration_s IS NOT NULL)",
  };
}

export function longWaits(log: EventLog, activity: string, threshold: number): Target {
  const table = stepTable(log);
  const code = log.activities.indexOf(activity);
  const labels = new Uint8Array(log.cases).fill(2);
  for (let step = 0; step < table.count; step++) {
    const waiting = table.waiting[step]!;
    if (table.activity[step] !== code || Number.isNaN(waiting)) continue;
    const owner = table.case[step]!;
    labels[owner] = labels[owner] === 1 || waiting > threshold ? 1 : 0;
  }
  const steps = `SELECT case_id FROM steps WHERE activity = ${sqlText(activity)} AND waiting_s`;
  return {
    label: `wait longer than ${printDuration(threshold)} at ${activity}`,
    threshold,
    activity,
    labels,
    sql: `case_id IN (${steps} > ${threshold})`,
    populationSql: `case_id IN (${steps} IS NOT NULL)`,
  };
}
