/** What a repair does to a figure: the same measurement before and after it. */
import type { Fact, FactDraft, OpenLog, ToolContext } from "../define.ts";
import { metricSql } from "../kpi/core/metric-sql.ts";
import { type KpiDefinition, type Metric, observe, unitOf } from "../kpi/core/metrics.ts";
import { defaultStatistic, type Statistic, summarizeValues } from "../kpi/core/summarize.ts";
import { describeKpi } from "../kpi/core/words.ts";
import { variants } from "../mining/core/variants.ts";
import type { EventLog } from "./core/event-log.ts";

/** Which figure is measured. */
export interface FigureAsked {
  readonly metric: Metric;
  readonly statistic?: Statistic | undefined;
  readonly activity?: string | undefined;
}

export interface Effect {
  readonly name: string;
  readonly before: Fact | null;
  readonly after: Fact | null;
  readonly others: readonly Fact[];
  readonly rows: readonly {
    readonly figure: string;
    readonly unit: string;
    readonly before: number;
    readonly after: number;
  }[];
}

/** The figure before, by the original log's SQL, and after: by the copy's SQL where it was kept, else by this call. */
export async function effectOf(
  input: FigureAsked,
  context: ToolContext,
  open: OpenLog,
  after: EventLog,
  saved: { readonly id: string } | null,
  call: NonNullable<FactDraft["call"]>,
): Promise<Effect> {
  if (saved !== null) await context.logs.open(saved.id);
  const kpi: KpiDefinition = {
    metric: input.metric,
    activities: input.activity === undefined ? null : [input.activity],
    limit: null,
    deadline: null,
  };
  const chosen = input.statistic ?? defaultStatistic(kpi);
  const name = describeKpi(kpi, chosen);
  const fact = (
    draft: Pick<FactDraft, "value" | "unit" | "label" | "rows">,
    sql: string,
    isAfter: boolean,
  ): Fact => {
    if (!isAfter) return context.fact({ ...draft, sql, log: open.id });
    const label = `${draft.label} after the repair`;
    return context.fact({ ...draft, label, ...(saved === null ? { call } : { sql, log: saved.id }) });
  };
  const [own, repaired] = [open.log, after].map((each) => measured(each, kpi, chosen));
  const unit = chosen === "count" ? "cases" : unitOf(kpi);
  const sql = metricSql({ kpi, statistic: chosen });
  const figure = (value: { value: number; n: number } | null | undefined, isAfter: boolean) =>
    value ? fact({ value: value.value, unit, label: name, rows: value.n }, sql, isAfter) : null;
  const counts = (["events", "variants"] as const).map((what) => ({
    figure: what,
    unit: what,
    before: what === "events" ? open.log.events : variants(open.log).counts.length,
    after: what === "events" ? after.events : variants(after).counts.length,
  }));
  const countSql = {
    events: "select count(*) from events",
    variants: "select count(distinct variant) from cases",
  };
  return {
    name,
    before: figure(own, false),
    after: figure(repaired, true),
    others: counts.flatMap(({ figure: what, before, after: later }) =>
      [before, later].map((value, at) =>
        fact({ value, unit: what, label: what, rows: value }, countSql[what], at === 1),
      ),
    ),
    rows: [
      ...(own && repaired ? [{ figure: name, unit, before: own.value, after: repaired.value }] : []),
      ...counts,
    ],
  };
}

function measured(log: EventLog, kpi: KpiDefinition, chosen: Statistic): { value: number; n: number } | null {
  const { value } = observe(log, kpi);
  return value.length === 0 ? null : { value: summarizeValues(value, chosen), n: value.length };
}
