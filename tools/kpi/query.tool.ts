import { z } from "zod";
import { renderSql } from "../../db/logs/dialect.ts";
import {
  type Fact,
  type Message,
  type OpenLog,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import {
  activity,
  attribute,
  calendar,
  filters,
  kpi as kpiName,
  log,
  metric,
  type metrics,
  period,
  secondAttribute,
  statistic,
  threshold,
} from "../inputs.ts";
import { type BusinessTime, businessTimeBetween } from "../logs/core/business-time.ts";
import { chooseCalendar, describeCalendar } from "../logs/core/calendar-definition.ts";
import { filterSql } from "../logs/core/filters.ts";
import type { Vocabulary } from "../logs/core/profile.ts";
import { printDuration } from "../rules/core/condition.ts";
import { assumptionsOf, describeFilters } from "./core/assumptions.ts";
import {
  byGroup,
  byPair,
  byPeriod,
  type Group,
  ofGroup,
  type PairedGroup,
  type PeriodValue,
} from "./core/breakdown.ts";
import type { AttributeKinds } from "./core/group-sql.ts";
import { type Grouping, groupingOf } from "./core/grouping.ts";
import { breaches as late } from "./core/later-events.ts";
import { breachesSql, instantSql, metricSql } from "./core/metric-sql.ts";
import {
  type KpiDefinition,
  NoObservationsError,
  type Observations,
  observe,
  unitOf,
} from "./core/metrics.ts";
import { type Selection, selectCases, spanOf } from "./core/selection.ts";
import { defaultStatistic, type Statistic, summarizeValues } from "./core/summarize.ts";
import { describeKpi, isYesOrNo, observationNoun } from "./core/words.ts";
import { findKpi, kpiNamed } from "./kpi-store.ts";
import { type LargeQuery, largeGrouping, largeGroups, largePairs, largePeriods } from "./large-breakdown.ts";

const input = z.object({
  log,
  filters,
  metric: metric.default("cycle_time"),
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
type Input = z.infer<typeof input>;

interface Data {
  readonly metric: (typeof metrics)[number];
  readonly statistic: Statistic;
  readonly value: number;
  readonly n: number;
  readonly limit: number | null;
  readonly breaches: number | null;
  readonly groups: readonly Group[];
  /** By two attributes at once. */
  readonly pairs: readonly PairedGroup[];
  readonly periods: readonly PeriodValue[];
}

interface Asked {
  readonly input: Input;
  readonly context: ToolContext;
  readonly selection: Selection;
  readonly kpi: KpiDefinition;
  readonly statistic: Statistic;
  /** Seconds; null where the metric has no limit in time. */
  readonly limit: number | null;
  /** What breaks the KPI, in words: "over the limit of 2h". */
  readonly late: string | null;
  readonly label: string;
}

async function understand(own: Input, context: ToolContext): Promise<Asked> {
  const open = await context.logs.open(own.log);
  const selection = selectCases(
    open,
    own.filters,
    chooseCalendar(own.calendar, open.calendars ?? [], context.zone),
  );
  const kpi = await definitionOf(own, open.name, context);
  // Who asks how many cases have rework does not want to know how many were looked at.
  const counted = own.statistic === "count" && isYesOrNo(kpi.metric) ? "sum" : own.statistic;
  const chosen = counted ?? defaultStatistic(kpi.metric);
  const timed = selection.calendar === null ? "" : `, in ${selection.calendar.calendar.name}`;
  const label = `${describeKpi(kpi, chosen)}${timed}, ${describeFilters(own.filters)}`;
  const limit = unitOf(kpi.metric) === "s" ? kpi.limit : null;
  return { input: own, context, selection, kpi, statistic: chosen, limit, late: latenessOf(kpi), label };
}

/** As the named KPI has it, else as asked, with the limit that a KPI sets for the same. */
async function definitionOf(own: Input, log: string, context: ToolContext): Promise<KpiDefinition> {
  const { database, tenant } = context;
  const asked = own.activity === undefined ? (own.activities ?? null) : [own.activity];
  const named = own.kpi === undefined ? null : await kpiNamed(database, tenant, own.kpi);
  const wanted = { metric: named?.metric ?? own.metric, activities: asked ?? named?.activities ?? null };
  const found = named ?? (await findKpi(database, tenant, { log, ...wanted }));
  return {
    ...wanted,
    limit: own.threshold ?? found?.limit ?? null,
    deadline: own.deadline ?? found?.deadline ?? null,
  };
}

/** What an observation that breaks the KPI does, in words; null where nothing can break it. */
function latenessOf({ metric: measured, limit, deadline }: KpiDefinition): string | null {
  if (measured === "error_rate") return "in error";
  if (unitOf(measured) !== "s") return null;
  if (deadline !== null) return `after ${deadline}`;
  return limit === null ? null : `over the limit of ${printDuration(limit)}`;
}

/** The value is a number of cases or steps, not a time or a share. */
const countsCases = ({ statistic: chosen, kpi }: Pick<Asked, "statistic" | "kpi">): boolean =>
  chosen === "count" || (chosen === "sum" && isYesOrNo(kpi.metric));

/** Of `Asked`, what facts and the headline need; a log too large for memory has no more. */
type Measured = Omit<Asked, "selection" | "label"> & {
  readonly selection: Pick<Selection, "id" | "casesSql" | "calendar">;
};

function factsOf(
  asked: Measured & { readonly label: string },
  value: number,
  n: number,
  breaches: number,
): { value: Fact; n: Fact; breaches: Fact | null } {
  const { context, selection, kpi, statistic: chosen, limit, late, label } = asked;
  const { casesSql: cases, calendar: counted } = selection;
  const noun = observationNoun(kpi.metric);
  const source = { log: selection.id, rows: n };
  const isCount = countsCases(asked);
  return {
    value: context.fact({
      ...source,
      value,
      unit: isCount ? noun : unitOf(kpi.metric),
      label,
      sql: metricSql({ kpi, statistic: chosen, cases, calendar: counted }),
    }),
    n: context.fact({
      ...source,
      value: n,
      unit: noun,
      label: `${noun} measured, ${describeFilters(asked.input.filters)}`,
      sql: metricSql({ kpi, statistic: "count", cases, calendar: counted }),
    }),
    breaches:
      late === null
        ? null
        : context.fact({
            ...source,
            value: breaches,
            unit: noun,
            label: `${noun} ${late}, ${describeKpi(kpi, "count")}, ${describeFilters(asked.input.filters)}`,
            sql: breachesSql({ kpi, cases, calendar: counted }, limit),
          }),
  };
}

/** The facts that come first; who counts what breaks a limit does not ask how many were looked at. */
function leading(
  chosen: Statistic,
  { value, breaches }: Pick<ReturnType<typeof factsOf>, "value" | "breaches">,
  most: Fact | undefined,
): readonly Fact[] {
  const first = chosen === "count" && breaches !== null ? [] : [value];
  return [...first, breaches, most].filter((fact) => fact !== null && fact !== undefined);
}

/** A grouping, in memory or in the store. */
type Named = Pick<Grouping, "attribute" | "conditionOf">;

/** Facts of the groups with the largest figures; of pairs where a second grouping is given. */
function groupFacts(
  asked: Measured,
  groups: readonly (Group & { readonly second?: string | null })[],
  grouping: Named | null,
  second: Named | null = null,
): readonly Fact[] {
  const { context, selection, kpi, statistic: chosen } = asked;
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
      context.fact({
        log: selection.id,
        value: group.value,
        unit: countsCases(asked) ? observationNoun(kpi.metric) : unitOf(kpi.metric),
        label: `${describeKpi(kpi, chosen)}, ${label(group)}`,
        rows: group.n,
        sql: metricSql({
          kpi,
          statistic: chosen,
          cases: selection.casesSql,
          calendar: selection.calendar,
          where: [
            grouping.conditionOf(group.name),
            ...(second === null ? [] : [second.conditionOf(group.second ?? null)]),
          ],
        }),
      }),
    );
}

function periodFacts(asked: Measured, periods: readonly PeriodValue[]): readonly Fact[] {
  const { context, selection, kpi, statistic: chosen } = asked;
  const complete = periods.filter(({ isPartial, value }) => !isPartial && value !== null);
  return complete
    .slice(-2)
    .reverse()
    .map((bucket) =>
      context.fact({
        log: selection.id,
        value: bucket.value!,
        unit: countsCases(asked) ? observationNoun(kpi.metric) : unitOf(kpi.metric),
        label: `${describeKpi(kpi, chosen)}, ${bucket.key}`,
        rows: bucket.n,
        sql: metricSql({
          kpi,
          statistic: chosen,
          cases: selection.casesSql,
          calendar: selection.calendar,
          where: [`observed >= ${instantSql(bucket.start)}`, `observed < ${instantSql(bucket.end)}`],
        }),
      }),
    );
}

function viewsOf(
  asked: Measured,
  groups: readonly Group[],
  periods: readonly PeriodValue[],
): readonly View[] {
  const unit = countsCases(asked) ? observationNoun(asked.kpi.metric) : unitOf(asked.kpi.metric);
  const title = describeKpi(asked.kpi, asked.statistic);
  const views: View[] = [];
  if (periods.length > 0) {
    views.push({
      kind: "series",
      title: `${title} by ${asked.input.period}`,
      unit,
      x: "time",
      series: [{ name: title, points: periods.map(({ key, value }) => [key, value] as const) }],
      ...(asked.limit === null ? {} : { threshold: asked.limit }),
    });
  }
  if (groups.length > 0) {
    views.push({
      kind: "table",
      title: `${title} by ${asked.input.groupBy}`,
      columns: [
        { key: "group", label: asked.input.groupBy ?? "group", kind: "text" },
        { key: "value", label: title, unit, kind: "number" },
        { key: "n", label: observationNoun(asked.kpi.metric), kind: "number" },
        ...(asked.limit === null
          ? []
          : [{ key: "breaches", label: "over the limit", kind: "number" as const }]),
      ],
      rows: groups.slice(0, 200).map((group) => ({
        group: group.name,
        value: group.value,
        n: group.n,
        ...(asked.limit === null ? {} : { breaches: group.breaches }),
      })),
      total: groups.length,
    });
  }
  return views;
}

function headline(
  asked: Measured,
  facts: ReturnType<typeof factsOf>,
  grouped: readonly Fact[],
  groups: readonly Group[],
): Message {
  const name = describeKpi(asked.kpi, asked.statistic);
  const is = opening(asked);
  const [worst, group] = [grouped[0], groups[0]];
  if (worst !== undefined && group !== undefined && asked.input.groupBy !== undefined) {
    return {
      text: `${is}; the largest is {worst} for {attribute} {group}.`,
      values: {
        name,
        value: facts.value,
        worst,
        attribute: asked.input.groupBy,
        group: group.name ?? "(none)",
      },
    };
  }
  const { breaches, n, value } = facts;
  if (breaches !== null) {
    const opens = countsCases(asked) ? "" : `${is}; `;
    const values = { name, value, breaches, n };
    if (asked.kpi.metric === "error_rate") return { text: `${opens}{breaches} of {n} are in error.`, values };
    const { deadline } = asked.kpi;
    if (deadline !== null) {
      return {
        text: `${opens}{breaches} of {n} were later than {deadline}.`,
        values: { ...values, deadline },
      };
    }
    const limit = { quantity: asked.limit ?? 0, unit: "s" };
    return {
      text: `${opens}{breaches} of {n} were over the limit of {limit}.`,
      values: { ...values, limit },
    };
  }
  return { text: `${is}.`, values: { name, value: facts.value } };
}

/** Rows by the first attribute, columns by the second; the groups with most observations. */
function pivotOf(asked: Measured, pairs: readonly PairedGroup[], second: string): View {
  const title = describeKpi(asked.kpi, asked.statistic);
  const unit = countsCases(asked) ? observationNoun(asked.kpi.metric) : unitOf(asked.kpi.metric);
  const most = (names: readonly (string | null)[], count: readonly number[], limit: number) => {
    const totals = new Map<string | null, number>();
    for (const [at, name] of names.entries()) totals.set(name, (totals.get(name) ?? 0) + count[at]!);
    return [...totals]
      .sort((a, b) => b[1] - a[1])
      .slice(0, limit)
      .map(([name]) => name);
  };
  const counts = pairs.map(({ n }) => n);
  const across = most(
    pairs.map((pair) => pair.second),
    counts,
    12,
  );
  const down = most(
    pairs.map(({ name }) => name),
    counts,
    50,
  );
  return {
    kind: "table",
    title: `${title} by ${asked.input.groupBy} and ${second}`,
    columns: [
      { key: "group", label: asked.input.groupBy ?? "group", kind: "text" },
      ...across.map((name, at) => ({
        key: `c${at}`,
        label: `${second} ${name ?? "(none)"}`,
        unit,
        kind: "number" as const,
      })),
    ],
    rows: down.map((name) => ({
      group: name,
      ...Object.fromEntries(
        across.map((other, at) => [
          `c${at}`,
          pairs.find((pair) => pair.name === name && pair.second === other)?.value ?? null,
        ]),
      ),
    })),
  };
}

/** A line over time for each of the groups with most observations. */
function overTime(
  asked: Measured,
  attribute: string,
  lines: readonly { readonly name: string | null; readonly periods: readonly PeriodValue[] }[],
): View {
  return {
    kind: "series",
    title: `${describeKpi(asked.kpi, asked.statistic)} by ${asked.input.period} and ${attribute}`,
    unit: countsCases(asked) ? observationNoun(asked.kpi.metric) : unitOf(asked.kpi.metric),
    x: "time",
    series: lines.map(({ name, periods }) => ({
      name: name ?? "(none)",
      points: periods.map(({ key, value }) => [key, value] as const),
    })),
  };
}

/** Those with most observations, of which a reader can tell the lines apart. */
const mostObserved = (groups: readonly Group[]): (string | null)[] =>
  [...groups]
    .sort((a, b) => b.n - a.n)
    .slice(0, 6)
    .map(({ name }) => name);

/** The same for groups in memory. */
function linesOf(
  { statistic: chosen, input: own, context, limit }: Asked,
  grouping: Grouping,
  groups: readonly Group[],
  observations: Observations,
  span: { readonly first: number; readonly last: number },
) {
  return mostObserved(groups).map((name) => ({
    name,
    periods: byPeriod(ofGroup(grouping, observations, name), chosen, own.period!, context.zone, span, limit),
  }));
}

/** A count is said by its noun ("608 cases finished"), everything else by its name. */
function opening({ statistic: chosen, kpi }: Pick<Asked, "statistic" | "kpi">): string {
  if (chosen === "sum" && isYesOrNo(kpi.metric))
    return kpi.metric === "rework" ? "{value} have rework" : "{value} are in error";
  if (chosen !== "count") return "The {name} is {value}";
  return kpi.metric === "throughput" ? "{value} finished" : "{value} measured";
}

const calendarSentence = (time: BusinessTime | null): Message[] =>
  time === null
    ? []
    : [
        {
          text: "Only time in {calendar} counts ({hours}); a day is 24 of those hours.",
          values: { calendar: time.calendar.name, hours: describeCalendar(time.calendar) },
        },
      ];

function notesOf(asked: Measured, periods: readonly PeriodValue[]): readonly Message[] {
  const partial = periods.filter(({ isPartial }) => isPartial).map(({ key }) => key);
  const notes: Message[] = [];
  if (partial.length > 0) {
    notes.push({
      text: "Not complete in this log, so not comparable: {periods}.",
      values: { periods: partial.join(", ") },
    });
  }
  if (asked.kpi.metric === "error_rate" && asked.kpi.activities === null) {
    const means =
      asked.kpi.deadline === null ? "took longer than the limit" : `ended after ${asked.kpi.deadline}`;
    notes.push({ text: "A case counts as in error when it {means}.", values: { means } });
  }
  return notes;
}

/** The same of a log too large for memory. */
async function inSql(own: Input, context: ToolContext, open: OpenLog): Promise<ToolResult<Data>> {
  const kpi = await definitionOf(own, open.name, context);
  const counted = own.statistic === "count" && isYesOrNo(kpi.metric) ? "sum" : own.statistic;
  const chosen = counted ?? defaultStatistic(kpi.metric);
  const calendar = businessTimeBetween(
    chooseCalendar(own.calendar, open.calendars ?? [], context.zone),
    open.large?.first,
    open.large?.last,
  );
  const cases =
    own.filters.length === 0
      ? null
      : `SELECT case_id FROM cases WHERE ${filterSql(own.filters, calendar !== null)}`;
  const limit = unitOf(kpi.metric) === "s" ? kpi.limit : null;
  const late = latenessOf(kpi);
  const rows = async (sql: string) => (await open.query(renderSql(open.dialect, sql))).rows;
  const cells = async (sql: string) => (await rows(sql))[0] ?? [];
  const query = { kpi, statistic: chosen, cases, calendar, limit, rows };
  const [value, n] = await cells(metricSql(query));
  const words = describeFilters(own.filters);
  if (typeof value !== "number" || Number(n) === 0)
    throw new NoObservationsError(describeKpi(kpi, chosen), words, "in the whole log");
  const broken = late === null ? 0 : Number((await cells(breachesSql({ kpi, cases, calendar }, limit)))[0]);
  const selection = { id: open.id, casesSql: cases, calendar };
  const asked = { context, selection, kpi, statistic: chosen, limit, late, input: own };
  const timed = calendar === null ? "" : `, in ${calendar.calendar.name}`;
  const facts = factsOf(
    { ...asked, label: `${describeKpi(kpi, chosen)}${timed}, ${words}` },
    value,
    Number(n),
    broken,
  );
  const found = await largeBreakdown(own, query, open, context.zone);
  const { groups, pairs, periods, grouping, second, lines } = found;
  const grouped = [...groupFacts(asked, groups, grouping), ...groupFacts(asked, pairs, grouping, second)];
  const byTime = periodFacts(asked, periods);
  const figures = leading(chosen, facts, grouped[0] ?? byTime[0]);
  return {
    data: {
      metric: kpi.metric,
      statistic: chosen,
      value,
      n: Number(n),
      limit,
      breaches: late === null ? null : broken,
      groups,
      pairs,
      periods,
    },
    facts: [...new Set([...figures, facts.n, ...grouped, ...byTime])],
    views: [
      ...viewsOf(asked, groups, periods),
      ...(second === null ? [] : [pivotOf(asked, pairs, second.attribute)]),
      ...(grouping === null || periods.length === 0 ? [] : [overTime(asked, grouping.attribute, lines)]),
    ],
    answer: {
      headline: headline(asked, facts, grouped, groups),
      figures: figures.slice(0, 3),
      assumptions: [
        { text: "{log}, {filters}", values: { log: open.name, filters: words } },
        { text: "n = {n}.", values: { n: facts.n } },
        ...calendarSentence(calendar),
      ],
      notes: notesOf(asked, periods),
    },
  };
}

/** By group and over time, as far as it was asked for. */
async function largeBreakdown(own: Input, query: LargeQuery, open: OpenLog, zone: string) {
  const kinds = kindsOf(open);
  const by = (attribute: string | undefined, alias: string) =>
    attribute === undefined ? null : largeGrouping(query, kinds, attribute, alias, own);
  const grouping = await by(own.groupBy, "g1");
  const second = grouping === null || own.andBy === own.groupBy ? null : await by(own.andBy, "g2");
  const groups = grouping === null ? [] : await largeGroups(query, grouping);
  const pairs = grouping === null || second === null ? [] : await largePairs(query, grouping, second);
  const span = spanOfLarge(open);
  if (own.period === undefined || span === null) {
    return { grouping, second, groups, pairs, periods: [], lines: [] };
  }
  const most = mostObserved(groups);
  const overTimes = await largePeriods(query, own.period, zone, span, grouping, most);
  return { grouping, second, groups, pairs, ...overTimes };
}

/** Attributes as they were when the log was imported. */
function kindsOf({ large }: OpenLog): AttributeKinds {
  const { attributes = [] } = (large?.vocabulary ?? {}) as Partial<Vocabulary>;
  const of = (where: "case" | "event") =>
    new Map(attributes.filter((own) => own.of === where).map(({ name, kind }) => [name, { kind }] as const));
  return { caseAttributes: of("case"), attributes: of("event") };
}

/** First and last instant of the log, microseconds. */
function spanOfLarge({ large }: OpenLog): { first: number; last: number } | null {
  if (large?.first == null || large.last === null) return null;
  return { first: Date.parse(large.first) * 1000, last: Date.parse(large.last) * 1000 };
}

export default readTool<Input, Data>({
  name: "kpi.query",
  version: 1,
  description:
    "A KPI of the log: cycle time (lead time, throughput time), time to an activity, waiting time, finished cases, rework, error rate; as one figure, by group or over time, and how many cases break the SLA.",
  examples: {
    en: [
      "how long does a case take?",
      "what is the median cycle time?",
      "how long does an order take from creation to delivery?",
      "how many cases were completed last week?",
      "average waiting time by team",
      "throughput per week",
      "how many orders missed the SLA this month?",
      "what share of cases has rework?",
      "cycle time by region",
      "p90 lead time last month",
      "what is the error rate?",
      "how many cases take longer than 5 days?",
      "how long until the first credit check?",
      "show the weekly trend of lead time",
      "is lead time getting longer?",
    ],
  },
  input,
  inSql,
  async execute(own, context): Promise<ToolResult<Data>> {
    const asked = await understand(own, context);
    const { selection, kpi, statistic: chosen, limit } = asked;
    const observations = observe(selection.log, kpi, selection.calendar);
    const n = observations.value.length;
    const span = spanOf(selection.whole);
    const scope = { name: selection.name, zone: context.zone, filters: own.filters, ...span };
    if (n === 0) {
      const [assumption] = assumptionsOf({ ...scope, filters: [] });
      const { from = "", to = "" } = assumption?.values ?? {};
      throw new NoObservationsError(
        describeKpi(kpi, chosen),
        describeFilters(own.filters),
        `from ${from} to ${to}`,
      );
    }
    const value = summarizeValues(observations.value, chosen);
    const flags = asked.late === null ? new Uint8Array() : late(selection.log, kpi, limit, observations);
    const breaches = flags.reduce((total, flag) => total + flag, 0);
    const by = (name: string | undefined): Grouping | null =>
      name === undefined ? null : groupingOf(selection.log, observations, name, kpi.metric, own);
    const grouping = by(own.groupBy);
    const second = grouping === null || own.andBy === own.groupBy ? null : by(own.andBy);
    const groups = grouping === null ? [] : byGroup(grouping, observations, chosen, limit);
    const pairs =
      grouping === null || second === null ? [] : byPair(grouping, second, observations, chosen, limit);
    const periods =
      own.period === undefined || span.first === null || span.last === null
        ? []
        : byPeriod(
            observations,
            chosen,
            own.period,
            context.zone,
            { first: span.first, last: span.last },
            limit,
          );
    const facts = factsOf(asked, value, n, breaches);
    const grouped = [...groupFacts(asked, groups, grouping), ...groupFacts(asked, pairs, grouping, second)];
    const byTime = periodFacts(asked, periods);
    const figures = leading(chosen, facts, grouped[0] ?? byTime[0]);
    return {
      data: {
        metric: kpi.metric,
        statistic: chosen,
        value,
        n,
        limit,
        breaches: asked.late === null ? null : breaches,
        groups,
        pairs,
        periods,
      },
      facts: [...new Set([...figures, facts.n, ...grouped, ...byTime])],
      views: [
        ...viewsOf(asked, groups, periods),
        ...(second === null ? [] : [pivotOf(asked, pairs, second.attribute)]),
        ...(grouping === null || periods.length === 0 || span.first === null || span.last === null
          ? []
          : [
              overTime(
                asked,
                grouping.attribute,
                linesOf(asked, grouping, groups, observations, { first: span.first, last: span.last }),
              ),
            ]),
      ],
      answer: {
        headline: headline(asked, facts, grouped, groups),
        figures: figures.slice(0, 3),
        assumptions: [
          ...assumptionsOf(scope),
          { text: "n = {n}.", values: { n: facts.n } },
          ...calendarSentence(selection.calendar),
          ...(own.kpi === undefined
            ? []
            : [{ text: "Measured by the KPI {kpi}.", values: { kpi: own.kpi } }]),
        ],
        notes: notesOf(asked, periods),
        next: { label: { text: "See where the time goes" }, ask: "where do we wait?" },
      },
    };
  },
});
