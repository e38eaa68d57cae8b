/** Runs parts of the test command and counts what happened, for the closing line of `.ci/run`. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const results = `${root}test-results/`;

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs one program from node_modules/.bin; says how it went. */
export function step(name: string, program: string, parameters: readonly string[]): boolean {
  process.stdout.write(`\n— ${name}\n`);
  const done = spawnSync(`${root}node_modules/.bin/${program}`, parameters, { cwd: root, stdio: "inherit" });
  const passed = done.status === 0;
  count(name, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  return passed;
}

/** What vitest is told so that its counts can be read afterwards. */
export const reporting = (name: string): string[] => {
  const report = reportOf(name);
  mkdirSync(results, { recursive: true });
  rmSync(report, { force: true });
  return ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
};

const reportOf = (name: string): string => `${results}${name}.vitest.json`;

/** Writes down how a run of vitest went, for the closing line. */
export function record(name: string, status: number | null): void {
  const counts = countsOf(reportOf(name));
  // A run that ended badly although no test failed (a crash, an error outside tests) is a failure of its own.
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  count(name, counts);
}

/** Runs vitest projects; `name` names the counts file. Returns whether all passed and coverage suffices. */
export function runSuites(
  name: string,
  projects: readonly string[],
  options: { coverage?: boolean } = {},
): boolean {
  const parameters = ["run", ...reporting(name), ...projects.flatMap((project) => ["--project", project])];
  if (options.coverage) parameters.push("--coverage");
  const done = spawnSync(`${root}node_modules/.bin/vitest`, parameters, { cwd: root, stdio: "inherit" });
  record(name, done.status);
  return done.status === 0 && (options.coverage ? coverageSuffices() : true);
}

/** Counts a part that could not run as failed. */
export const fail = (name: string): void => count(name, { passed: 0, failed: 1, skipped: 0 });

function countsOf(report: string): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

interface Covered {
  readonly lines: { readonly total: number; readonly covered: number };
}

/** Lines covered: 90 % of the tools' cores and `agent/approvals`, 85 % of everything. */
function coverageSuffices(): boolean {
  const files: Record<string, Covered> = JSON.parse(
    readFileSync(`${root}coverage/coverage-summary.json`, "utf8"),
  );
  const share = (wanted: (path: string) => boolean): number => {
    const chosen = Object.entries(files).filter(
      ([path]) => path !== "total" && wanted(path.slice(root.length)),
    );
    const total = chosen.reduce((sum, [, file]) => sum + file.lines.total, 0);
    return total === 0 ? 1 : chosen.reduce((sum, [, file]) => sum + file.lines.covered, 0) / total;
  };
  const checks = [
    { name: "tools/*/core", share: share((path) => /^tools\/[^/]+\/core\//.test(path)), least: 0.9 },
    { name: "agent/approvals", share: share((path) => path.startsWith("agent/approvals/")), least: 0.9 },
    { name: "everything", share: share(() => true), least: 0.85 },
  ];
  for (const { name, share: got, least } of checks) {
    const passed = got >= least;
    process.stdout.write(`coverage of ${name}: ${(got * 100).toFixed(1)} % (at least ${least * 100} %)\n`);
    count(`coverage of ${name}`, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  }
  return checks.every((check) => check.share >= check.least);
}

/** Writes down how a part went, for the closing line. */
export const tally = (name: string, counts: Counts): void => count(name, counts);

function count(name: string, counts: Counts): void {
  mkdirSync(results, { recursive: true });
  writeFileSync(`${results}${name.replaceAll(/[^a-z]+/g, "-")}.counts.json`, JSON.stringify(counts));
}
