/**
 * `npm run test:servers -- [--postgres 16|18] [-t NAME] [FILE …]`: the database suites again on a real Postgres, and the
 * suites that need several processes. With TRINO=1 then the log store's suite on a real Trino: a coordinator and two
 * workers, fetched once. `-t` runs the tests of that name only, on both; files are those of the run on Postgres. Starts
 * the servers by itself and stops them whatever happens.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type PostgresVersion, startPostgres } from "./fixtures/postgres.ts";
import { fail, record, reporting } from "./suites.ts";
import { startTrino } from "./systems/trino/start.ts";

const { values, positionals } = parseArgs({
  options: { postgres: { type: "string", default: "18" }, name: { type: "string", short: "t" } },
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

/** Tests of Trino run by themselves, when nothing else needs the machine. */
const TRINO_TESTS = "**/*trino.servers.test.ts";
const ofName = values.name === undefined ? [] : ["--testNamePattern", values.name];
const withTrino = process.env["TRINO"] === "1";
/** What tests leave in the temporary folder when they are stopped half-way goes with it. */
const temporary = await mkdtemp(join(tmpdir(), "millwright-tests-"));
try {
  const onPostgres = await testOnPostgres();
  const onTrino = withTrino && !stopping.signal.aborted ? await testOnTrino() : 0;
  process.exitCode = onPostgres === 0 ? onTrino : onPostgres;
} finally {
  await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
}

async function testOnPostgres(): Promise<number> {
  const server = await startPostgres(Number(values.postgres) as PostgresVersion);
  console.log(`Postgres ${server.version} at ${new URL(server.url).host}`);
  try {
    const projects = ["--project", "database", "--project", "servers"];
    const rest = withTrino ? ["--exclude", TRINO_TESTS] : [];
    const environment = { MILLWRIGHT_TEST_DATABASE_URL: server.url };
    return await runTests("servers", [...projects, ...rest, ...ofName, ...positionals], environment);
  } finally {
    await server.stop();
  }
}

/** A cluster that does not start is a failure like any other, and says why. */
async function testOnTrino(): Promise<number> {
  console.log("Starting Trino; the first time it is fetched (470 MB)");
  const cluster = await startTrino({ signal: stopping.signal }).catch((error: unknown) => {
    console.error(error);
    return null;
  });
  if (cluster === null) {
    fail("trino");
    return 1;
  }
  const { url, version, warehouse, stop } = cluster;
  console.log(`Trino ${version} at ${new URL(url).host}`);
  try {
    // The store's own suite, and that every tool's facts come out of their SQL again.
    const suites = [
      "--project",
      "servers",
      "--project",
      "unit",
      "trino.servers.test.ts",
      "tools/mining/facts.test.ts",
      ...ofName,
    ];
    return await runTests("trino", suites, {
      MILLWRIGHT_TEST_TRINO_URL: url,
      MILLWRIGHT_TEST_TRINO_FILES: warehouse,
    });
  } finally {
    await stop();
  }
}

/** The runner's own exit code, or 128 + the signal that ended us. */
async function runTests(
  name: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const runner = spawn(process.execPath, [vitest, "run", ...reporting(name), ...parameters], {
    stdio: "inherit",
    env: { ...process.env, TMPDIR: temporary, ...environment },
  });
  const stop = (): boolean => runner.kill("SIGTERM");
  if (stopping.signal.aborted) stop();
  stopping.signal.addEventListener("abort", stop);
  const status = await new Promise<number>((resolve, reject) => {
    runner.once("error", reject);
    runner.once("exit", (code, signal) => {
      const by = (stopping.signal.reason as NodeJS.Signals | undefined) ?? signal;
      resolve(by === null || by === undefined ? (code ?? 1) : 128 + constants.signals[by]);
    });
  });
  record(name, status);
  return status;
}
