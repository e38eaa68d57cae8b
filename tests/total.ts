/** Closes `.ci/run`: every test that failed with what it said, then the line of what all runs counted together. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Counts } from "./suites.ts";

/** What is read of vitest's JSON report. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const folder = fileURLToPath(new URL("../test-results/", import.meta.url));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(folder).filter((name) => name.endsWith(".counts.json"))) {
  const counts: Counts = JSON.parse(readFileSync(`${folder}${file}`, "utf8"));
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
for (const file of readdirSync(folder).filter((name) => name.endsWith(".vitest.json"))) {
  for (const line of failuresOf(JSON.parse(readFileSync(`${folder}${file}`, "utf8")))) console.log(line);
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** The failed tests of one run, each with the first lines of its message; and the files that failed outside of tests. */
function failuresOf(report: Report): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed") return [`FAILED ${name}\n${shortened(message)}`];
    return failed.map(
      (test) => `FAILED ${name} > ${test.fullName}\n${shortened(test.failureMessages.join("\n"))}`,
    );
  });
}

function shortened(message: string): string {
  return message
    .split("\n")
    .slice(0, 12)
    .map((line) => `    ${line.slice(0, 400)}`)
    .join("\n");
}
