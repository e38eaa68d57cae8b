/** Runs that are kept in a data folder, for the tools `evals.run` and `evals.report`. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Evaluation, shownResults } from "./report/evaluation.ts";
import { reproduction } from "./report/text.ts";
import type { CaseResult } from "./run.ts";
import { summarise } from "./scorecard.ts";

/** What is kept of a failed case. */
const failedCase = (result: CaseResult) => ({
  id: result.id,
  suite: result.suite,
  tier: result.tier,
  persona: result.persona,
  language: result.language,
  capability: result.capability,
  risk: result.risk,
  note: result.note,
  problems: result.problems,
  diverges: result.diverges,
  transcript: result.transcript.map(({ say, person, reply, calls }) => ({ say, person, reply, calls })),
  again: reproduction(result.id),
});

/** An evaluation as it is kept: scorecards and failures; held-out failures are only counted. */
export function keptRun(evaluation: Evaluation) {
  const { id, suites, epochs, startedAt, completedAt, commit, cards, results } = evaluation;
  const failed = (of: readonly CaseResult[]) => summarise(of).filter(({ passed, runs }) => passed < runs);
  const shown = failed(shownResults(evaluation)).map(({ result }) => failedCase(result));
  return {
    id,
    suites,
    epochs,
    startedAt,
    completedAt,
    commit,
    cards,
    cells: cellsOf(results),
    failures: shown,
    hiddenFailures: failed(results).length - shown.length,
  };
}

/** How many cases passed of how many, for each combination of what cases are told apart by. */
function cellsOf(results: readonly CaseResult[]) {
  const run = summarise(results).filter(({ runs }) => runs > 0);
  const key = ({ tier, persona, capability, language, risk, suite }: CaseResult) =>
    JSON.stringify({ tier, persona, capability, language, risk, suite });
  return [...Map.groupBy(run, ({ result }) => key(result))].map(([name, cases]) => ({
    ...(JSON.parse(name) as Pick<
      CaseResult,
      "tier" | "persona" | "capability" | "language" | "risk" | "suite"
    >),
    passed: cases.reduce((sum, { passed, runs }) => sum + passed / runs, 0),
    of: cases.length,
  }));
}

export type KeptRun = ReturnType<typeof keptRun>;

/** Replaces what was kept before, in one step. */
export async function keep(file: string, run: KeptRun): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, JSON.stringify(run));
  await rename(draft, file);
}

/** Null where none is kept. */
export async function readKept(file: string): Promise<KeptRun | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as KeptRun;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
