/**
 * How the cost of the log store grows, on DuckDB and on Trino: `node bench/scaling.ts [--millions 1,3,10]
 * [--stores duckdb,trino]` prints a table. `--one "trino 10" > FILE` measures one cell, and given such files it prints the
 * table of what is in them. `--heap` is what each of Trino's virtual machines may have, in MiB. Each measurement is a
 * process of its own, whose memory is its own; Trino is a cluster of its own with two workers (tests/systems/trino).
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { renderSql } from "../db/logs/dialect.ts";
import type { LogStore, StoredColumns } from "../db/logs/log-store.ts";
import { openLogStore } from "../db/logs/open-log-store.ts";
import { trinoSettings } from "../db/logs/trino/settings.ts";
import { startTrino, type TrinoCluster } from "../tests/systems/trino/start.ts";
import { readLogFile } from "../tools/logs/read-log.ts";
import { generated } from "./logs.ts";
import { table } from "./table.ts";

interface Measured {
  readonly store: string;
  readonly millions: number;
  readonly steps: readonly { readonly name: string; readonly wall: number; readonly cpu: number }[];
  /** MiB: this process, and the cluster. */
  readonly memory: { readonly own: number; readonly cluster: number };
}

const timed = (column: string): string =>
  `avg(${column}), quantile_cont(${column}, 0.5), quantile_cont(${column}, 0.95)`;

/** What each of the tools asks, in portable SQL. */
const QUERIES = {
  Profile:
    "select count(*), count(distinct case_id), count(distinct activity), min(completed), max(completed) from events",
  "Directly-follows": `select from_activity, to_activity, count(*), ${timed("seconds")} from edges group by from_activity, to_activity`,
  Variants: "select variant, count(*) as n from cases group by variant order by n desc limit 20",
  Throughput: `select ${timed("duration_s")} from cases`,
  Waiting: `select activity, count(waiting_s), ${timed("waiting_s")} from steps group by activity`,
} as const;

async function measureStore(name: string, millions: number, heap: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "millwright-scaling-"));
  const cluster = name === "trino" ? await startTrino({ heap }) : null;
  try {
    const store = await openLogStore(folder, cluster && settingsOf(cluster));
    try {
      return await measureSteps(name, millions, store, cluster);
    } finally {
      await store.close();
    }
  } finally {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const settingsOf = ({ url, warehouse }: TrinoCluster) =>
  trinoSettings({
    MILLWRIGHT_TRINO_URL: url,
    MILLWRIGHT_TRINO_FROM_EVENTS: "0",
    MILLWRIGHT_TRINO_FILES: join(warehouse, "logs"),
    MILLWRIGHT_TRINO_LOCATION: "local:///logs",
  });

async function measureSteps(
  name: string,
  millions: number,
  store: LogStore,
  cluster: TrinoCluster | null,
): Promise<Measured> {
  const steps: { name: string; wall: number; cpu: number }[] = [];
  const step = async <Output>(what: string, work: () => Promise<Output>): Promise<Output> => {
    const [wall, cpu] = [performance.now(), await processorSeconds(cluster)];
    const output = await work();
    steps.push({
      name: what,
      wall: (performance.now() - wall) / 1_000,
      cpu: (await processorSeconds(cluster)) - cpu,
    });
    return output;
  };
  const { file } = await generated(millions, "csv");
  const { columns } = await step("Read the file", () => readLogFile(file));
  await step("Store", () => store.create("log", columns as StoredColumns));
  const dialect = await store.dialect("log");
  const query = (sql: string) => store.query("log", renderSql(dialect, sql));
  for (const relation of ["events", "edges", "cases", "steps"])
    await step(`Make ${relation}`, () => query(`select count(*) from ${relation}`));
  for (const [what, sql] of Object.entries(QUERIES)) await step(what, () => query(sql));
  const clusterMemory = await Promise.all((cluster?.processes ?? []).map(peakOf));
  return {
    store: name,
    millions,
    steps,
    memory: {
      own: await peakOf(process.pid),
      cluster: clusterMemory.reduce((sum, own) => sum + own, 0),
    },
  };
}

/** Of this process and the cluster's. */
async function processorSeconds(cluster: TrinoCluster | null): Promise<number> {
  const { user, system } = process.cpuUsage();
  let seconds = (user + system) / 1e6;
  for (const pid of cluster?.processes ?? []) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const [utime = 0, stime = 0] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12, 14).map(Number);
    seconds += (utime + stime) / 100;
  }
  return seconds;
}

/** Largest resident set, MiB. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** Each in a process of its own. */
function measureAll(stores: readonly string[], millions: readonly number[], heap: string): Measured[] {
  return stores.flatMap((store) =>
    millions.map((size) => {
      process.stderr.write(`${store}, ${size} million events …\n`);
      const parameters = [fileURLToPath(import.meta.url), "--one", `${store} ${size}`, "--heap", heap];
      const options = { encoding: "utf8" as const, stdio: ["ignore", "pipe", "inherit"] as const };
      const printed = execFileSync(process.execPath, parameters, { ...options, stdio: [...options.stdio] });
      return JSON.parse(printed) as Measured;
    }),
  );
}

function report(all: readonly Measured[]): string {
  const names = all[0]?.steps.map((step) => step.name) ?? [];
  const rows = names.map((name) => [
    name,
    ...all.map(({ steps }) => {
      const { wall = 0, cpu = 0 } = steps.find((step) => step.name === name) ?? {};
      return `${wall.toFixed(1)} (${cpu.toFixed(1)})`;
    }),
  ]);
  const memory = all.map(({ memory: { own, cluster } }) =>
    cluster === 0 ? own.toFixed(0) : `${own.toFixed(0)} + ${cluster.toFixed(0)}`,
  );
  const heads = all.map(({ store, millions }) => `${store}, ${millions} M`);
  return table(["Seconds (of processor)", ...heads], [...rows, ["Peak memory, MiB", ...memory]]);
}

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    millions: { type: "string", default: "1,3,10" },
    stores: { type: "string", default: "duckdb,trino" },
    one: { type: "string" },
    heap: { type: "string", default: "2048" },
  },
});
if (files.length > 0) {
  const all = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, "utf8"))));
  process.stdout.write(`${report(all as Measured[])}\n`);
} else if (values.one === undefined) {
  const millions = values.millions.split(",").map(Number);
  process.stdout.write(`${report(measureAll(values.stores.split(","), millions, values.heap))}\n`);
} else {
  const [store = "", size = ""] = values.one.split(" ");
  process.stdout.write(JSON.stringify(await measureStore(store, Number(size), Number(values.heap))));
}
