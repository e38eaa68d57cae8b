/**
 * The suites there are: a folder of evals/suites with a cases.jsonl and, where it needs one, a world.ts; and the red
 * team's, whose cases are its payloads at its doors.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { MillwrightError } from "../errors.ts";
import { type Attack, attackCases, redTeam } from "./attacks/payloads.ts";
import { type Case, parseCases, SuiteError } from "./case.ts";

const folder = new URL("./suites/", import.meta.url);
const casesOf = (suite: string): URL => new URL(`${suite}/cases.jsonl`, folder);

/** The clock that cases are asked at. */
export const clock = new Date("2026-07-01T09:00:00Z");

/** Names of all suites, sorted. */
export const suites: readonly string[] = readdirSync(folder)
  .filter((name) => name === redTeam || existsSync(casesOf(name)))
  .sort();

/** A case with the suite that it stands in. */
export interface SuiteCase extends Case {
  readonly suite: string;
  /** Of the third that is only counted, never named (`isHeldOut`). */
  readonly heldOut: boolean;
  /** Of the red team: what is brought to which door. */
  readonly attack?: Attack;
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

/** All suites where none is named. @throws UnknownSuiteError */
export function chosenSuites(names: readonly string[]): readonly string[] {
  const unknown = names.find((name) => !suites.includes(name));
  if (unknown !== undefined) throw new UnknownSuiteError(unknown);
  return names.length === 0 ? suites : names;
}

/** @throws SuiteError */
export function readSuite(suite: string): SuiteCase[] {
  if (suite === redTeam) return attackCases().map((one) => ({ ...one, suite, heldOut: false }));
  const cases = parseCases(readFileSync(casesOf(suite), "utf8"), `evals/suites/${suite}/cases.jsonl`);
  return cases.map((one) => ({ ...one, suite, heldOut: splits(suite) && isHeldOut(one) }));
}

/** The cases of several suites; an id stands for one case in all of them. @throws SuiteError */
export function readSuites(names: readonly string[]): SuiteCase[] {
  const seen = new Map<string, string>();
  return names.flatMap(readSuite).map((one) => {
    const other = seen.get(one.id);
    if (other !== undefined)
      throw new SuiteError(
        `evals/suites/${one.suite}/cases.jsonl`,
        1,
        `the id "${one.id}" is one of ${other}, too`,
      );
    seen.set(one.id, one.suite);
    return one;
  });
}

/** Suites that measure how well words are understood, and would be worth nothing once the planner is fitted to them. */
const splits = (suite: string): boolean => suite.startsWith("understanding-");

/** A third of the cases, by a hash of id and words: nobody chooses which. */
export function isHeldOut({ id, turns }: Pick<Case, "id" | "turns">): boolean {
  const said = turns.map((turn) => ("say" in turn ? turn.say : "")).join("\n");
  return createHash("sha256").update(`${id}\n${said}`).digest().readUInt32BE(0) % 3 === 0;
}
