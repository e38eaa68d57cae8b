/** Whole processes that start, import a log, count its graph and variants, measure its times, and end. */
import { loadavg } from "node:os";
import { bundle } from "../channels/cli/bundle.js";
import { bpic2012, generated, here, type Log } from "./logs.ts";
import { measure, median, type Run } from "./measure.ts";
import { pm4py } from "./peers.ts";
import { seconds, table, times } from "./table.ts";

const COMMAND = here("../channels/cli/main.js");
const RUNS = 5;

export const title = "Whole processes, beside PM4Py";

type Usage = Pick<Run, "seconds" | "processor" | "memory">;

export async function run(): Promise<string> {
  // As `npm ci` leaves it.
  await bundle();
  const python = pm4py();
  const known = bpic2012();
  const logs = [...(known === null ? [] : [known]), await generated(1, "csv"), await generated(1, "xes")];
  const loads: number[] = [];
  const rows: string[][] = [];
  for (const log of logs) rows.push(await compare(log, python, loads));
  const head = ["Log", "Events", "Millwright, s", "PM4Py, s", "Ratio", "of processor time"];
  return `Start, import, directly-follows graph, variants, edge and throughput times, end; no model. Medians of ${RUNS} runs each
after one that is not counted, in turns; memory is the largest resident set of any run. Load average during the runs,
which are one process with a few threads: median ${median(loads).toFixed(1)}, at most ${Math.max(...loads).toFixed(1)}.

${table([...head, "Millwright, MiB", "PM4Py, MiB"], rows)}`;
}

/**
 * Runs both alternately, so that a busy moment of the machine hits both, and each first in turn. One run of each before
 * that is not counted: it fills the caches of files and compiled code that both have.
 */
async function compare(log: Log, python: string, loads: number[]): Promise<string[]> {
  process.stderr.write(`${log.name} …\n`);
  const ours = () => measure([process.execPath, COMMAND, "mine", log.file, "--no-model", "--json"]);
  const peer = () => measure([python, here("pm4py_once.py"), log.file]);
  const events = sameFigures(log, (await ours()).output, (await peer()).output);
  const runs = { ours: [] as Run[], peer: [] as Run[] };
  for (let turn = 0; turn < RUNS; turn++) {
    loads.push(loadavg()[0]!);
    if (turn % 2 === 1) runs.peer.push(await peer());
    runs.ours.push(await ours());
    if (turn % 2 === 0) runs.peer.push(await peer());
  }
  const [own, other] = [summary(runs.ours), summary(runs.peer)];
  return [
    log.name,
    events.toLocaleString("en"),
    seconds(own.seconds),
    seconds(other.seconds),
    times(other.seconds / own.seconds),
    times(other.processor / own.processor),
    own.memory.toFixed(0),
    other.memory.toFixed(0),
  ];
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
  seconds: median(runs.map((each) => each.seconds)),
  processor: median(runs.map((each) => each.processor)),
  memory: Math.max(...runs.map((each) => each.memory)),
});
