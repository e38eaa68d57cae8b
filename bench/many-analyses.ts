/** Fifty analyses at once, as fifty people would ask for them, in one server; whether it goes on answering meanwhile. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openMillwright } from "../channels/main.ts";
import type { Millwright } from "../channels/millwright.ts";
import { bpic2012, generated } from "./logs.ts";
import { median } from "./measure.ts";
import { seconds, table } from "./table.ts";

const ANALYSES = 50;
const TOOLS: readonly (readonly [name: string, input: object])[] = [
  ["mining.variants", {}],
  ["mining.discover", {}],
  ["mining.bottlenecks", {}],
  ["mining.root-cause", {}],
  ["mining.activities", {}],
  ["logs.profile", {}],
  ["kpi.query", { metric: "cycle_time", statistic: "median" }],
  ["kpi.query", { metric: "throughput", period: "week" }],
];

export const title = "Fifty analyses at once";

export async function run(): Promise<string> {
  const { name, file } = bpic2012() ?? (await generated(1, "csv"));
  const folder = await mkdtemp(join(tmpdir(), "millwright-bench-"));
  const millwright = await openMillwright({ data: folder, threads: true });
  try {
    const { id } = await millwright.importLog({ person: null, name: file, path: file });
    const alone = await together(millwright, id, 1);
    const all = await together(millwright, id, ANALYSES);
    return `One server, ${name} opened once: ${ANALYSES} calls of ${TOOLS.length} tools at the same time. The delay is
how late the event loop's timers were while they ran (\`monitorEventLoopDelay\`, every 5 ms).

${table(["At once", "Finished", "All done, s", "Median of one, s", "Delay p50, ms", "p99, ms", "Longest, ms"], [alone, all])}`;
  } finally {
    await millwright.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function together({ service, tenant }: Millwright, log: string, count: number): Promise<string[]> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begun = performance.now();
  const took: number[] = [];
  const calls = Array.from({ length: count }, async (_, at) => {
    const [tool, input] = TOOLS[at % TOOLS.length]!;
    await service.call({ person: null, tenant, tool, input: { ...input, log } });
    took.push((performance.now() - begun) / 1000);
  });
  const settled = await Promise.allSettled(calls);
  delay.disable();
  const failed = settled.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
  const milliseconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - 5).toFixed(1);
  return [
    String(count),
    String(took.length),
    seconds((performance.now() - begun) / 1000),
    seconds(median(took)),
    milliseconds(delay.percentile(50)),
    milliseconds(delay.percentile(99)),
    milliseconds(delay.max),
  ];
}
