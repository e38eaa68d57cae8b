/** What `kpi.query` is asked and what it gives, as data. */
import { z } from "zod";
import {
  activity,
  attribute,
  calendar,
  filters,
  kpi as kpiName,
  log,
  measure,
  metricOrAttribute,
  period,
  secondAttribute,
  statistic,
  threshold,
} from "../inputs.ts";
import type { Group, PairedGroup, PeriodValue } from "./core/breakdown.ts";
import type { KpiDefinition } from "./core/metrics.ts";
import type { Statistic } from "./core/summarize.ts";

export const input = z.object({
  log,
  filters,
  measure: measure.optional(),
  /** `attribute` wherever a measure is given. */
  metric: metricOrAttribute.default("cycle_time"),
  activity: activity.optional(),
  activities: z.array(z.string()).min(1).optional().describe("Several activities, taken together"),
  kpi: kpiName.optional(),
  statistic: statistic.optional(),
  groupBy: attribute.optional(),
  andBy: secondAttribute.optional(),
  bins: z
    .int()
    .min(2)
    .max(50)
    .optional()
    .meta({ slot: "bins", description: "Numbers to group by in so many ranges" }),
  top: z
    .int()
    .positive()
    .max(200)
    .optional()
    .meta({ slot: "top", description: "Only the most frequent values, the rest together" }),
  period: period.optional(),
  threshold: threshold.optional(),
  calendar: calendar.optional(),
  deadline: z.string().optional().describe("Case attribute that holds each case's deadline"),
});
export type Input = z.infer<typeof input>;

/** A figure, by group and over time. */
export interface Figures {
  readonly value: number;
  readonly n: number;
  readonly breaches: number;
  readonly groups: readonly Group[];
  /** By two attributes at once. */
  readonly pairs: readonly PairedGroup[];
  readonly periods: readonly PeriodValue[];
}

export interface Data extends Omit<Figures, "value" | "breaches"> {
  readonly metric: KpiDefinition["metric"];
  /** The attribute that is summarised, where the metric is `attribute`. */
  readonly measure: string | null;
  readonly statistic: Statistic;
  /** Null where amounts are in several currencies, which are not added up. */
  readonly value: number | null;
  /** As facts have it. */
  readonly unit: string;
  readonly limit: number | null;
  readonly breaches: number | null;
  /** Cases that have no value of the attribute, and are left out; null where it is no attribute that is measured. */
  readonly missing: number | null;
  /** The same for each currency, where there are several. */
  readonly currencies: readonly (Figures & { readonly currency: string | null })[];
}
