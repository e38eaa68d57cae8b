/** The facts of a KPI: figures with the SQL that makes them again. */
import type { Fact } from "../define.ts";
import { type Asked, nameOf, populationOf } from "./asked.ts";
import type { Group, PeriodValue } from "./core/breakdown.ts";
import type { Grouping } from "./core/grouping.ts";
import { breachesSql, instantSql, metricSql, partSql } from "./core/metric-sql.ts";
import { describeKpi, observationNoun } from "./core/words.ts";
import type { Figures } from "./query-input.ts";

/** A grouping, in memory or in the store. */
export type Named = Pick<Grouping, "attribute" | "conditionOf">;

export interface MainFacts {
  readonly value: Fact;
  readonly n: Fact;
  readonly breaches: Fact | null;
}

/** The value's SQL, of the observations that fulfil further conditions; `inWhole`: which of them the whole fulfils too. */
function valueSql(asked: Asked, where: readonly string[] = [], inWhole: readonly string[] = []): string {
  const { kpi, computed, cases, calendar, whole } = asked;
  const query = { kpi, statistic: computed, cases, calendar, where: [...asked.where, ...where] };
  return whole === null
    ? metricSql(query)
    : partSql(query, { cases: whole.cases, where: [...whole.where, ...inWhole] });
}

/** "…, in office hours", "…, in EUR": what a label says beside the name. */
const timed = ({ calendar }: Asked): string => (calendar === null ? "" : `, in ${calendar.calendar.name}`);

export function mainFacts(asked: Asked, { value, n, breaches }: Figures): MainFacts {
  const { context, kpi, cases, calendar, where, late, limit } = asked;
  const noun = observationNoun(kpi);
  const source = { log: asked.log.id, rows: n };
  const words = populationOf(asked);
  return {
    value: context.fact({
      ...source,
      value,
      unit: asked.unit,
      label: `${nameOf(asked)}${timed(asked)}, ${words}`,
      sql: valueSql(asked),
    }),
    n: context.fact({
      ...source,
      value: n,
      unit: noun,
      label: `${noun} measured, ${words}`,
      sql: metricSql({ kpi, statistic: "count", cases, calendar, where }),
    }),
    breaches:
      late === null
        ? null
        : context.fact({
            ...source,
            value: breaches,
            unit: noun,
            label: `${noun} ${late}, ${describeKpi(kpi, "count")}, ${words}`,
            sql: breachesSql({ kpi, cases, calendar, where }, limit),
          }),
  };
}

/** The facts that come first; who counts what breaks a limit does not ask how many were looked at. */
export function leading(
  { statistic }: Asked,
  { value, breaches }: Pick<MainFacts, "value" | "breaches">,
  most: Fact | undefined,
): readonly Fact[] {
  const first = statistic === "count" && breaches !== null ? [] : [value];
  return [...first, breaches, most].filter((fact) => fact !== null && fact !== undefined);
}

/** Facts of the groups with the largest figures; of pairs where a second grouping is given. */
export function groupFacts(
  asked: Asked,
  groups: readonly (Group & { readonly second?: string | null })[],
  grouping: Named | null,
  second: Named | null = null,
): readonly Fact[] {
  if (grouping === null) return [];
  const label = (group: (typeof groups)[number]): string =>
    [
      `${grouping.attribute} ${group.name ?? "(none)"}`,
      ...(second === null ? [] : [`${second.attribute} ${group.second ?? "(none)"}`]),
    ].join(", ");
  return groups
    .filter((group) => Number.isFinite(group.value))
    .slice(0, 9)
    .map((group) =>
      asked.context.fact({
        log: asked.log.id,
        value: group.value,
        unit: asked.unit,
        label: `${nameOf(asked)}, ${label(group)}`,
        rows: group.n,
        sql: valueSql(asked, [
          grouping.conditionOf(group.name),
          ...(second === null ? [] : [second.conditionOf(group.second ?? null)]),
        ]),
      }),
    );
}

/** Facts of the two last whole periods. */
export function periodFacts(asked: Asked, periods: readonly PeriodValue[]): readonly Fact[] {
  const complete = periods.filter(({ isPartial, value }) => !isPartial && value !== null);
  return complete
    .slice(-2)
    .reverse()
    .map((bucket) => {
      const within = [`observed >= ${instantSql(bucket.start)}`, `observed < ${instantSql(bucket.end)}`];
      return asked.context.fact({
        log: asked.log.id,
        value: bucket.value!,
        unit: asked.unit,
        label: `${nameOf(asked)}, ${bucket.key}`,
        rows: bucket.n,
        sql: valueSql(asked, within, within),
      });
    });
}
