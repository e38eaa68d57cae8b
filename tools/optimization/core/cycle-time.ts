/** The cycle time of the real cases, as a figure with its SQL, and as a promise. */
import { metricSql } from "../../kpi/core/metric-sql.ts";
import { stepTable } from "../../kpi/core/steps.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import type { Effect } from "./effect.ts";

const kpi = { metric: "cycle_time", activities: null, limit: null, deadline: null } as const;

/** Mean seconds over the cases with times, and how many those are. */
export function meanCycleTime(log: EventLog): { readonly value: number; readonly n: number } {
  const { firstEvent, lastEvent } = stepTable(log);
  let [total, n] = [0, 0];
  lastEvent.forEach((last, index) => {
    const duration = (last - firstEvent[index]!) / 1e6;
    if (Number.isNaN(duration)) return;
    total += duration;
    n++;
  });
  return { value: total / n, n };
}

export const meanCycleTimeSql = (casesSql: string | null): string =>
  metricSql({ kpi, statistic: "mean", cases: casesSql });

/** Cases that must finish before a promise on the mean can be judged: a tenth of those it rests on, 30 to 300. */
const casesNeeded = (n: number): number => Math.min(300, Math.max(30, Math.round(n / 10)));

/** Structurally a `PromisedEffect` of tools/define.ts: the log's mean moved by what the replay gives. */
export function promiseOf(
  logId: string,
  before: { value: number; n: number },
  effect: Effect,
  casesSql: string | null,
) {
  return {
    log: logId,
    metric: "cycle_time" as const,
    unit: "s",
    before: before.value,
    expected: before.value + effect.difference,
    low: before.value + effect.interval.low,
    high: before.value + effect.interval.high,
    minimumCases: casesNeeded(before.n),
    sql: metricSql({ kpi, statistic: "mean", cases: casesSql, where: ["observed > {since}"] }),
  };
}
