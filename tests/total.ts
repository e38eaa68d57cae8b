/** Prints the closing line of `.ci/run`: everything that the runs before it counted. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Counts } from "./suites.ts";

const folder = fileURLToPath(new URL("../test-results/", import.meta.url));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(folder).filter((name) => name.endsWith(".counts.json"))) {
  const counts: Counts = JSON.parse(readFileSync(`${folder}${file}`, "utf8"));
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
