import { z } from "zod";
import { type Fact, type Message, readTool, type ToolContext, type ToolResult } from "../define.ts";
import { activities, filters, log, threshold } from "../inputs.ts";
import { checkRule, type Rule } from "./core/conformance/rules.ts";
import { NoRuleError, UnknownActivityError } from "./errors.ts";
import { caseTable, describeRule, type RuleFacts, ruleFacts } from "./rule-results.ts";
import { assumptions, type Selection, select } from "./selection.ts";

const kinds = ["before", "follow", "within", "never", "always"] as const;

const Input = z.object({
  log,
  filters,
  activities: activities
    .default([])
    .describe("One step, or the first and the second of two, exactly as in the log"),
  kind: z
    .enum(kinds)
    .optional()
    .meta({
      slot: "rule-kind",
      description:
        "before: no second step without the first before it. follow: after every first step a second one. within: the " +
        "second at most `threshold` seconds after the first; with one step from the case's start, with none from start " +
        "to end. never, always: the one step in no case, in every case.",
    }),
  threshold: threshold.optional(),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly rule: Rule;
  readonly kept: number;
  readonly broken: number;
  /** The log does not say: a time is missing, or the second step has not come. */
  readonly undecided: number;
  /** At most 50 cases that break it. */
  readonly examples: readonly string[];
}

export default readTool<Input, Data>({
  name: "mining.rules-check",
  version: 1,
  description:
    "Checks one rule on every case: a step always before another (precedence), always followed by another (response), " +
    "within a time (SLA), in every case, or in none. Counts the cases that keep and break it and lists those that break it.",
  examples: {
    en: [
      "is the invoice always approved before payment?",
      "check the rule that approval comes before shipping",
      "is every request followed by a confirmation?",
      "is picking always followed by shipping?",
      "check that invoices are never sent before goods are packed",
      "how often is the rule broken that review comes before closing?",
      "verify that there always is an approval",
      "is shipping ever done without approval before it?",
      "is approval always done within 3 days after submission?",
      "what violates the rule that payment comes after the invoice?",
      "is the order of approve and pay respected?",
    ],
  },
  input: Input,
  computes: true,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const rule = ruleOf(input, selection);
  const check = checkRule(selection.log, rule);
  const facts = ruleFacts(selection, rule, check);
  const given = assumptions(context, selection, input.filters);
  const table = caseTable(selection.log, rule, check.verdicts);
  return {
    data: {
      rule,
      kept: check.kept,
      broken: check.broken,
      undecided: check.undecided,
      examples: table.rows.map((row) => String(row["case"])),
    },
    facts: [...facts.all, ...given.facts],
    views: check.broken === 0 ? [] : [table],
    answer: {
      headline: headline(rule, facts),
      figures: [facts.broken, facts.judged],
      assumptions: [...given.lines, describeRule(rule)],
      notes: undecidedNote(facts.undecided),
      next: { label: { text: "Hold all steps against a model" }, ask: "check conformance" },
    },
  };
}

/** The rule that is meant. Two steps without a word of which: the first before the second. Throws `NoRuleError`. */
function ruleOf({ activities: steps, kind, threshold: limit }: Input, { log: own }: Selection): Rule {
  for (const step of steps)
    if (!own.activities.includes(step)) throw new UnknownActivityError(step, own.activities);
  const [first, second] = steps;
  if (limit !== undefined && (kind === undefined || kind === "within")) {
    if (second === undefined) return { kind: "within", first: null, second: first ?? null, seconds: limit };
    return { kind: "within", first: first!, second, seconds: limit };
  }
  if (first === undefined || kind === "within") throw new NoRuleError(own.activities);
  if (second === undefined) return { kind: kind === "never" ? "never" : "always", first };
  return { kind: kind === "follow" ? "follow" : "before", first, second };
}

function headline(rule: Rule, { broken, judged }: RuleFacts): Message {
  if (judged.value === 0) return { text: "There is no case that this rule can be judged by." };
  return broken.value === 0
    ? { text: "The rule holds in all {judged} that it applies to.", values: { judged } }
    : {
        text: `{broken} break the rule, of {judged} that it applies to: ${describeRule(rule).text}.`,
        values: { broken, judged, ...describeRule(rule).values },
      };
}

const undecidedNote = (undecided: Fact | null): Message[] =>
  undecided === null
    ? []
    : [
        {
          text: "{undecided} could not be judged: a time is missing, or the second step has not come yet.",
          values: { undecided },
        },
      ];
