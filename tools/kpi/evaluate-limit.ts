import { z } from "zod";
import type { Fact, FactDraft, OpenLog } from "../define.ts";
import { type BusinessTime, businessTimeOf } from "../logs/core/business-time.ts";
import { printLimit as shownLimit } from "./asked.ts";
import { breaches, observeAfter } from "./core/later-events.ts";
import { breachesSql, instantSql, metricSql } from "./core/metric-sql.ts";
import { type KpiDefinition, type Observations, unitOf } from "./core/metrics.ts";
import { type Statistic, summarizeValues } from "./core/summarize.ts";
import { describeKpi, observationNoun } from "./core/words.ts";
import type { Evaluation } from "./evaluate-watches.ts";
import { LimitDefinition, type WatchRow } from "./kpi-store.ts";
import { inItsCurrency } from "./watched-measure.ts";

const LastLimit = z.object({ breaches: z.number().default(0), isOver: z.boolean().default(false) });

const inWords = (time: BusinessTime | null): string => (time === null ? "" : `, in ${time.calendar.name}`);

interface Watched {
  readonly row: WatchRow;
  readonly open: OpenLog;
  readonly kpi: KpiDefinition;
  readonly limit: number;
  /** After the watch began. */
  readonly observations: Observations;
  readonly where: readonly string[];
  readonly calendar: BusinessTime | null;
  fact(draft: FactDraft): Fact;
}

/** Holds a limit against the events after the watch's `since`. Says a breach once. */
export async function evaluateLimit(
  row: WatchRow,
  open: OpenLog,
  fact: (draft: FactDraft) => Fact,
): Promise<Evaluation> {
  const { statistic, limit, calendar: counted, ...rest } = LimitDefinition.parse(row.definition);
  const calendar = counted && businessTimeOf(open.log, counted);
  const since = row.sinceMicroseconds;
  const kpi = { ...rest, limit };
  const later = inItsCurrency(open.log, kpi, observeAfter(open.log, kpi, since, calendar));
  const where = [...(since === null ? [] : [`observed > ${instantSql(since)}`]), ...later.where];
  const watched: Watched = {
    row,
    open,
    kpi,
    limit,
    observations: later.observations,
    where,
    calendar,
    fact,
  };
  return statistic === null ? perObservation(watched) : onFigure(watched, statistic);
}

/** Each observation over the limit is a breach; those that are new since the last evaluation are said. */
function perObservation(watched: Watched): Evaluation {
  const { row, open, kpi, limit, where, calendar, fact } = watched;
  const { observations } = watched;
  const flags = breaches(open.log, kpi, limit, observations);
  const count = flags.reduce((total, flag) => total + flag, 0);
  const before = LastLimit.parse(row.last ?? {}).breaches;
  const noun = observationNoun(kpi);
  const last = { breaches: count, isOver: count > 0, n: flags.length };
  if (count <= before) return { alert: null, last, isDone: false };
  const total = fact({
    value: count,
    unit: noun,
    label: `${noun} over the limit of ${shownLimit(kpi, limit)}, ${describeKpi(kpi, "count")}${inWords(calendar)}, since the watch began`,
    rows: flags.length,
    log: open.id,
    sql: breachesSql({ kpi, where, calendar }, limit),
  });
  const worst = worstOf(open, observations.case, observations.value, flags);
  return {
    alert: {
      title: `${row.kpi ?? describeKpi(kpi, "max")} broke its limit of ${shownLimit(kpi, limit)}`,
      text: `Now ${count} of ${flags.length} ${noun} are over it, ${count - before} of them new. The worst: ${worst.join(", ")}.`,
      facts: [total],
      verdict: "breach",
      data: { new: count - before, worst },
    },
    last,
    isDone: false,
  };
}

function worstOf(
  open: OpenLog,
  cases: Uint32Array,
  values: Float64Array,
  flags: Uint8Array,
): readonly string[] {
  return [...flags.keys()]
    .filter((index) => flags[index] === 1)
    .sort((a, b) => values[b]! - values[a]!)
    .slice(0, 3)
    .map((index) => open.log.caseNames[cases[index]!]!);
}

/** The figure crosses the limit: said when it does, and again only after it has been below. */
function onFigure(
  { row, open, kpi, limit, observations, where, calendar, fact }: Watched,
  statistic: Statistic,
): Evaluation {
  const { value: values } = observations;
  const value = summarizeValues(values, statistic);
  const isOver = values.length > 0 && value > limit;
  const wasOver = LastLimit.parse(row.last ?? {}).isOver;
  const last = { isOver, value: values.length === 0 ? null : value, n: values.length };
  if (!isOver || wasOver) return { alert: null, last, isDone: false };
  const figure = fact({
    value,
    unit: unitOf(kpi),
    label: `${describeKpi(kpi, statistic)}${inWords(calendar)}, since the watch began`,
    rows: values.length,
    log: open.id,
    sql: metricSql({ kpi, statistic, where, calendar }),
  });
  const name = row.kpi ?? describeKpi(kpi, statistic);
  return {
    alert: {
      title: `${name} is over its limit of ${shownLimit(kpi, limit)}`,
      text: `The ${describeKpi(kpi, statistic)} of ${values.length} ${observationNoun(kpi)} is now ${shownLimit(kpi, value)}; the limit is ${shownLimit(kpi, limit)}.`,
      facts: [figure],
      verdict: "breach",
    },
    last,
    isDone: false,
  };
}
