import { z } from "zod";
import { draftTool, type Fact, type Message, type OpenLog, type ToolContext, type View } from "../define.ts";
import { activity, filters, log, metric, ruleWords, threshold } from "../inputs.ts";
import { assumptionsOf, describeFilters } from "../kpi/core/assumptions.ts";
import { type Selection, selectCases, spanOf } from "../kpi/core/selection.ts";
import { draftFromTree, draftFromWords, type RuleDraft } from "./core/draft.ts";
import type { Target } from "./core/target.ts";
import { usualSlow } from "./core/target.ts";
import { targetOf } from "./target-of.ts";

const input = z.object({
  log,
  filters,
  words: ruleWords.optional(),
  metric: metric.optional(),
  activity: activity.optional().describe("Foresee long waits at this activity"),
  threshold: threshold.optional().describe("Seconds above which a case is slow, or a wait is long"),
});
type Input = z.infer<typeof input>;

interface DraftFacts {
  readonly hits: Fact;
  readonly confidence: Fact | null;
}

function factsOf(draft: RuleDraft, selection: Selection, context: ToolContext): DraftFacts {
  const { record, condition } = draft;
  const heldOut = draft.origin === "tree" ? "held-out cases" : "cases";
  return {
    hits: context.fact({
      value: record.hits,
      unit: "cases",
      label: `cases that meet ${condition}`,
      rows: selection.log.cases,
      log: selection.id,
      sql: record.hitsSql,
    }),
    confidence:
      record.confidence === null
        ? null
        : context.fact({
            value: record.confidence,
            unit: "share",
            label: `of the ${heldOut} that meet ${condition}: ${draft.foresees}`,
            rows: record.judged,
            log: selection.id,
            sql: record.confidenceSql,
          }),
  };
}

const table = (drafts: readonly RuleDraft[]): View => ({
  kind: "table",
  title: "Drafted rules",
  columns: [
    { key: "condition", label: "condition", kind: "text" },
    { key: "action", label: "action", kind: "text" },
    { key: "confidence", label: "confidence", unit: "share", kind: "number" },
    { key: "low", label: "from", unit: "share", kind: "number" },
    { key: "high", label: "to", unit: "share", kind: "number" },
    { key: "coverage", label: "coverage", unit: "share", kind: "number" },
    { key: "hits", label: "cases hit", kind: "number" },
    { key: "examples", label: "examples", kind: "text" },
    { key: "counterExamples", label: "counter-examples", kind: "text" },
  ],
  rows: drafts.map((draft) => ({
    condition: draft.condition,
    action: draft.action,
    confidence: draft.confidence,
    low: draft.interval.low,
    high: draft.interval.high,
    coverage: draft.coverage,
    hits: draft.hits,
    examples: draft.examples.slice(0, 3).join(", "),
    counterExamples: draft.counterExamples.slice(0, 3).join(", "),
  })),
});

const json = (drafts: readonly RuleDraft[]): View => ({
  kind: "text",
  title: "Rules as JSON",
  text: JSON.stringify(
    drafts.map(({ condition, action }) => ({ condition, action })),
    null,
    2,
  ),
});

function headline(drafts: readonly RuleDraft[], first: DraftFacts | undefined, target: Target): Message {
  const best = drafts[0];
  if (best === undefined || first === undefined) {
    return {
      text: "No rule: nothing known beforehand tells which cases {target}.",
      values: { target: target.label },
    };
  }
  const values = { condition: best.condition, action: best.action, hits: first.hits, target: target.label };
  if (first.confidence === null)
    return { text: "If {condition}, then {action}: it would have hit {hits}.", values };
  return {
    text: "If {condition}, then {action}: it would have hit {hits}; {confidence} of them {target}.",
    values: { ...values, confidence: first.confidence },
  };
}

const suggestion = (draft: RuleDraft, logId: string) => ({
  tool: "rules.publish",
  input: {
    log: logId,
    condition: draft.condition,
    action: draft.action,
    confidence: draft.confidence,
    coverage: draft.coverage,
  },
  why: {
    text: "Publish: if {condition}, then {action}.",
    values: { condition: draft.condition, action: draft.action },
  },
});

function notesOf(drafts: readonly RuleDraft[]): readonly Message[] {
  const notes: Message[] = drafts
    .flatMap(({ readings }) => readings)
    .map(({ words, means }) => ({ text: "I read “{words}” as {means}.", values: { words, means } }));
  if (drafts.some(({ origin }) => origin === "tree")) {
    notes.push({ text: "Confidence is on cases that were held out; association, not cause." });
  }
  return notes;
}

function drafts(own: Input, target: Target, selection: Selection): readonly RuleDraft[] {
  return own.words === undefined
    ? draftFromTree(selection.log, target, selection.casesSql)
    : [draftFromWords(selection.log, own.words, target, selection.casesSql)];
}

export default draftTool({
  name: "rules.draft",
  version: 1,
  description:
    "Drafts automation rules {condition, action}: from the person's own words, or from a decision tree over what is known of a case beforehand. Each with confidence on held-out cases, coverage, examples and counter-examples. Nothing is published.",
  examples: {
    en: [
      "draft rules for that",
      "suggest rules",
      "if order > $500, escalate",
      "if delay > 2h, notify manager",
      "escalate every order over $500 that waits more than 2 hours",
      "notify the manager when a case is late",
      "which rules would catch the slow cases?",
      "draft a rule that foresees long waits at the credit check",
      "write rules that predict delays",
      "make a rule: orders above 1000 need a review",
      "block invoices above 5000 until someone has checked them",
    ],
  },
  input,
  async execute(own: Input, context) {
    const open: OpenLog = await context.logs.open(own.log);
    const selection = selectCases(open, own.filters);
    const target = await targetOf(selection.log, open.name, own, context);
    const found = drafts(own, target, selection);
    const facts = found.map((draft) => factsOf(draft, selection, context));
    const first = facts[0];
    const isUsual =
      own.threshold === undefined &&
      target.activity === null &&
      target.threshold === usualSlow(selection.log);
    const n = {
      text: "{filter}; judged by which cases {target}.",
      values: { filter: describeFilters(own.filters), target: target.label },
    };
    const usual: Message[] = isUsual
      ? [{ text: "Slow means: in the slowest quarter, as no SLA is set." }]
      : [];
    return {
      data: found.map(({ record: _record, ...draft }) => draft),
      facts: facts.flatMap(({ hits, confidence }) => (confidence === null ? [hits] : [hits, confidence])),
      views: found.length === 0 ? [] : [table(found), json(found)],
      answer: {
        headline: headline(found, first, target),
        figures: first === undefined ? [] : [first.hits, first.confidence].filter((fact) => fact !== null),
        assumptions: [
          ...assumptionsOf({
            name: open.name,
            zone: context.zone,
            filters: own.filters,
            ...spanOf(open.log),
          }),
          n,
          ...usual,
        ],
        notes: notesOf(found),
        ...(found.length === 0
          ? {}
          : { next: { label: { text: "Publish this rule" }, ask: "publish the rule" } }),
      },
      suggests: found.slice(0, 1).map((draft) => suggestion(draft, open.id)),
    };
  },
});
