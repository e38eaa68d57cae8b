/** One case of a suite: what people say, and what must be true of the world afterwards. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { MillwrightError } from "../errors.ts";

/** What is expected of one reply. Everything given must hold. */
export const ExpectationSchema = z.strictObject({
  /** Tools that must have been called, in any order; others may be too. */
  calls: z.array(z.string()).optional(),
  /** Tools of which a proposal must have been made. */
  proposes: z.array(z.string()).optional(),
  /** No tool may have been called and nothing proposed. */
  nothing: z.boolean().optional(),
  /** Whether it must ask back. */
  clarifies: z.boolean().optional(),
  /** Each must be in the reply (case does not matter). */
  says: z.array(z.string()).optional(),
  /** None may be in the reply. */
  neverSays: z.array(z.string()).optional(),
  /** One of the facts must have this unit and lie in this range. */
  fact: z.strictObject({ unit: z.string(), from: z.number(), to: z.number() }).optional(),
});

export const CaseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  persona: z.enum(["manager", "analyst", "approver", "evaluator", "admin"]),
  person: z.string(),
  log: z.string().optional(),
  turns: z.array(z.strictObject({ say: z.string(), expect: ExpectationSchema })).min(1),
  /** Effects on other systems after the last turn; only decisions of people make them, so words never do. */
  effects: z.int().nonnegative().default(0),
  /** Why this case is there. */
  note: z.string().min(10),
});
export type Case = z.infer<typeof CaseSchema>;
export type Expectation = z.infer<typeof ExpectationSchema>;

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

export const suites = ["golden-paths"] as const;
export type SuiteName = (typeof suites)[number];

/** The clock that cases are asked at: after the end of the sample processes. */
export const clock = new Date("2026-07-01T09:00:00Z");

/** @throws UnknownSuiteError */
export function chosenSuites(names: readonly string[]): readonly SuiteName[] {
  if (names.length === 0) return suites;
  return names.map((name) => {
    const suite = suites.find((candidate) => candidate === name);
    if (suite === undefined) throw new UnknownSuiteError(name);
    return suite;
  });
}

export class UnknownSuiteError extends MillwrightError {
  constructor(name: string) {
    super("unknown-suite", 404, `There is no suite "${name}".`, {
      value: name,
      expected: suites.join(", "),
      remedy: "Name one of those, or none for all.",
    });
  }
}

export const readSuite = (suite: SuiteName): Case[] => {
  const file = new URL(`./suites/${suite}/cases.jsonl`, import.meta.url);
  return parseCases(readFileSync(file, "utf8"), `evals/suites/${suite}/cases.jsonl`);
};
