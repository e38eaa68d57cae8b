import type { KpiDefinition, Metric } from "./metrics.ts";
import { observedOf } from "./metrics.ts";
import type { Statistic } from "./summarize.ts";

const metricWords: Readonly<Record<Metric, string>> = {
  cycle_time: "cycle time",
  time_to: "time to",
  waiting_time: "waiting time",
  throughput: "finished cases",
  rework: "share of cases with rework",
  error_rate: "share of cases in error",
};

/** `median cycle time`, `p90 waiting time before Credit check`, `finished cases`, `mean order_value`. */
export function describeKpi(kpi: KpiDefinition, statistic: Statistic): string {
  const activities = kpi.activities?.join(", ");
  const of = activities === undefined ? "" : kpi.metric === "time_to" ? ` ${activities}` : ` (${activities})`;
  if (kpi.metric === "attribute") return describeAttribute(kpi.measure?.attribute ?? "", statistic) + of;
  if (isPart(kpi, statistic)) return `share of all cases${of}`;
  const base = metricWords[kpi.metric];
  if (statistic === "sum" && isYesOrNo(kpi.metric))
    return `${kpi.metric === "rework" ? "cases with rework" : "cases in error"}${of}`;
  const plain = statistic === "share" || (statistic === "count" && kpi.metric === "throughput");
  return plain ? base + of : `${statistic} ${base}${of}`;
}

function describeAttribute(attribute: string, statistic: Statistic): string {
  switch (statistic) {
    case "mean":
      return `mean of ${attribute}`;
    case "median":
      return `median of ${attribute}`;
    case "min":
      return `smallest ${attribute}`;
    case "max":
      return `largest ${attribute}`;
    case "sum":
      return `sum of ${attribute}`;
    case "count":
      return `cases with ${attribute}`;
    case "share":
      return `share of the sum of ${attribute}`;
    case "p90":
      return `90 % quantile of ${attribute}`;
    case "p95":
      return `95 % quantile of ${attribute}`;
  }
}

/** What is counted as n. */
export const observationNoun = (
  kpi: Pick<KpiDefinition, "metric" | "measure">,
): "cases" | "steps" | "events" =>
  (({ case: "cases", step: "steps", event: "events" }) as const)[observedOf(kpi)];

/** Metrics whose observation says whether something is so: their sum counts the cases where it is. */
export const isYesOrNo = (metric: KpiDefinition["metric"]): boolean =>
  metric === "rework" || metric === "error_rate";

/** A share of what can be added up: of all cases, of the sum of an attribute. */
export const isPart = ({ metric }: Pick<KpiDefinition, "metric">, statistic: Statistic): boolean =>
  statistic === "share" && (metric === "throughput" || metric === "attribute");
