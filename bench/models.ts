/** Discovery and conformance beside PM4Py. */
import { existsSync } from "node:fs";
import { here, shared } from "./logs.ts";
import { measure, median, type Run } from "./measure.ts";
import { pm4py } from "./peers.ts";
import { seconds, table, times } from "./table.ts";

const RUNS = 3;
const FILES = [
  shared("logs/bpic2012.xes.gz"),
  shared("logs/sepsis.xes.gz"),
  shared("models/inductive/sepsis.noise_0.2.pnml"),
];

export const title = "Discovery and conformance, beside PM4Py";

export async function run(): Promise<string> {
  if (!FILES.every(existsSync)) return "Not measured: it needs the logs and models of ../shared/data.";
  const python = pm4py();
  const runs = { ours: [] as Run[], peer: [] as Run[] };
  for (let turn = 0; turn < RUNS; turn++) {
    process.stderr.write(`models, run ${turn + 1} of ${RUNS} …\n`);
    runs.ours.push(await measure([process.execPath, here("models_once.ts"), ...FILES]));
    if (turn === 0) runs.peer.push(await measure([python, here("pm4py_models.py"), ...FILES]));
  }
  const figure = (of: readonly Run[], key: string) => median(of.map(({ output }) => Number(output[key])));
  const rows = [
    ["Inductive miner on bpic2012, noise 0", "inductive 0.0"],
    ["Inductive miner on bpic2012, noise 0.2", "inductive 0.2"],
    ["Token replay of sepsis on IMf 0.2", "token replay"],
  ].map(([name, key]) => {
    const [own, other] = [figure(runs.ours, key!), figure(runs.peer, key!)];
    return [name!, seconds(own), seconds(other), times(other / own)];
  });
  const share = (key: string) => figure(runs.ours, key).toFixed(4);
  return `In the process, after the import; ours the median of ${RUNS} processes, PM4Py's one (its inductive miner takes long). Discovery is one run
in a fresh process, token replay the best of three. Token fitness: ${figure(runs.ours, "token fitness").toFixed(4)} here, ${figure(runs.peer, "token fitness").toFixed(4)} in PM4Py, whose replay loses
tokens at silent transitions (docs/conformance.md).

${table(["What", "Millwright, s", "PM4Py, s", "Ratio"], rows)}

Alignments of all ${figure(runs.ours, "variants")} variants of sepsis on IMf 0.2, one thread: ${seconds(figure(runs.ours, "alignments"))} s; ${figure(runs.ours, "open")} of them not shown to be optimal; log
fitness between ${share("low")} and ${share("high")}.`;
}
