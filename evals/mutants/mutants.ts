/** Seeded faults of the agent: what is replaced in which file, and the cases that should notice. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { SuiteError } from "../case.ts";

const MutantSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** What is wrong with this agent, in words. */
  fault: z.string().min(10),
  file: z.string(),
  /** Stands in the file exactly once. */
  find: z.string().min(1),
  replace: z.string(),
  /** Ids of cases of the suites, at least one of which fails with it. */
  cases: z.array(z.string()).min(1),
});
export type Mutant = z.infer<typeof MutantSchema>;

/** The file has changed since, so that the fault is no longer in it. */
export class MutantOutdatedError extends MillwrightError {
  constructor({ id, file, find }: Mutant, times: number) {
    super("mutant-outdated", 422, `The mutant "${id}" finds "${find}" ${times} times in ${file}.`, {
      file,
      value: find,
      expected: "once",
      remedy: "Write the mutant anew in evals/mutants/mutants.jsonl.",
    });
  }
}

export class UnknownMutantError extends MillwrightError {
  constructor(id: string) {
    super("unknown-mutant", 404, `There is no mutant "${id}".`, {
      value: id,
      remedy: "Look into evals/mutants/mutants.jsonl for its id.",
    });
  }
}

const list = new URL("./mutants.jsonl", import.meta.url);
const root = new URL("../../", import.meta.url);

/** @throws SuiteError */
export const mutants = (): Mutant[] =>
  readFileSync(list, "utf8")
    .trim()
    .split("\n")
    .map((line, index) => {
      const parsed = MutantSchema.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
      throw new SuiteError("evals/mutants/mutants.jsonl", index + 1, z.prettifyError(parsed.error));
    });

/** @throws UnknownMutantError */
export function mutantOf(id: string): Mutant {
  const found = mutants().find((mutant) => mutant.id === id);
  if (found === undefined) throw new UnknownMutantError(id);
  return found;
}

/**
 * So many of all, other ones each day: in an order that hashes of their ids give, the next ones after those of the day
 * before. All have had their turn after as many days as it takes.
 * @param day since the first of 1970, UTC
 */
export function turnOf(all: readonly Mutant[], count: number, day: number): Mutant[] {
  const place = ({ id }: Mutant): string => createHash("sha256").update(id).digest("hex");
  const ordered = all.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  const many = Math.min(count, ordered.length);
  return Array.from({ length: many }, (_, at) => ordered[(day * count + at) % ordered.length]!);
}

export const urlOf = ({ file }: Mutant): URL => new URL(file, root);

/** The file with the fault. @throws MutantOutdatedError */
export function mutate(text: string, mutant: Mutant): string {
  const parts = text.split(mutant.find);
  if (parts.length !== 2) throw new MutantOutdatedError(mutant, parts.length - 1);
  return parts.join(mutant.replace);
}
