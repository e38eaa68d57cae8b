import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type TableColumn,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { activities, filters, log } from "../inputs.ts";
import { type EventLog, MISSING } from "../logs/core/event-log.ts";
import { BROKEN, checkRule, KEPT, type Rule, type RuleCheck } from "./core/conformance/rules.ts";
import { NoResourcesError, TwoStepsNeededError, UnknownActivityError } from "./errors.ts";
import { caseTable, describeRule, type RuleFacts, ruleFacts } from "./rule-results.ts";
import { assumptions, type Selection, select } from "./selection.ts";

const Input = z.object({
  log,
  filters,
  activities: activities
    .default([])
    .describe("The two steps that one person must not do both, exactly as in the log"),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly first: string;
  readonly second: string;
  /** Cases in which different people, and one person, did both steps. */
  readonly kept: number;
  readonly broken: number;
  /** Somebody is not recorded. */
  readonly undecided: number;
  readonly examples: readonly string[];
  /** By the team attribute of the second step, where the log has one. */
  readonly teams: readonly { readonly team: string; readonly kept: number; readonly broken: number }[];
}

export default readTool<Input, Data>({
  name: "mining.four-eyes",
  version: 1,
  description:
    "Segregation of duties (four eyes): how often one person did both of two steps, such as create and approve or order and " +
    "pay, in all and by team. Nobody is named or ranked.",
  examples: {
    en: [
      "who approved what they themselves created?",
      "check the four-eyes principle",
      "were creation and approval done by the same person?",
      "is segregation of duties respected between ordering and paying?",
      "is an order created and approved by the same person?",
      "one person did both create and approve",
      "did anybody approve their own request?",
      "four eyes on create and approve",
      "separation of duties violations",
      "is somebody checking their own work?",
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
  const teams = byTeam(selection.log, rule.second, check);
  const cases = caseTable(selection.log, rule, check.verdicts);
  return {
    data: {
      first: rule.first,
      second: rule.second,
      kept: check.kept,
      broken: check.broken,
      undecided: check.undecided,
      examples: cases.rows.map((row) => String(row["case"])),
      teams,
    },
    facts: [...facts.all, ...given.facts],
    views: [...(teams.length === 0 ? [] : [teamTable(teams)]), ...(check.broken === 0 ? [] : [cases])],
    answer: {
      headline: headline(rule, facts),
      figures: [facts.broken, facts.judged],
      assumptions: [...given.lines, describeRule(rule)],
      notes: undecidedNote(facts.undecided),
    },
  };
}

type FourEyes = Extract<Rule, { kind: "four-eyes" }>;

function ruleOf({ activities: steps }: Input, { log: own, open }: Selection): FourEyes {
  for (const step of steps)
    if (!own.activities.includes(step)) throw new UnknownActivityError(step, own.activities);
  if (own.resource === null) throw new NoResourcesError(open.name);
  const [first, second] = new Set(steps);
  if (first === undefined || second === undefined) throw new TwoStepsNeededError(own.activities);
  return { kind: "four-eyes", first, second };
}

const headline = ({ first, second }: FourEyes, { broken, judged }: RuleFacts): Message =>
  broken.value === 0
    ? {
        text: "In none of {judged} with both did one person do {first} and {second}.",
        values: { judged, first, second },
      }
    : {
        text: "In {broken} one person did both {first} and {second}, of {judged} with both.",
        values: { broken, judged, first, second },
      };

const undecidedNote = (undecided: Fact | null): Message[] =>
  undecided === null
    ? []
    : [{ text: "{undecided} could not be judged: somebody is not recorded.", values: { undecided } }];

/** Counts by the team that did the second step, most breaches first; [] where no attribute says the team. */
function byTeam(all: EventLog, second: string, { verdicts }: RuleCheck): Data["teams"] {
  const column = teamColumn(all);
  if (column === null) return [];
  const code = all.activities.indexOf(second);
  const counts = new Map<string, { kept: number; broken: number }>();
  for (let c = 0; c < all.cases; c++) {
    if (verdicts[c] !== KEPT && verdicts[c] !== BROKEN) continue;
    const team = teamOf(all, column, c, code);
    const own = counts.get(team) ?? { kept: 0, broken: 0 };
    own[verdicts[c] === KEPT ? "kept" : "broken"]++;
    counts.set(team, own);
  }
  return Array.from(counts, ([team, own]) => ({ team, ...own })).sort(
    (a, b) => b.broken - a.broken || b.kept - a.kept || (a.team < b.team ? -1 : 1),
  );
}

interface TeamColumn {
  readonly codes: Uint32Array;
  readonly dictionary: readonly string[];
}

function teamColumn({ attributes }: EventLog): TeamColumn | null {
  for (const [name, column] of attributes)
    if (
      column.kind === "text" &&
      /\b(group|team|department|role|unit)\b/i.test(name.replaceAll(/[_:.-]/g, " "))
    )
      return column;
  return null;
}

function teamOf(all: EventLog, { codes, dictionary }: TeamColumn, c: number, second: number): string {
  for (let i = all.caseStart[c]!; i < all.caseStart[c + 1]!; i++)
    if (all.activity[i] === second && codes[i] !== MISSING) return dictionary[codes[i]!]!;
  return "not recorded";
}

const columns: readonly TableColumn[] = [
  { key: "team", label: "Team of the second step", kind: "text" },
  { key: "broken", label: "One person did both", kind: "number" },
  { key: "kept", label: "Different people", kind: "number" },
];

const teamTable = (teams: Data["teams"]): View => ({
  kind: "table",
  title: "Four eyes by team",
  columns,
  rows: teams.map((team) => ({ ...team })),
});
