import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { filters, limit, log } from "../inputs.ts";
import { violationSql } from "./core/discovery/constraint-sql.ts";
import {
  type Constraint,
  declarativeConstraints,
  violatingVariants,
} from "./core/discovery/declarative-constraints.ts";
import { MEANINGS } from "./core/discovery/declare-templates.ts";
import { type LogSkeleton, logSkeleton } from "./core/discovery/log-skeleton.ts";
import { namesOf, type Variants, variants } from "./core/variants.ts";
import { assumptions, type Selection, select } from "./selection.ts";

const Input = z.object({ log, filters, limit: limit.default(20) });
type Input = z.infer<typeof Input>;

interface Data {
  readonly constraints: readonly Constraint[];
  readonly skeleton: Omit<LogSkeleton, "activeFrequencies"> & {
    readonly activeFrequencies: Readonly<Record<string, readonly number[]>>;
  };
}

export default readTool<Input, Data>({
  name: "mining.constraints",
  version: 1,
  description:
    "Unwritten rules that nearly all cases keep: Declare constraints (what follows what, what comes first, what never happens " +
    "together) with support, confidence and the cases that break them, and the log skeleton. Discovered, not given.",
  examples: {
    en: [
      "which unwritten rules are there?",
      "discover declarative constraints",
      "what are the implicit rules?",
      "find Declare constraints",
      "mine declarative rules",
      "which activities exclude each other?",
      "mine the log skeleton",
      "show me the log skeleton",
      "which constraints hold almost always?",
      "which regularities hold almost everywhere?",
      "list the constraints with their confidence",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const found = variants(selection.log);
  const constraints = declarativeConstraints(found);
  const { activeFrequencies, ...skeleton } = logSkeleton(found);
  const facts = brokenFacts(selection, constraints);
  const given = assumptions(context, selection, input.filters);
  return {
    data: {
      constraints,
      skeleton: { ...skeleton, activeFrequencies: Object.fromEntries(activeFrequencies) },
    },
    facts: [...facts, ...given.facts],
    views: [constraintTable(constraints, found, selection, input.limit), skeletonTable(skeleton)],
    answer: {
      headline: headline(selection, constraints, facts),
      figures: facts,
      assumptions: given.lines,
      notes: [
        {
          text: "A rule is listed if at least 95 % of the cases that it applies to keep it, and at least 10 % of all cases. What a stronger rule says already is left out. A regularity is no obligation.",
        },
      ],
      next: { label: { text: "See the process" }, ask: "show me the process" },
    },
  };
}

/** For the first rules that some cases break, else for the first ones: how many break them. */
function brokenFacts(selection: Selection, constraints: readonly Constraint[]): Fact[] {
  const broken = constraints.filter(({ kept, activated }) => kept < activated);
  const told = (broken.length > 0 ? broken : constraints).slice(0, 3);
  return told.map((constraint) =>
    selection.fact({
      value: constraint.activated - constraint.kept,
      unit: "cases",
      label: `Cases against “${sentence(constraint)}”`,
      sql: violationSql(constraint, selection.condition),
      rows: selection.log.cases,
    }),
  );
}

const sentence = ({ template, a, b }: Constraint): string =>
  MEANINGS[template].replaceAll(/\{([ab])\}/g, (_, side: string) => (side === "a" ? a : (b ?? "")));

function headline({ open }: Selection, constraints: readonly Constraint[], facts: readonly Fact[]): Message {
  const count = { quantity: constraints.length, unit: "rules" };
  const [first] = facts;
  if (first === undefined)
    return { text: "{log} shows no rule that nearly all cases keep.", values: { log: open.name } };
  return {
    text: "Nearly all cases of {log} keep {count} that nobody gave; {rule}: {broken}.",
    values: { log: open.name, count, rule: first.label, broken: first },
  };
}

function constraintTable(
  constraints: readonly Constraint[],
  found: Variants,
  { log }: Selection,
  most: number,
): View {
  return {
    kind: "table",
    title: "Rules that cases keep",
    columns: [
      { key: "rule", label: "Rule", kind: "text" },
      { key: "template", label: "Template", kind: "text" },
      { key: "confidence", label: "Confidence", unit: "share", kind: "number" },
      { key: "support", label: "Support", unit: "share", kind: "number" },
      { key: "broken", label: "Cases against it", kind: "number" },
      { key: "example", label: "Such a case", kind: "text" },
      { key: "path", label: "Its path", kind: "text" },
    ],
    rows: constraints.slice(0, most).map((constraint) => {
      const against = violatingVariants(constraint, found)[0];
      return {
        rule: sentence(constraint),
        template: constraint.template,
        confidence: constraint.confidence,
        support: constraint.support,
        broken: constraint.activated - constraint.kept,
        example: against === undefined ? null : log.caseNames[found.variantOf.indexOf(against)]!,
        path: against === undefined ? null : namesOf(found, against).slice(0, 12).join(" → "),
      };
    }),
    total: constraints.length,
  };
}

function skeletonTable(skeleton: Omit<LogSkeleton, "activeFrequencies">): View {
  const relations: [string, readonly (readonly [string, string])[]][] = [
    ["equally often", skeleton.equivalence],
    ["always followed by", skeleton.alwaysAfter],
    ["always preceded by", skeleton.alwaysBefore],
    ["never together with", skeleton.neverTogether],
    ["directly followed by", skeleton.directlyFollows],
  ];
  const rows = relations.flatMap(([relation, pairs]) => pairs.map(([a, b]) => ({ a, relation, b })));
  return {
    kind: "table",
    title: "Log skeleton",
    columns: [
      { key: "a", label: "Activity", kind: "text" },
      { key: "relation", label: "Relation", kind: "text" },
      { key: "b", label: "Activity", kind: "text" },
    ],
    rows: rows.slice(0, 200),
    total: rows.length,
  };
}
