/** The figures of a KPI of a log too large for memory, out of the store alone. */
import { renderSql } from "../../db/logs/dialect.ts";
import type { OpenLog } from "../define.ts";
import type { Vocabulary } from "../logs/core/profile.ts";
import type { Asked } from "./asked.ts";
import type { AttributeKinds } from "./core/group-sql.ts";
import { breachesSql, metricSql, ofActivities } from "./core/metric-sql.ts";
import { theMeasure } from "./core/metrics.ts";
import { casesWithoutSql } from "./core/observe-attribute.ts";
import { asShares, type Breakdown, type FigureSource, mostObserved } from "./figures.ts";
import { type LargeQuery, largeGrouping, largeGroups, largePairs, largePeriods } from "./large-breakdown.ts";

/** Attributes as they were when the log was imported. */
export const attributesOf = ({ large }: OpenLog): Vocabulary["attributes"] =>
  ((large?.vocabulary ?? {}) as Partial<Vocabulary>).attributes ?? [];

export function inStore(open: OpenLog, where: readonly string[] = []): FigureSource {
  const rows = async (sql: string) => (await open.query(renderSql(open.dialect, sql))).rows;
  const queryOf = ({ kpi, computed, cases, calendar, limit }: Asked): LargeQuery => ({
    kpi,
    statistic: computed,
    cases,
    calendar,
    limit,
    where,
    rows,
  });
  return {
    figures: async (asked) => {
      const query = queryOf(asked);
      const found = await breakdownOf(asked, query, open);
      if (asked.whole === null) return found;
      const whole = { ...query, cases: asked.whole.cases };
      const [value] = (await rows(metricSql(whole)))[0] ?? [];
      return asShares(found, { value: Number(value), periods: await periodsOf(asked, whole, open) });
    },
    currencies: async (asked) => {
      const { currency } = theMeasure(asked.kpi);
      if (currency === null) return [];
      const query = { ...queryOf(asked), statistic: "count" as const };
      const grouping = await largeGrouping(query, kindsOf(open), currency, "c", {});
      const groups = await largeGroups(query, grouping);
      return groups.map(({ name, n }) => ({ name, n, condition: grouping.conditionOf(name) }));
    },
    of: (_, { condition }) => inStore(open, [...where, condition]),
    missing: async ({ kpi, cases }) => {
      const own = ofActivities(kpi.activities);
      return Number((await rows(casesWithoutSql(theMeasure(kpi), own, cases)))[0]?.[0]);
    },
  };
}

async function breakdownOf(asked: Asked, query: LargeQuery, open: OpenLog): Promise<Breakdown> {
  const { input, limit, late, context } = asked;
  const { kpi, cases, calendar, where } = query;
  const [value, n] = (await query.rows(metricSql(query)))[0] ?? [];
  const broken =
    late === null ? [0] : (await query.rows(breachesSql({ kpi, cases, calendar, where }, limit)))[0];
  const by = (attribute: string | undefined, alias: string) =>
    attribute === undefined ? null : largeGrouping(query, kindsOf(open), attribute, alias, input);
  const grouping = await by(input.groupBy, "g1");
  const second = grouping === null || input.andBy === input.groupBy ? null : await by(input.andBy, "g2");
  const groups = grouping === null ? [] : await largeGroups(query, grouping);
  const pairs = grouping === null || second === null ? [] : await largePairs(query, grouping, second);
  const figures = {
    value: typeof value === "number" ? value : Number.NaN,
    n: Number(n),
    breaches: Number(broken?.[0]),
  };
  const span = spanOf(open);
  const rest = { ...figures, grouping, second, groups, pairs };
  if (input.period === undefined || span === null) return { ...rest, periods: [], lines: [] };
  const most = mostObserved(groups);
  return { ...rest, ...(await largePeriods(query, input.period, context.zone, span, grouping, most)) };
}

async function periodsOf({ input, context }: Asked, query: LargeQuery, open: OpenLog) {
  const span = spanOf(open);
  if (input.period === undefined || span === null) return [];
  return (await largePeriods(query, input.period, context.zone, span, null, [])).periods;
}

function kindsOf(open: OpenLog): AttributeKinds {
  const of = (where: "case" | "event") =>
    new Map(
      attributesOf(open)
        .filter((own) => own.of === where)
        .map(({ name, kind }) => [name, { kind }] as const),
    );
  return { caseAttributes: of("case"), attributes: of("event") };
}

/** First and last instant of the log, microseconds. */
function spanOf({ large }: OpenLog): { first: number; last: number } | null {
  if (large?.first == null || large.last === null) return null;
  return { first: Date.parse(large.first) * 1000, last: Date.parse(large.last) * 1000 };
}
