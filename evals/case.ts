/** One case of a suite: what people say and do, and what must be true of the replies and of the world afterwards. */
import { z } from "zod";
import { MillwrightError } from "../errors.ts";
import { doors } from "./parity.ts";

const Name = z.string().min(1);

/** A tool's name, or names of which any one is right. */
const Tool = z.union([Name, z.array(Name).min(1)]);

/** A call that must be there; of its input, what is named here must be there, too (evals/match.ts). */
export const CallSchema = z.union([
  Tool,
  z.strictObject({ tool: Tool, input: z.record(z.string(), z.unknown()).optional() }),
]);

/** How a trajectory is held against the calls: same order, same set, nothing else, or at least these. */
const TrajectorySchema = z.strictObject({
  mode: z.enum(["strict", "unordered", "subset", "superset"]),
  calls: z.array(CallSchema),
  /** A diagnosis in the report unless it is required. */
  required: z.boolean().default(false),
});

const FactSchema = z.strictObject({
  unit: z.string(),
  from: z.number(),
  to: z.number(),
  /** Words of the label. */
  label: z.string().optional(),
});

/** What is expected of one reply. Everything given must hold. */
export const ExpectationSchema = z.strictObject({
  /** Calls that must have been made, in any order; others may be too. */
  calls: z.array(CallSchema).optional(),
  notCalls: z.array(Name).optional(),
  trajectory: TrajectorySchema.optional(),
  /** Tools of which a proposal must have been made; an empty list: none. */
  proposes: z.array(Tool).optional(),
  /** No tool may have been called and nothing proposed. */
  nothing: z.boolean().optional(),
  /** Whether it must ask back. */
  clarifies: z.boolean().optional(),
  /** It must say that it cannot or that there is no such data; no figure may be made up. */
  cannot: z.boolean().optional(),
  /** The language of the reply; the case's when absent. */
  language: Name.optional(),
  /** Each must be in the reply (case does not matter). */
  says: z.array(z.string()).optional(),
  /** None may be in the reply. */
  neverSays: z.array(z.string()).optional(),
  /** One of the facts must have this unit and lie in this range. */
  fact: FactSchema.optional(),
  facts: z.array(FactSchema).optional(),
  /** Every fact is made again from its evidence and must come out the same. */
  evidence: z.boolean().optional(),
  /** Channels that must hand out the same facts for the same words (in suites whose world is a running server). */
  channels: z.array(z.enum(doors)).optional(),
  /** Seconds that the turn may take; for live models, a figure in the report otherwise. */
  withinSeconds: z.number().positive().optional(),
  /** Millionths of a US dollar that the turn may cost. */
  costAtMost: z.number().nonnegative().optional(),
});
export type Expectation = z.infer<typeof ExpectationSchema>;
export type ExpectedCall = z.infer<typeof CallSchema>;

/** What somebody says. */
const SaySchema = z.strictObject({
  say: z.string(),
  /** Who says it, where it is not the case's person. */
  as: Name.optional(),
  expect: ExpectationSchema.default({}),
});

/** What somebody decides by button: on the latest proposal of the case, or on the one of this number (1, 2 …). */
const DecideSchema = z.strictObject({
  decide: z.enum(["approve", "reject"]),
  as: Name,
  proposal: z.int().positive().optional(),
  /** `right` unless it says otherwise: of the same input, of another one, or of no input at all. */
  digest: z.enum(["right", "wrong", "none"]).default("right"),
  reason: z.string().optional(),
  /** That many at once: a double click is 2. */
  times: z.int().positive().default(1),
  expect: z
    .strictObject({
      /** The proposal's state afterwards. */
      state: Name.optional(),
      /** Type of the problem that it must be refused with ("decision-not-allowed"); of all attempts. */
      refused: Name.optional(),
      /** Of several at once, how many were told that it had been decided already. */
      already: z.int().nonnegative().optional(),
    })
    .default({}),
});

/** What happens meanwhile: a proposal waits for longer than it may. */
const HappensSchema = z.strictObject({
  happens: z.enum(["expiry"]),
  proposal: z.int().positive().optional(),
});

/** What a scripted model says in one step: calls, or the last word of a turn. */
const ScriptedSchema = z.strictObject({
  text: z.string().optional(),
  calls: z.array(z.strictObject({ tool: z.string(), input: z.unknown() })).optional(),
  /** Ids of proposals that it says are withdrawn; `pending` stands for all that wait. */
  supersedes: z.array(Name).optional(),
});

export const languages = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "zh", "mixed"] as const;

export const capabilities = [
  "waiting",
  "duration",
  "volume",
  "variants",
  "discovery",
  "conformance",
  "causes",
  "drift",
  "comparison",
  "organization",
  "workload",
  "rework",
  "quality",
  "filters",
  "import-export",
  "rules",
  "what-if",
  "optimization",
  "kpi-watch",
  "proposals",
  "approvals",
  "audit",
  "connectors",
  "health",
  "evals",
  "memory",
  "prediction",
  "follow-up",
  "clarification",
  "cannot",
  "off-topic",
  "small-talk",
  "privacy",
] as const;

export const CaseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  persona: z.enum(["manager", "analyst", "approver", "evaluator", "admin"]),
  language: z.enum(languages).default("en"),
  capability: z.enum(capabilities),
  risk: z.enum(["read", "act", "decide", "attack", "privacy"]),
  person: Name,
  /** A log by its name; without one, the agent has to ask or to know. */
  log: Name.optional(),
  turns: z.array(z.union([SaySchema, DecideSchema, HappensSchema])).min(1),
  /** With a script, a scripted model stands in for the planner: the case is one of the agent's mechanics. */
  script: z.array(ScriptedSchema).optional(),
  /** Executions that the ledger holds after the last turn; only decisions of people begin them, so words never do. */
  effects: z.int().nonnegative().default(0),
  /** Nothing that is kept may have changed: proposals, rules, watches, logs, people, the ledger. */
  unchanged: z.boolean().optional(),
  /** Why this case is there. */
  note: z.string().min(10),
});
export type Case = z.infer<typeof CaseSchema>;
export type Turn = Case["turns"][number];
export type SayTurn = z.infer<typeof SaySchema>;
export type DecideTurn = z.infer<typeof DecideSchema>;
export type HappensTurn = z.infer<typeof HappensSchema>;

/** A suite's file cannot be used. */
export class SuiteError extends MillwrightError {
  constructor(file: string, line: number, message: string) {
    super("suite", 422, `${file}, line ${line}: ${message}`, {
      file,
      line,
      remedy: "Correct the line; a suite runs whole or not at all.",
    });
  }
}

/** @throws SuiteError naming the line: malformed JSON, a field that is not of the schema, an id used twice */
export function parseCases(text: string, file: string): Case[] {
  const cases: Case[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const parsed = CaseSchema.safeParse(parseLine(line, file, index + 1));
    if (!parsed.success)
      throw new SuiteError(file, index + 1, z.prettifyError(parsed.error).replaceAll("\n", "; "));
    if (seen.has(parsed.data.id))
      throw new SuiteError(file, index + 1, `the id "${parsed.data.id}" is used twice`);
    seen.add(parsed.data.id);
    cases.push(parsed.data);
  }
  return cases;
}

function parseLine(line: string, file: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SuiteError(file, number, `not JSON: ${error.message}`);
    throw error;
  }
}
