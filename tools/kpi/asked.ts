/** What is measured and how, out of what was asked. */
import type { OpenLog, ToolContext } from "../define.ts";
import type { Filter } from "../inputs.ts";
import type { BusinessTime } from "../logs/core/business-time.ts";
import { filterSql } from "../logs/core/filters.ts";
import { printDuration } from "../rules/core/condition.ts";
import { describeFilters } from "./core/assumptions.ts";
import { type KnownAttribute, measureOf } from "./core/measure.ts";
import { type KpiDefinition, unitOf } from "./core/metrics.ts";
import { defaultStatistic, type Statistic } from "./core/summarize.ts";
import { describeKpi, isPart, isYesOrNo, observationNoun } from "./core/words.ts";
import { findKpi, kpiNamed } from "./kpi-store.ts";
import type { Input } from "./query-input.ts";

/** What facts, views and sentences are made from, in memory or in the store. */
export interface Asked {
  readonly input: Input;
  readonly context: ToolContext;
  readonly log: { readonly id: string; readonly name: string };
  readonly kpi: KpiDefinition;
  /** As asked. */
  readonly statistic: Statistic;
  /** What is computed: for a share of a sum or of all cases, that sum or count. */
  readonly computed: Statistic;
  /** Of the value. */
  readonly unit: string;
  /** Seconds, or the unit of the attribute; null where the metric has no limit. */
  readonly limit: number | null;
  /** What breaks the KPI, in words: "over the limit of 2h". */
  readonly late: string | null;
  /** A SELECT of the case_ids that count; null for all. */
  readonly cases: string | null;
  /** Which of their observations count. */
  readonly where: readonly string[];
  /** What a share is one of. */
  readonly whole: { readonly cases: string | null; readonly where: readonly string[] } | null;
  /** The filters of the whole; the others say which part. */
  readonly wholeFilters: readonly Filter[];
  /** Durations count by it; null for the clock. */
  readonly calendar: BusinessTime | null;
  /** The currency that it is of, where there are several; null for all. */
  readonly part: string | null;
}

/** @param attributes of the log, for what is measured of them */
export async function understand(
  own: Input,
  context: ToolContext,
  open: Pick<OpenLog, "id" | "name">,
  calendar: BusinessTime | null,
  attributes: () => readonly KnownAttribute[],
): Promise<Asked> {
  const kpi = await definitionOf(own, open.name, context, attributes);
  const statistic = statisticOf(own, kpi);
  const part = isPart(kpi, statistic);
  const wholeFilters = part ? filtersOfWhole(own) : [];
  const casesOf = (filters: readonly Filter[]) =>
    filters.length === 0 ? null : `SELECT case_id FROM cases WHERE ${filterSql(filters, calendar !== null)}`;
  const asked = { kpi, statistic };
  return {
    ...asked,
    input: own,
    context,
    log: { id: open.id, name: open.name },
    computed: part ? (kpi.metric === "attribute" ? "sum" : "count") : statistic,
    unit: unitOfValue(asked),
    limit: hasLimit(kpi) ? kpi.limit : null,
    late: latenessOf(kpi),
    cases: casesOf(own.filters),
    where: [],
    whole: part ? { cases: casesOf(wholeFilters), where: [] } : null,
    wholeFilters,
    calendar,
    part: null,
  };
}

/** Who asks how many cases have rework does not want to know how many were looked at. */
function statisticOf({ statistic }: Input, kpi: KpiDefinition): Statistic {
  if (statistic === "count" && isYesOrNo(kpi.metric)) return "sum";
  return statistic ?? defaultStatistic(kpi);
}

/**
 * Groups are shares of all that is asked about; without groups it is itself a share of all in the same window, or, where
 * what happened in cases is asked of those with an attribute ("of the orders from Germany, how many were rejected?"), of these.
 */
const filtersOfWhole = (input: Input): readonly Filter[] =>
  input.groupBy === undefined
    ? input.filters.filter(({ kind }) => kind === "window" || (kind === "attribute" && hasOutcome(input)))
    : input.filters;

/** Some filter tells what happened in a case, rather than what it is. */
const hasOutcome = ({ filters }: Input): boolean =>
  filters.some(({ kind }) => kind !== "window" && kind !== "attribute");

/** What the cases are that a share is of, in words; null where it is of all. */
export function wholeInWords({ wholeFilters }: Pick<Asked, "wholeFilters">): string | null {
  const own = wholeFilters.filter(({ kind }) => kind === "attribute");
  return own.length === 0 ? null : describeFilters(own);
}

/** As the named KPI has it, else as asked, with the limit that a KPI sets for the same. */
async function definitionOf(
  own: Input,
  log: string,
  context: ToolContext,
  attributes: () => readonly KnownAttribute[],
): Promise<KpiDefinition> {
  const { database, tenant } = context;
  const asked = own.activity === undefined ? (own.activities ?? null) : [own.activity];
  if (own.measure !== undefined) {
    const measure = measureOf(attributes(), own.measure, own.statistic === "count");
    return { metric: "attribute", measure, activities: asked, limit: own.threshold ?? null, deadline: null };
  }
  const named = own.kpi === undefined ? null : await kpiNamed(database, tenant, own.kpi);
  const wanted = { metric: named?.metric ?? own.metric, activities: asked ?? named?.activities ?? null };
  const found = named ?? (await findKpi(database, tenant, { log, ...wanted }));
  return {
    ...wanted,
    limit: own.threshold ?? found?.limit ?? null,
    deadline: own.deadline ?? found?.deadline ?? null,
  };
}

/** A limit is one of times or of an attribute's values. */
const hasLimit = (kpi: KpiDefinition): boolean => kpi.metric === "attribute" || unitOf(kpi) === "s";

/** What an observation that breaks the KPI does, in words; null where nothing can break it. */
function latenessOf(kpi: KpiDefinition): string | null {
  const { metric, limit, deadline } = kpi;
  if (metric === "error_rate") return "in error";
  if (!hasLimit(kpi)) return null;
  if (deadline !== null) return `after ${deadline}`;
  return limit === null ? null : `over the limit of ${printLimit(kpi, limit)}`;
}

/** A limit in the unit of what it limits. */
export const printLimit = (kpi: KpiDefinition, limit: number): string =>
  unitOf(kpi) === "s"
    ? printDuration(limit)
    : kpi.metric === "attribute"
      ? `${limit} ${unitOf(kpi)}`.trim()
      : String(limit);

type Measured = Pick<Asked, "statistic" | "kpi">;

/** The value is a number of cases or steps, not a time or a share. */
export const countsCases = ({ statistic, kpi }: Measured): boolean =>
  statistic === "count" || (statistic === "sum" && isYesOrNo(kpi.metric));

function unitOfValue(asked: Measured): string {
  if (countsCases(asked)) return observationNoun(asked.kpi);
  return isPart(asked.kpi, asked.statistic) ? "share" : unitOf(asked.kpi);
}

/** The name of the value, as labels and titles have it. */
export const nameOf = ({ kpi, statistic }: Measured): string => describeKpi(kpi, statistic);

/** What it was measured on, in words. */
export const populationOf = ({ input, part }: Pick<Asked, "input" | "part">): string =>
  part === null ? describeFilters(input.filters) : `${describeFilters(input.filters)}, ${part}`;

/** What happened in the cases of a share, in words. */
export const outcomeInWords = ({ input }: Pick<Asked, "input">): string =>
  describeFilters(input.filters.filter(({ kind }) => kind !== "attribute"));
