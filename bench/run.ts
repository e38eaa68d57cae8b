/**
 * `npm run bench`: Millwright beside PM4Py on the same logs in the same run, as whole processes that start, import a log,
 * count its directly-follows graph and variants, measure its times, and end. Prints a table with ratios and writes
 * RESULTS.md. Needs python3 with venv and pip, and GNU time; the log bpic2012 from ../shared/data, if it is there.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { measure, median, type Run } from "./measure.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PEER_PACKAGES = ["pm4py==2.7.23.11", "rustxes==0.2.11"];
const COMMAND = here("../channels/cli/main.ts");
const RUNS = 5;
const MILLION = 1_000_000;

interface Log {
  readonly name: string;
  readonly file: string;
}

type Usage = Pick<Run, "seconds" | "processor" | "memory">;

interface Row {
  readonly log: string;
  readonly events: number;
  readonly ours: Usage;
  readonly peer: Usage;
}

function prepareLogs(): Log[] {
  mkdirSync(here("out"), { recursive: true });
  const made = (["csv", "xes"] as const).map((format) => {
    const file = here(`out/loan_1m.${format}`);
    if (!existsSync(file)) generate(format, file);
    return { name: `loan, 1,000,000 events (${format.toUpperCase()})`, file };
  });
  const bpic = here("../../shared/data/logs/bpic2012.xes.gz");
  return existsSync(bpic) ? [{ name: "bpic2012 (XES, gzipped)", file: bpic }, ...made] : made;
}

function generate(format: "csv" | "xes", file: string): void {
  const generator = here("../../shared/data/peers/gen_loan.py");
  const events = String(MILLION);
  execFileSync("python3", [generator, "--events", events, "--format", format, "--output", file]);
}

/** The interpreter of a virtual environment with PM4Py in it. */
function preparePeer(): string {
  const python = here(".venv/bin/python");
  if (!existsSync(python)) {
    execFileSync("python3", ["-m", "venv", here(".venv")], { stdio: "inherit" });
    execFileSync(python, ["-m", "pip", "install", "--quiet", ...PEER_PACKAGES], { stdio: "inherit" });
  }
  return python;
}

/** Runs both alternately, so that a busy moment of the machine hits both. */
async function compare(log: Log, python: string): Promise<Row> {
  const ours: Run[] = [];
  const peer: Run[] = [];
  for (let run = 0; run < RUNS; run++) {
    ours.push(await measure([process.execPath, COMMAND, "mine", log.file, "--no-model", "--json"]));
    peer.push(await measure([python, here("pm4py_once.py"), log.file]));
  }
  const counted = ours[0]!.output["log"] as Readonly<Record<"cases" | "events", number>>;
  for (const figure of ["cases", "events"] as const) {
    const theirs = peer[0]!.output[figure];
    if (counted[figure] === theirs) continue;
    throw new Error(`${log.name}: ${counted[figure]} ${figure} here, ${theirs} in PM4Py`);
  }
  return { log: log.name, events: counted.events, ours: summary(ours), peer: summary(peer) };
}

const summary = (runs: readonly Run[]): Usage => ({
  seconds: median(runs.map((run) => run.seconds)),
  processor: median(runs.map((run) => run.processor)),
  memory: Math.max(...runs.map((run) => run.memory)),
});

function table(rows: readonly Row[]): string {
  const head = [
    "| Log | Events | Millwright, s | PM4Py, s | Ratio | of processor time | Millwright, MiB | PM4Py, MiB |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
  ].join("\n");
  const lines = rows.map(({ log, events, ours, peer }) =>
    [
      "",
      log,
      events.toLocaleString("en"),
      ours.seconds.toFixed(2),
      peer.seconds.toFixed(2),
      `${(peer.seconds / ours.seconds).toFixed(1)} ×`,
      `${(peer.processor / ours.processor).toFixed(1)} ×`,
      ours.memory.toFixed(0),
      peer.memory.toFixed(0),
      "",
    ].join(" | "),
  );
  return [head, ...lines.map((line) => line.trim())].join("\n");
}

const python = preparePeer();
const rows: Row[] = [];
for (const log of prepareLogs()) {
  process.stderr.write(`${log.name} …\n`);
  rows.push(await compare(log, python));
}
const report = `# Benchmark

Whole processes: start, import, directly-follows graph, variants, edge and throughput times, end; no model. Medians of
${RUNS} runs each, alternating; memory is the largest resident set of any run. ${new Date().toISOString().slice(0, 10)},
${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node},
${PEER_PACKAGES.join(", ")}. \`npm run bench\` makes this file.

${table(rows)}
`;
writeFileSync(here("RESULTS.md"), report);
process.stdout.write(`${table(rows)}\n`);
