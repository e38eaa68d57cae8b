/** The day's share of the seeded faults (docs/evals.md), counted for the closing line of `.ci/run`. */
import { inWords, runMutants, survivors } from "../evals/mutants/run.ts";
import { fail, tally } from "./suites.ts";

/** As many as take less than three minutes on two cores. */
const aDay = 8;
/** Whatever hangs must not hold up the rest. */
const patience = AbortSignal.timeout(600_000);

try {
  const environment = { ...process.env, ANTHROPIC_API_KEY: "" };
  const report = await runMutants({ ids: [], turn: aDay, environment, signal: patience });
  const failed = survivors(report).length + report.unsound.length;
  process.stdout.write(`${inWords(report)}\n`);
  tally("mutants", { passed: report.results.length - survivors(report).length, failed, skipped: 0 });
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  fail("mutants");
  process.exitCode = 1;
}
