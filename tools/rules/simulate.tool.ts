import { z } from "zod";
import { readTool, type View } from "../define.ts";
import { filters, log, threshold } from "../inputs.ts";
import { assumptionsOf, dayIn } from "../kpi/core/assumptions.ts";
import { selectCases, spanOf } from "../kpi/core/selection.ts";
import { printCondition } from "./core/condition.ts";
import {
  coverageByVariant,
  type Hits,
  replayRule,
  type TrackRecord,
  trackRecord,
  type VariantCoverage,
} from "./core/track-record.ts";
import { ruleFields, ruleOf } from "./rule-of.ts";
import { targetOf } from "./target-of.ts";

const input = z.object({ log, filters, ...ruleFields, threshold: threshold.optional() });
type Input = z.infer<typeof input>;

/** First hits by day in the zone; days without one between the first and the last are there with 0. */
function byDay(hits: Hits, zone: string): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  const times = [...hits.at].filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  const day = 86_400e6;
  for (let time = times[0] ?? 0; time <= (times.at(-1) ?? -1); time += day) counts.set(dayIn(zone, time), 0);
  for (const time of times) {
    const key = dayIn(zone, time);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
}

const views = (
  variants: readonly VariantCoverage[],
  days: readonly (readonly [string, number])[],
  record: TrackRecord,
  target: string,
): readonly View[] => [
  {
    kind: "table",
    title: "Coverage by path",
    columns: [
      { key: "variant", label: "path", kind: "text" },
      { key: "cases", label: "cases", kind: "number" },
      { key: "hits", label: "hit", kind: "number" },
      { key: "share", label: "share", unit: "share", kind: "number" },
    ],
    rows: variants
      .slice(0, 50)
      .map(({ variant, cases, hits }) => ({ variant, cases, hits, share: hits / cases })),
    total: variants.length,
  },
  {
    kind: "series",
    title: "Cases hit a day",
    unit: "cases",
    x: "time",
    series: [{ name: "cases hit", points: days }],
  },
  {
    kind: "table",
    title: "Cases it would have hit",
    columns: [
      { key: "case", label: "case", kind: "text" },
      { key: "outcome", label: target, kind: "text" },
    ],
    rows: [
      ...record.counterExamples.map((name) => ({ case: name, outcome: "no" })),
      ...record.examples.map((name) => ({ case: name, outcome: "yes" })),
    ],
    total: record.hits,
  },
];

export default readTool({
  name: "rules.simulate",
  version: 1,
  description:
    "Replays a rule over the log without doing anything: which cases and which paths it would have hit, how many a day, and where it would have been wrong.",
  examples: {
    en: [
      "simulate the rule",
      "how many cases would the rule have hit?",
      "test the rule on last month",
      "what is the coverage of the rule?",
      "which paths does the rule cover?",
      "how often a day would the rule fire?",
      "try the rule on the real cases",
      "show me the counter-examples of the rule",
      "what would 'if order > 500, escalate' have done?",
    ],
  },
  input,
  async execute(own: Input, context) {
    const open = await context.logs.open(own.log);
    const selection = selectCases(open, own.filters);
    const rule = ruleOf(own, selection.log);
    const target = await targetOf(selection.log, open.name, { threshold: own.threshold }, context);
    const record = trackRecord(selection.log, rule.condition, {
      target,
      heldOut: null,
      casesSql: selection.casesSql,
    });
    const hits = replayRule(selection.log, rule.condition);
    const variants = coverageByVariant(selection.log, hits);
    const days = byDay(hits, context.zone);
    const condition = printCondition(rule.condition);
    const source = { log: open.id, rows: selection.log.cases };
    const count = context.fact({
      ...source,
      value: record.hits,
      unit: "cases",
      label: `cases that meet ${condition}`,
      sql: record.hitsSql,
    });
    const all = context.fact({
      ...source,
      value: selection.log.cases,
      unit: "cases",
      label: "cases looked at",
      sql: `SELECT count(*) FROM cases${selection.casesSql === null ? "" : ` WHERE case_id IN (${selection.casesSql})`}`,
    });
    const right =
      record.confidence === null
        ? null
        : context.fact({
            ...source,
            rows: record.judged,
            value: record.confidence,
            unit: "share",
            label: `of the cases that meet ${condition}: ${target.label}`,
            sql: record.confidenceSql,
          });
    const paths = variants.filter((variant) => variant.hits > 0).length;
    return {
      data: {
        condition,
        action: rule.action,
        hits: record.hits,
        coverage: record.coverage,
        confidence: record.confidence,
        interval: record.interval,
        baseRate: record.baseRate,
        paths,
        variants: variants.length,
        perDay: days.length === 0 ? null : record.hits / days.length,
        examples: record.examples,
        counterExamples: record.counterExamples,
      },
      facts: [count, all, right].filter((fact) => fact !== null),
      views: views(variants, days, record, target.label),
      answer: {
        headline: {
          text: "If {condition}, then {action}: it would have hit {count} of {all}.",
          values: { condition, action: rule.action, count, all },
        },
        figures: [count, right].filter((fact) => fact !== null),
        assumptions: assumptionsOf({
          name: open.name,
          zone: context.zone,
          filters: own.filters,
          ...spanOf(open.log),
        }),
        notes: [
          { text: "A rule sees only what is known of a case at the moment it fires." },
          { text: "Held against which cases {target}.", values: { target: target.label } },
        ],
        next: { label: { text: "Publish this rule" }, ask: "publish the rule" },
      },
      suggests: [
        {
          tool: "rules.publish",
          input: {
            log: open.id,
            condition,
            action: rule.action,
            confidence: record.confidence,
            coverage: record.coverage,
          },
          why: {
            text: "Publish: if {condition}, then {action}.",
            values: { condition, action: rule.action },
          },
        },
      ],
    };
  },
});
