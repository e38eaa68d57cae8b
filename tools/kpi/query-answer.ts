/** The answer to a question for a KPI, wherever its figures come from. */
import type { Fact, Message, ToolResult } from "../define.ts";
import { type Asked, nameOf, populationOf } from "./asked.ts";
import { currencyCode } from "./core/currency.ts";
import { ofActivities } from "./core/metric-sql.ts";
import { NoObservationsError } from "./core/metrics.ts";
import { casesWithoutSql } from "./core/observe-attribute.ts";
import { observationNoun } from "./core/words.ts";
import type { Breakdown, CurrencyPart, FigureSource } from "./figures.ts";
import { groupFacts, leading, mainFacts, periodFacts } from "./query-facts.ts";
import type { Data } from "./query-input.ts";
import { viewsOf } from "./query-views.ts";
import { calendarSentence, headline, inCurrencies, measuredSentence, notesOf } from "./query-words.ts";

/** What is said of the log beside the figures. */
export interface Scope {
  /** The log and its span. */
  readonly assumptions: readonly Message[];
  /** "from … to …", where nothing was found. */
  readonly span: string;
  readonly next?: ToolResult<Data>["answer"]["next"];
}

/** @throws NoObservationsError */
export async function answerOf(asked: Asked, source: FigureSource, scope: Scope): Promise<ToolResult<Data>> {
  const parts = await currencyParts(asked, source);
  const codes = new Set(parts.flatMap(({ name }) => (name === null ? [] : [currencyCode(name) ?? name])));
  const missing = asked.kpi.measure ? await missingFact(asked, source) : null;
  if (codes.size > 1) return byCurrency(asked, source, scope, parts, missing);
  const [code] = codes;
  const [only] = parts;
  if (code === undefined || only === undefined)
    return whole(asked, await source.figures(asked), scope, missing);
  // What a share is one of may be in other currencies besides.
  if (asked.whole !== null) {
    const own = { ...ofPart(asked, only), part: null };
    return whole(own, await source.of(asked, only).figures(own), scope, missing);
  }
  const result = whole(inUnit(asked, code), await source.figures(asked), scope, missing);
  return withNote(result, takenFor(asked, parts, code));
}

/** Amounts that have no currency beside others that have one. */
const takenFor = ({ kpi }: Asked, parts: readonly CurrencyPart[], code: string): readonly Message[] =>
  parts
    .filter(({ name }) => name === null)
    .map(({ n }) => ({
      text: "{amounts} have no currency and are taken for {currency}.",
      values: { amounts: { quantity: n, unit: observationNoun(kpi) }, currency: code },
    }));

const withNote = (result: ToolResult<Data>, notes: readonly Message[]): ToolResult<Data> => ({
  ...result,
  answer: { ...result.answer, notes: [...(result.answer.notes ?? []), ...notes] },
});

/** Amounts are added up, and held against each other, only within a currency. */
const currencyParts = async (asked: Asked, source: FigureSource): Promise<readonly CurrencyPart[]> =>
  asked.kpi.measure && asked.statistic !== "count" ? source.currencies(asked) : [];

const inUnit = (asked: Asked, unit: string): Asked =>
  asked.kpi.measure
    ? {
        ...asked,
        kpi: { ...asked.kpi, measure: { ...asked.kpi.measure, unit } },
        unit: asked.unit === "" ? unit : asked.unit,
      }
    : asked;

async function missingFact(asked: Asked, source: FigureSource): Promise<Fact> {
  const { kpi, cases, context } = asked;
  const value = await source.missing(asked);
  return context.fact({
    value,
    unit: "cases",
    label: `cases without ${kpi.measure!.attribute}, ${populationOf(asked)}`,
    rows: value,
    log: asked.log.id,
    sql: casesWithoutSql(kpi.measure!, ofActivities(kpi.activities), cases),
  });
}

function whole(asked: Asked, found: Breakdown, scope: Scope, missing: Fact | null): ToolResult<Data> {
  const { groups, pairs, periods, grouping, second } = found;
  if (found.n === 0 || Number.isNaN(found.value)) throw nothing(asked, scope);
  const facts = mainFacts(asked, found);
  const grouped = [...groupFacts(asked, groups, grouping), ...groupFacts(asked, pairs, grouping, second)];
  const byTime = periodFacts(asked, periods);
  const figures = leading(asked, facts, grouped[0] ?? byTime[0]);
  return {
    data: {
      ...dataOf(asked, missing),
      ...plain(found),
      breaches: asked.late === null ? null : found.breaches,
    },
    facts: [...new Set([...figures, facts.n, ...grouped, ...byTime, ...said(missing)])],
    views: viewsOf(asked, found),
    answer: {
      headline: headline(asked, facts, grouped, groups),
      figures: figures.slice(0, 3),
      assumptions: assumptionsOf(asked, scope, facts.n),
      notes: notesOf(asked, periods, missing),
      ...(scope.next === undefined ? {} : { next: scope.next }),
    },
  };
}

async function byCurrency(
  asked: Asked,
  source: FigureSource,
  scope: Scope,
  parts: readonly CurrencyPart[],
  missing: Fact | null,
): Promise<ToolResult<Data>> {
  const results = await Promise.all(
    parts.map(async (part) => {
      const own = ofPart(asked, part);
      const found = await source.of(asked, part).figures(own);
      return { own, found, part, result: whole(own, found, scope, null) };
    }),
  );
  const values = results.map(({ result }) => result.facts[0]!);
  const [first] = results;
  return {
    data: {
      ...dataOf(asked, missing),
      value: null,
      unit: "",
      n: results.reduce((sum, { found }) => sum + found.n, 0),
      breaches: null,
      groups: [],
      pairs: [],
      periods: [],
      currencies: results.map(({ found, part }) => ({ currency: part.name, ...plain(found) })),
    },
    facts: [...new Set([...values, ...results.flatMap(({ result }) => result.facts), ...said(missing)])],
    views: results.flatMap(({ result, own }) =>
      result.views.map((view) =>
        "title" in view ? { ...view, title: `${view.title}, ${own.kpi.measure!.unit || "(none)"}` } : view,
      ),
    ),
    answer: {
      headline: inCurrencies(asked.kpi.measure!.attribute, values),
      figures: values.slice(0, 3),
      assumptions: assumptionsOf(asked, scope, null),
      notes: notesOf(first!.own, first!.found.periods, missing),
      ...(scope.next === undefined ? {} : { next: scope.next }),
    },
  };
}

/** The question about one currency's amounts alone. */
function ofPart(asked: Asked, { name, condition }: CurrencyPart): Asked {
  const code = name === null ? "" : (currencyCode(name) ?? name);
  const { whole: all } = asked;
  return {
    ...inUnit(asked, code),
    part: name ?? "(none)",
    where: [...asked.where, condition],
    whole: all && { ...all, where: [...all.where, condition] },
  };
}

const plain = ({ value, n, breaches, groups, pairs, periods }: Breakdown) => ({
  value,
  n,
  breaches,
  groups,
  pairs,
  periods,
});

const dataOf = (asked: Asked, missing: Fact | null) => ({
  metric: asked.kpi.metric,
  measure: asked.kpi.measure?.attribute ?? null,
  statistic: asked.statistic,
  unit: asked.unit,
  limit: asked.limit,
  missing: missing?.value ?? null,
  currencies: [],
});

/** A count of nothing is not handed out as a figure. */
const said = (missing: Fact | null): readonly Fact[] =>
  missing === null || missing.value === 0 ? [] : [missing];

const assumptionsOf = (asked: Asked, scope: Scope, n: Fact | null): readonly Message[] => [
  ...scope.assumptions,
  ...(n === null ? [] : [{ text: "n = {n}.", values: { n } }]),
  ...measuredSentence(asked),
  ...calendarSentence(asked.calendar),
  ...(asked.input.kpi === undefined
    ? []
    : [{ text: "Measured by the KPI {kpi}.", values: { kpi: asked.input.kpi } }]),
];

const nothing = (asked: Asked, { span }: Scope): NoObservationsError =>
  new NoObservationsError(nameOf(asked), populationOf(asked), span);
