/** What the tools that check rules share: facts with their SQL, sentences, the list of cases. */
import type { Fact, Message, View } from "../define.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import { printDuration } from "../rules/core/condition.ts";
import { ruleSql } from "./core/conformance/rule-sql.ts";
import { BROKEN, type Rule, type RuleCheck } from "./core/conformance/rules.ts";
import type { Selection } from "./selection.ts";
import { where } from "./sql.ts";

export interface RuleFacts {
  readonly broken: Fact;
  /** Kept or broken. */
  readonly judged: Fact;
  /** Null where every case could be judged. */
  readonly undecided: Fact | null;
  readonly all: readonly Fact[];
}

export function ruleFacts(selection: Selection, rule: Rule, check: RuleCheck): RuleFacts {
  const counted = (value: number, label: string, condition: string) =>
    selection.fact({
      value,
      unit: "cases",
      label: `${label}: ${plainRule(rule)}`,
      sql: `select count(*) from ${ruleSql(rule)} judged${where(condition, selection.condition)}`,
      rows: selection.log.cases,
    });
  const broken = counted(check.broken, "Cases that break the rule", "verdict = 'broken'");
  const judged = counted(
    check.kept + check.broken,
    "Cases that the rule applies to",
    "verdict in ('kept', 'broken')",
  );
  const undecided =
    check.undecided === 0
      ? null
      : counted(check.undecided, "Cases that cannot be judged", "verdict = 'undecided'");
  return { broken, judged, undecided, all: [broken, judged, ...(undecided === null ? [] : [undecided])] };
}

/** The rule as a sentence of the assumptions line. */
export function describeRule(rule: Rule): Message {
  switch (rule.kind) {
    case "before":
      return { text: "{first} comes before {second}", values: names(rule) };
    case "follow":
      return { text: "{first} is followed by {second}", values: names(rule) };
    case "always":
      return { text: "every case has {first}", values: { first: rule.first } };
    case "never":
      return { text: "no case has {first}", values: { first: rule.first } };
    case "within":
      return {
        text: `${rule.second === null ? "the case's end" : "{second}"} at most {limit} after ${rule.first === null ? "the case's start" : "{first}"}`,
        values: {
          limit: { quantity: rule.seconds, unit: "s" },
          ...(rule.first === null ? {} : { first: rule.first }),
          ...(rule.second === null ? {} : { second: rule.second }),
        },
      };
    case "four-eyes":
      return { text: "{first} and {second} by different people", values: names(rule) };
  }
}

const names = ({ first, second }: { readonly first: string; readonly second: string }) => ({ first, second });

function plainRule(rule: Rule): string {
  const { text, values } = describeRule(rule);
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values?.[name];
    return typeof value === "string"
      ? value
      : "kind" in rule && rule.kind === "within"
        ? printDuration(rule.seconds)
        : "";
  });
}

const MOST_CASES = 50;

/** The cases that break a rule, in the log's order. */
export function caseTable(log: EventLog, rule: Rule, verdicts: Uint8Array): Extract<View, { kind: "table" }> {
  const broken = Array.from(verdicts.keys()).filter((c) => verdicts[c] === BROKEN);
  return {
    kind: "table",
    title: `Cases that break the rule: ${plainRule(rule)}`,
    columns: [
      { key: "case", label: "Case", kind: "text" },
      { key: "events", label: "Events", kind: "number" },
    ],
    rows: broken.slice(0, MOST_CASES).map((c) => ({
      case: log.caseNames[c]!,
      events: log.caseStart[c + 1]! - log.caseStart[c]!,
    })),
    total: broken.length,
  };
}
