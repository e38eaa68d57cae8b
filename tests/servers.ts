/**
 * `npm run test:servers [--postgres 16|18] [vitest arguments]`: the database suites again on a real Postgres, and the
 * suites that need several processes. Starts the server by itself and stops it whatever happens.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type PostgresVersion, startPostgres } from "./fixtures/postgres.ts";
import { record, reporting } from "./suites.ts";

const { values, positionals } = parseArgs({
  options: { postgres: { type: "string", default: "18" } },
  allowPositionals: true,
});
if (values.postgres !== "16" && values.postgres !== "18") {
  console.error(`--postgres takes 16 or 18, not ${values.postgres}`);
  process.exit(2);
}

const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const stopping = new AbortController();
for (const signal of signals) process.on(signal, () => stopping.abort(signal));

const server = await startPostgres(Number(values.postgres) as PostgresVersion);
console.log(`Postgres ${server.version} at ${new URL(server.url).host}`);
/** What tests leave in the temporary folder when they are stopped half-way goes with it. */
const temporary = await mkdtemp(join(tmpdir(), "millwright-tests-"));
try {
  const status = await runTests(server.url);
  record("servers", status);
  process.exitCode = status;
} finally {
  await server.stop();
  await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
}

/** The runner's own exit code, or 128 + the signal that ended us. */
function runTests(url: string): Promise<number> {
  const runner = spawn(
    process.execPath,
    [vitest, "run", "--project", "database", "--project", "servers", ...reporting("servers"), ...positionals],
    { stdio: "inherit", env: { ...process.env, TMPDIR: temporary, MILLWRIGHT_TEST_DATABASE_URL: url } },
  );
  const stop = (): boolean => runner.kill("SIGTERM");
  if (stopping.signal.aborted) stop();
  stopping.signal.addEventListener("abort", stop);
  return new Promise((resolve, reject) => {
    runner.once("error", reject);
    runner.once("exit", (code, signal) => {
      const by = (stopping.signal.reason as NodeJS.Signals | undefined) ?? signal;
      resolve(by === null || by === undefined ? (code ?? 1) : 128 + constants.signals[by]);
    });
  });
}
