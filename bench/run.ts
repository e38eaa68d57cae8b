/**
 * `npm run bench`: Millwright beside PM4Py on the same logs in the same run, as whole processes that start, import a log,
 * count its directly-follows graph and variants, measure its times, and end. Prints a table with ratios and writes
 * RESULTS.md. Needs python3 with venv and pip, and GNU time. The logs are bpic2012 and a generated million of events, as
 * ../shared/data has them; where it is missing, a million events of our own loan sample.
 */
import { execFileSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { casesForEvents, csvLines, xesLines } from "../tools/logs/samples/generate.ts";
import { measure, median, type Run } from "./measure.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PEER_PACKAGES = ["pm4py==2.7.23.11", "rustxes==0.2.11"];
const COMMAND = here("../channels/cli/main.ts");
const GENERATOR = here("../../shared/data/peers/gen_loan.py");
const BPIC = here("../../shared/data/logs/bpic2012.xes.gz");
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
  /** The machine's load averages of the last minute, before each run. */
  readonly loads: readonly number[];
}

async function prepareLogs(): Promise<Log[]> {
  mkdirSync(here("out"), { recursive: true });
  const ours = !existsSync(GENERATOR);
  const logs: Log[] = existsSync(BPIC) ? [{ name: "bpic2012 (XES, gzipped)", file: BPIC }] : [];
  for (const format of ["csv", "xes"] as const) {
    const file = here(`out/${ours ? "sample" : "loan"}_1m.${format}`);
    if (!existsSync(file)) await (ours ? generateSample : generateShared)(format, file);
    const name = `${ours ? "loan sample" : "loan"}, 1,000,000 events (${format.toUpperCase()})`;
    logs.push({ name, file });
  }
  return logs;
}

async function generateShared(format: "csv" | "xes", file: string): Promise<void> {
  const events = String(MILLION);
  execFileSync("python3", [GENERATOR, "--events", events, "--format", format, "--output", file]);
}

/** The file gets its name when it is whole. */
async function generateSample(format: "csv" | "xes", file: string): Promise<void> {
  const options = { cases: casesForEvents("loan", MILLION) };
  const lines = format === "csv" ? csvLines("loan", options) : xesLines("loan", options);
  await pipeline(Readable.from(lines), createWriteStream(`${file}.part`));
  renameSync(`${file}.part`, file);
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

/**
 * Runs both alternately, so that a busy moment of the machine hits both, and each first in turn. One run of each before
 * that is not counted: it fills the caches of files and compiled code that both have.
 */
async function compare(log: Log, python: string): Promise<Row> {
  const ours = () => measure([process.execPath, COMMAND, "mine", log.file, "--no-model", "--json"]);
  const peer = () => measure([python, here("pm4py_once.py"), log.file]);
  const events = sameFigures(log, (await ours()).output, (await peer()).output);
  const runs = { ours: [] as Run[], peer: [] as Run[] };
  const loads: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    loads.push(loadavg()[0]!);
    if (run % 2 === 1) runs.peer.push(await peer());
    runs.ours.push(await ours());
    if (run % 2 === 0) runs.peer.push(await peer());
  }
  return { log: log.name, events, ours: summary(runs.ours), peer: summary(runs.peer), loads };
}

/** Both must have counted the same; gives the events. */
function sameFigures(log: Log, ours: Run["output"], peer: Run["output"]): number {
  const counted = ours["log"] as Readonly<Record<"cases" | "events" | "variants", number>>;
  const figures = { ...counted, edges: (ours["edges"] as readonly unknown[]).length };
  for (const figure of ["cases", "events", "variants", "edges"] as const) {
    if (figures[figure] === peer[figure]) continue;
    throw new Error(`${log.name}: ${figures[figure]} ${figure} here, ${peer[figure]} in PM4Py`);
  }
  return counted.events;
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
for (const log of await prepareLogs()) {
  process.stderr.write(`${log.name} …\n`);
  rows.push(await compare(log, python));
}
const loads = rows.flatMap((row) => row.loads);
const report = `# Benchmark

Whole processes: start, import, directly-follows graph, variants, edge and throughput times, end; no model. Medians of
${RUNS} runs each after one that is not counted, in turns; memory is the largest resident set of any run.
${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node},
${PEER_PACKAGES.join(", ")}. Load average during the runs, which are one process with a few threads: median ${median(loads).toFixed(1)},
at most ${Math.max(...loads).toFixed(1)}. \`npm run bench\` makes this file.

${table(rows)}
`;
writeFileSync(here("RESULTS.md"), report);
process.stdout.write(`${table(rows)}\n`);
