/**
 * A real Trino cluster on loopback: a coordinator that plans and workers that compute, each a JVM of its own, over one
 * folder of Parquet files (Hive with its metastore in files) and a catalog in memory.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { TrinoClient } from "../../../db/logs/trino/client.ts";
import { installTrino, TRINO_VERSION, type TrinoInstallation } from "./install.ts";

const START_SECONDS = 300;

export interface TrinoOptions {
  readonly workers?: number;
  /** Of each JVM, in MiB. */
  readonly heap?: number;
  /** Where tables lie; kept when the cluster stops. One of its own, removed then, when not given. */
  readonly warehouse?: string;
  /** Ends the start. */
  readonly signal?: AbortSignal;
}

export interface TrinoCluster {
  readonly url: string;
  readonly version: string;
  /** The folder that Trino knows as `local:///`. */
  readonly warehouse: string;
  /** Process ids: the coordinator's first. */
  readonly processes: readonly number[];
  /** Stops every process and removes what the cluster wrote. */
  stop(): Promise<void>;
}

interface Server {
  readonly process: ChildProcess;
  readonly log: string;
}

export async function startTrino(options: TrinoOptions = {}): Promise<TrinoCluster> {
  const { workers = 2, heap = 1_024 } = options;
  const installation = await installTrino();
  const home = await mkdtemp(join(tmpdir(), "millwright-trino-"));
  const warehouse = options.warehouse ?? join(home, "warehouse");
  await mkdir(warehouse, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const servers: Server[] = [];
  const killAll = (): void => {
    for (const server of servers) server.process.kill("SIGKILL");
  };
  process.once("exit", killAll);
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(ended));
    process.off("exit", killAll);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    for (let node = 0; node <= workers; node++) {
      const folder = join(home, `node-${node}`);
      await configure(folder, warehouse, {
        heap,
        port: node === 0 ? port : await freePort(),
        coordinator: url,
        isCoordinator: node === 0,
      });
      servers.push(launch(installation, folder, heap, node));
    }
    await ready(url, workers, servers, options.signal);
    const processes = servers.map((server) => server.process.pid as number);
    return { url, version: TRINO_VERSION, warehouse, processes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Node {
  readonly heap: number;
  readonly port: number;
  readonly coordinator: string;
  readonly isCoordinator: boolean;
}

async function configure(folder: string, warehouse: string, node: Node): Promise<void> {
  const catalogs = join(folder, "catalog");
  await mkdir(catalogs, { recursive: true });
  const budget = Math.floor(node.heap * 0.55);
  const settings = {
    coordinator: node.isCoordinator,
    ...(node.isCoordinator ? { "node-scheduler.include-coordinator": false } : {}),
    "http-server.http.port": node.port,
    "discovery.uri": node.coordinator,
    "catalog.config-dir": catalogs,
    "query.max-memory-per-node": `${budget}MB`,
    "query.max-memory": `${budget * 4}MB`,
    "memory.heap-headroom-per-node": `${Math.floor(node.heap * 0.25)}MB`,
    // So that what a test finds is an answer of now, and ended queries leave at once.
    "query.max-history": 20,
    "query.min-expire-age": "10s",
  };
  const hive = {
    "connector.name": "hive",
    "hive.metastore": "file",
    "hive.metastore.catalog.dir": "local:///metastore",
    "hive.metastore.disable-location-checks": true,
    "hive.timestamp-precision": "MICROSECONDS",
    "hive.non-managed-table-writes-enabled": true,
    "fs.native-local.enabled": true,
    "local.location": warehouse,
  };
  await writeFile(join(folder, "config.properties"), properties(settings));
  await writeFile(join(catalogs, "hive.properties"), properties(hive));
  const memory = { "connector.name": "memory", "memory.max-data-per-node": "256MB" };
  await writeFile(join(catalogs, "memory.properties"), properties(memory));
}

const properties = (settings: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");

function launch(
  { java, classes, plugins }: TrinoInstallation,
  folder: string,
  heap: number,
  node: number,
): Server {
  const command = [
    java,
    `-Xmx${heap}m`,
    "-XX:+UseG1GC",
    "-XX:ReservedCodeCacheSize=256M",
    "-XX:+ExitOnOutOfMemoryError",
    "-Duser.timezone=UTC",
    "--enable-native-access=ALL-UNNAMED",
    "-Dnode.environment=millwright",
    `-Dnode.id=node-${node}`,
    `-Dnode.data-dir=${folder}`,
    "-Dnode.bind-ip=127.0.0.1",
    "-Dnode.internal-address=127.0.0.1",
    `-Dplugin.dir=${plugins}`,
    `-Dconfig=${join(folder, "config.properties")}`,
    "-cp",
    classes,
    "io.trino.server.TrinoServer",
  ];
  const [program = java, ...parameters] = dyingWithUs(command);
  const server = spawn(program, parameters, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const log = join(folder, "server.log");
  const file = createWriteStream(log);
  server.stdout?.pipe(file, { end: false });
  server.stderr?.pipe(file, { end: false });
  return { process: server, log };
}

/** Where the system can do it, the kernel ends a server whose starter was killed. */
function dyingWithUs(command: readonly string[]): readonly string[] {
  try {
    execFileSync("setpriv", ["--pdeathsig", "KILL", "true"], { stdio: "ignore" });
    return ["setpriv", "--pdeathsig", "KILL", ...command];
  } catch {
    return command;
  }
}

/** Waits until the coordinator sees every worker; what the servers said when it does not come to that. */
async function ready(
  url: string,
  workers: number,
  servers: readonly Server[],
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + START_SECONDS * 1_000;
  while (Date.now() < deadline && servers.every(({ process: own }) => own.exitCode === null)) {
    signal?.throwIfAborted();
    if ((await activeWorkers(url)) >= workers) return;
    await pause(500);
  }
  const said = await Promise.all(servers.map(async ({ log }) => (await readFile(log, "utf8")).slice(-2_000)));
  throw new Error(`Trino did not start within ${START_SECONDS} s. It said:\n${said.join("\n---\n")}`);
}

/** How many workers the coordinator has; 0 while it does not answer. */
async function activeWorkers(url: string): Promise<number> {
  try {
    const client = new TrinoClient({ url, user: "test", catalog: "system", credential: null, fetch });
    const { rows } = await client.run(
      "select count(*) from system.runtime.nodes where not coordinator and state = 'active'",
    );
    return Number(rows[0]?.[0]);
  } catch {
    return 0;
  }
}

async function ended({ process: server }: Server): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  // Workers drain for a while by themselves; nothing here is worth waiting for.
  const patience = setTimeout(() => server.kill("SIGKILL"), 1_500);
  await gone;
  clearTimeout(patience);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
