/** Whether time grows with the log, and no faster: one, three and ten million events. */
import { generated, here } from "./logs.ts";
import { measure, median, type Run } from "./measure.ts";
import { seconds, table } from "./table.ts";

const COMMAND = here("../channels/cli/main.js");
const MILLIONS = [1, 3, 10];
const RUNS = 3;

export const title = "Ten million events";

export async function run(): Promise<string> {
  const rows: string[][] = [];
  for (const format of ["csv", "xes"] as const) {
    for (const millions of MILLIONS) {
      const { name, file } = await generated(millions, format);
      process.stderr.write(`${name} …\n`);
      const runs: Run[] = [];
      for (let turn = 0; turn < RUNS; turn++) {
        runs.push(await measure([process.execPath, COMMAND, "mine", file, "--no-model", "--json"]));
      }
      const { events } = runs[0]!.output["log"] as { readonly events: number };
      const took = median(runs.map((each) => each.seconds));
      const memory = Math.max(...runs.map((each) => each.memory));
      const processor = median(runs.map((each) => each.processor));
      const perMillion = (1_000_000 * took) / events;
      rows.push([
        name,
        events.toLocaleString("en"),
        seconds(took),
        seconds(perMillion),
        seconds(processor),
        memory.toFixed(0),
      ]);
    }
  }
  return `The whole process of \`millwright mine --no-model\`, median of ${RUNS} runs; memory is the largest resident set.

${table(["Log", "Events", "Seconds", "a million, s", "processor, s", "MiB"], rows)}`;
}
