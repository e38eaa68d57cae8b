import type { KpiDefinition, Metric } from "./metrics.ts";
import type { Statistic } from "./summarize.ts";

const metricWords: Readonly<Record<Metric, string>> = {
  cycle_time: "cycle time",
  time_to: "time to",
  waiting_time: "waiting time",
  throughput: "finished cases",
  rework: "share of cases with rework",
  error_rate: "share of cases in error",
};

/** `median cycle time`, `p90 waiting time before Credit check`, `finished cases`. */
export function describeKpi(kpi: KpiDefinition, statistic: Statistic): string {
  const activities = kpi.activities?.join(", ");
  const base = metricWords[kpi.metric];
  const of = activities === undefined ? "" : kpi.metric === "time_to" ? ` ${activities}` : ` (${activities})`;
  if (statistic === "sum" && isYesOrNo(kpi.metric))
    return `${kpi.metric === "rework" ? "cases with rework" : "cases in error"}${of}`;
  const plain = statistic === "share" || (statistic === "count" && kpi.metric === "throughput");
  return plain ? base + of : `${statistic} ${base}${of}`;
}

/** What is counted as n. */
export const observationNoun = (metric: Metric): string => (metric === "waiting_time" ? "steps" : "cases");

/** Metrics whose observation says whether something is so: their sum counts the cases where it is. */
export const isYesOrNo = (metric: Metric): boolean => metric === "rework" || metric === "error_rate";
