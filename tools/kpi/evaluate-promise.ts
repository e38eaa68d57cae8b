import { renderSql } from "../../db/logs/dialect.ts";
import { MillwrightError } from "../../errors.ts";
import type { Fact, FactDraft, OpenLog } from "../define.ts";
import { seededRandom } from "../rules/core/statistics.ts";
import { observeAfter } from "./core/later-events.ts";
import { instantSql } from "./core/metric-sql.ts";
import { isClose, judgePromise, type Measured, promiseSql, type Verdict } from "./core/promise.ts";
import { Promised } from "./core/promised-effect.ts";
import { bootstrapInterval, defaultStatistic } from "./core/summarize.ts";
import type { Evaluation } from "./evaluate-watches.ts";
import type { WatchRow } from "./kpi-store.ts";

/** The promise's own query gave something else than a number. */
export class PromiseQueryError extends MillwrightError {
  constructor(sql: string, value: unknown) {
    super("promise-query", 500, "The query of a promised effect gave no number.", {
      value: String(value),
      expected: `a number from: ${sql}`,
      remedy: "Propose the change again; the promise is made anew.",
    });
  }
}

export interface Judged {
  readonly promised: Promised;
  readonly measured: Measured | null;
  readonly cases: number;
  readonly verdict: Verdict;
  readonly isClose: boolean;
  readonly sql: string;
}

/** Without an instant, everything is later. */
const sinceSql = (since: number | null): string =>
  since === null ? "TIMESTAMP '0001-01-01'" : instantSql(since);

const casesSince = (since: string): string => `SELECT count(*) FROM cases WHERE last_event > ${since}`;

async function numberFrom(open: OpenLog, sql: string): Promise<number> {
  const value = (await open.query(renderSql(open.dialect, sql))).rows[0]?.[0];
  if (typeof value !== "number") throw new PromiseQueryError(sql, value);
  return value;
}

/** 95 %, from the same observations in typed arrays; the value itself where the metric cannot be observed. */
function intervalOf(open: OpenLog, promised: Promised, since: number | null): Measured["interval"] {
  const activities = promised.activity === undefined ? null : [promised.activity];
  const kpi = { metric: promised.metric, activities, limit: null, deadline: null };
  const observations = observeAfter(open.log, kpi, since);
  const statistic = /quantile_cont/.test(promised.sql) ? "median" : defaultStatistic(kpi);
  const isMean = /avg\(/.test(promised.sql);
  return bootstrapInterval(
    observations.value,
    observations.case,
    isMean ? "mean" : statistic,
    seededRandom(1),
  );
}

/** Runs the promise's query on the events since it was acted on, and judges. */
export async function judge(row: WatchRow, open: OpenLog): Promise<Judged> {
  const promised = Promised.parse(row.definition);
  const since = row.sinceMicroseconds;
  const literal = sinceSql(since);
  const cases = await numberFrom(open, casesSince(literal));
  const sql = promiseSql(promised.sql, literal);
  if (cases < promised.minimumCases) {
    return { promised, measured: null, cases, verdict: "too-early", isClose: false, sql };
  }
  const measured = { value: await numberFrom(open, sql), interval: intervalOf(open, promised, since), cases };
  return {
    promised,
    measured,
    cases,
    verdict: judgePromise(promised, measured),
    isClose: isClose(promised, measured),
    sql,
  };
}

/** The facts of a judged promise: what was measured, and on how many cases. */
export function factsOfPromise(
  judged: Judged,
  open: OpenLog,
  since: number | null,
  fact: (draft: FactDraft) => Fact,
): { readonly cases: Fact; readonly value: Fact | null } {
  const from = sinceSql(since);
  const { promised, measured } = judged;
  const what = `${promised.metric}${promised.activity === undefined ? "" : ` ${promised.activity}`}, since the change`;
  return {
    cases: fact({
      value: judged.cases,
      unit: "cases",
      label: "cases finished since the change",
      rows: judged.cases,
      log: open.id,
      sql: casesSince(from),
    }),
    value:
      measured === null
        ? null
        : fact({
            value: measured.value,
            unit: promised.unit,
            label: what,
            rows: judged.cases,
            log: open.id,
            sql: judged.sql,
          }),
  };
}

const rounded = (value: number, unit: string): string =>
  unit === "s" ? `${(value / 3600).toPrecision(3)} h` : `${value.toPrecision(3)} ${unit}`;

/** Says once whether the promise was kept, as soon as enough cases have finished. */
export async function evaluatePromise(
  row: WatchRow,
  open: OpenLog,
  fact: (draft: FactDraft) => Fact,
): Promise<Evaluation> {
  const judged = await judge(row, open);
  const { promised, measured, verdict, cases } = judged;
  if (measured === null || verdict === "too-early") {
    return { alert: null, last: { verdict, cases }, isDone: false };
  }
  const facts = factsOfPromise(judged, open, row.sinceMicroseconds, fact);
  const show = (value: number): string => rounded(value, promised.unit);
  return {
    alert: {
      title: verdict === "kept" ? "A promise was kept" : "A promise was missed",
      text: `Promised ${show(promised.expected)} (${show(promised.low)} to ${show(promised.high)}), measured ${show(measured.value)} (${show(measured.interval.low)} to ${show(measured.interval.high)}) on ${cases} cases; before it was ${show(promised.before)}.`,
      facts: [facts.value, facts.cases].filter((own) => own !== null),
      verdict,
      data: { proposal: row.proposal, measured, promised, isClose: judged.isClose },
    },
    last: { verdict, cases, value: measured.value, low: measured.interval.low, high: measured.interval.high },
    isDone: true,
  };
}
