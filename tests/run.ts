/**
 * `npm test`: type check, lint, then every suite that needs nothing but Node and npm (unit, database on PGlite,
 * browser). With MILLWRIGHT_STRICT=1 (`.ci/run`) coverage is measured and held to its limits.
 */
import { runSuites, step } from "./suites.ts";

const strict = process.env["MILLWRIGHT_STRICT"] === "1";

const steps = [
  step("type check", "tsc", ["--noEmit"]),
  step("lint", "biome", ["check", "--error-on-warnings", "."]),
];
const suites = runSuites("test", ["unit", "database", "e2e"], { coverage: strict });
process.exitCode = steps.every(Boolean) && suites ? 0 : 1;
