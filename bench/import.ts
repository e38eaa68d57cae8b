/** Import of XES and what follows it, beside the Rust crate, with both processors and with one. */
import { bpic2012, generated, here, type Log } from "./logs.ts";
import { measure, median, type Run } from "./measure.ts";
import { CRATE, crate } from "./peers.ts";
import { seconds, table, times } from "./table.ts";

const RUNS = 5;
const OURS = [process.execPath, here("phases_once.ts")];

export const title = "Import of XES, directly-follows graph and variants, beside the Rust crate";

export async function run(): Promise<string> {
  const program = crate();
  const known = bpic2012();
  const logs = [...(known === null ? [] : [known]), await generated(1, "xes")];
  const rows: string[][] = [];
  for (const log of logs) {
    rows.push(await compare(log, `${log.name}, two processors`, [], program));
    rows.push(await compare(log, `${log.name}, one`, ["taskset", "-c", "0"], program));
  }
  const head = [
    "Log",
    "Import, s",
    "Crate, s",
    "Ratio",
    "Graph, s",
    "Crate, s",
    "Ratio",
    "Variants, s",
    "Crate, s",
  ];
  return `${CRATE}, release build. The import is what it takes in the process until the log is ready to be mined, median of ${RUNS} runs;
graph and variants are the best of five in one process, median of ${RUNS}. Our graph has each edge's mean, median and 95th
percentile, the crate's has counts. Memory is the largest resident set of the whole process.

${table([...head, "Ratio", "MiB", "Crate, MiB"], rows)}`;
}

async function compare(log: Log, name: string, on: readonly string[], program: string): Promise<string[]> {
  process.stderr.write(`${name} …\n`);
  const ours = () => measure([...on, ...OURS, log.file]);
  const peer = () => measure([...on, program, log.file]);
  sameFigures(log, (await ours()).output, (await peer()).output);
  const runs = { ours: [] as Run[], peer: [] as Run[] };
  for (let turn = 0; turn < RUNS; turn++) {
    if (turn % 2 === 1) runs.peer.push(await peer());
    runs.ours.push(await ours());
    if (turn % 2 === 0) runs.peer.push(await peer());
  }
  const phase = (of: readonly Run[], key: string) => median(of.map(({ output }) => Number(output[key])));
  const pairs = ["import", "dfg", "projection"].flatMap((key) => {
    const [own, other] = [phase(runs.ours, key), phase(runs.peer, key)];
    return [seconds(own), seconds(other), times(other / own)];
  });
  const memory = (of: readonly Run[]) => Math.max(...of.map((each) => each.memory)).toFixed(0);
  return [name, ...pairs, memory(runs.ours), memory(runs.peer)];
}

function sameFigures(log: Log, ours: Run["output"], peer: Run["output"]): void {
  for (const figure of ["cases", "events", "edges"]) {
    if (ours[figure] !== peer[figure]) {
      throw new Error(`${log.name}: ${ours[figure]} ${figure} here, ${peer[figure]} in the crate`);
    }
  }
}
