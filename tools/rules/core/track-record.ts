/** What a rule would have done to the real cases. */
import { stepTable } from "../../kpi/core/steps.ts";
import { type EventLog, MISSING } from "../../logs/core/event-log.ts";
import { variants } from "../../mining/core/variants.ts";
import type { Condition } from "./condition.ts";
import { hitCasesSql } from "./condition-sql.ts";
import { compileCondition, type DecisionPoint, firstHit } from "./evaluate-condition.ts";
import { schemaOf } from "./schema.ts";
import { type Interval, wilson } from "./statistics.ts";
import type { Target } from "./target.ts";
import { heldOutSql, isHeldOut, type LearnOptions } from "./tree-rules.ts";

export interface Hits {
  /** Cases it fires in, in the order of the log. */
  readonly cases: readonly number[];
  /** When it first fires in each, microseconds; NaN without times. */
  readonly at: Float64Array;
}

/** Replays a rule: in which cases, and when first, its condition holds on what was known then. */
export function replayRule(log: EventLog, condition: Condition): Hits {
  const compiled = compileCondition(condition, { log, steps: stepTable(log), schema: schemaOf(log) });
  const found: DecisionPoint[] = [];
  for (let index = 0; index < log.cases; index++) {
    const point = firstHit(compiled, log, index);
    if (point !== null) found.push(point);
  }
  return {
    cases: found.map((point) => point.case),
    at: Float64Array.from(found, ({ end }) => log.completed?.[end - 1] ?? Number.NaN),
  };
}

export interface TrackRecord {
  readonly hits: number;
  /** Share of all cases. */
  readonly coverage: number;
  /** Share of the hits that count which turned out so; over held-out cases only, when asked for. */
  readonly confidence: number | null;
  readonly interval: Interval;
  readonly judged: number;
  /** Share of all counting (held-out) cases that turned out so. */
  readonly baseRate: number;
  /** Names of hit cases that did, and did not, turn out so. */
  readonly examples: readonly string[];
  readonly counterExamples: readonly string[];
  /** SQL for the number of hits and for the confidence. */
  readonly hitsSql: string;
  readonly confidenceSql: string;
}

export interface RecordOptions {
  readonly target: Target;
  /** Judge on held-out cases only; null: on all. */
  readonly heldOut: LearnOptions | null;
  /** A SELECT of the case_ids that are looked at; null for all. */
  readonly casesSql: string | null;
}

export function trackRecord(log: EventLog, condition: Condition, options: RecordOptions): TrackRecord {
  const { target, heldOut, casesSql } = options;
  const { cases } = replayRule(log, condition);
  const counts = (index: number): boolean =>
    target.labels[index] !== 2 && (heldOut === null || isHeldOut(log.caseNames[index]!, heldOut));
  const judged = cases.filter(counts);
  const right = judged.filter((index) => target.labels[index] === 1);
  const all = [...target.labels.keys()].filter(counts);
  const named = (label: number): readonly string[] =>
    judged
      .filter((index) => target.labels[index] === label)
      .slice(0, 10)
      .map((index) => log.caseNames[index]!);
  const within = casesSql === null ? [] : [`case_id IN (${casesSql})`];
  const hit = `case_id IN (${hitCasesSql(condition, schemaOf(log))})`;
  const judgedSql = [
    hit,
    target.populationSql,
    ...(heldOut === null ? [] : [heldOutSql(heldOut)]),
    ...within,
  ];
  return {
    hits: cases.length,
    coverage: log.cases === 0 ? 0 : cases.length / log.cases,
    confidence: judged.length === 0 ? null : right.length / judged.length,
    interval: wilson(right.length, judged.length),
    judged: judged.length,
    baseRate: all.length === 0 ? 0 : all.filter((index) => target.labels[index] === 1).length / all.length,
    examples: named(1),
    counterExamples: named(0),
    hitsSql: `SELECT count(*) FROM cases WHERE ${[hit, ...within].join(" AND ")}`,
    confidenceSql: `SELECT avg(CASE WHEN ${target.sql} THEN 1 ELSE 0 END) FROM cases WHERE ${judgedSql.join(" AND ")}`,
  };
}

export interface VariantCoverage {
  readonly variant: string;
  readonly cases: number;
  readonly hits: number;
}

/** Hits by path, most frequent path first. */
export function coverageByVariant(log: EventLog, hits: Hits): readonly VariantCoverage[] {
  const found = variants(log);
  const hit = new Float64Array(found.counts.length);
  for (const index of hits.cases) if (found.variantOf[index]! >= 0) hit[found.variantOf[index]!]!++;
  return found.counts.map((cases, variant) => ({
    variant: Array.from(found.sequences[variant]!, (code) => log.activities[code]!).join(" → "),
    cases,
    hits: hit[variant]!,
  }));
}

/** Frequent values of text attributes, so that words can name them. */
export function attributeValues(log: EventLog, most = 200): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, readonly string[]>();
  for (const [name, column] of [...log.caseAttributes, ...log.attributes]) {
    if (column.kind !== "text" || column.dictionary.length > 2000) continue;
    const counts = new Float64Array(column.dictionary.length);
    for (const code of column.codes) if (code !== MISSING) counts[code]!++;
    const order = [...counts.keys()]
      .filter((code) => counts[code]! > 0)
      .sort((a, b) => counts[b]! - counts[a]!);
    result.set(
      name,
      order.slice(0, most).map((code) => column.dictionary[code]!),
    );
  }
  return result;
}
