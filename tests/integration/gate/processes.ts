/** Starts the helper processes of the gate's tests. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CrashPoint } from "../../../agent/approvals/execute.ts";
import type { OtherSystem } from "./fixture.ts";

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface Counter {
  readonly url: string;
  /** Requests that were made under a key; 0 when there was no effect. */
  requests(key: string): Promise<number>;
  stop(): void;
}

export async function startCounter(): Promise<Counter> {
  const child = spawn(process.execPath, [script("counter.ts")], { stdio: ["pipe", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the counter ended with ${code}`)));
    child.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim()));
  });
  return {
    url,
    async requests(key) {
      const response = await fetch(`${url}/effects/${encodeURIComponent(key)}`);
      return response.ok ? ((await response.json()) as { requests: number }).requests : 0;
    },
    stop: () => child.kill(),
  };
}

/** The counter, as a tool sees it. */
export function overHttp(url: string): OtherSystem {
  return {
    async act(key) {
      const response = await fetch(`${url}/effects`, { method: "POST", headers: { "idempotency-key": key } });
      if (!response.ok) throw new Error(`the counter answered ${response.status}`);
      return ((await response.json()) as { id: string }).id;
    },
    async find(key) {
      const response = await fetch(`${url}/effects/${encodeURIComponent(key)}`);
      return response.ok ? ((await response.json()) as { id: string }).id : null;
    },
  };
}

export interface ExecutorJob {
  readonly work: "execute" | "recover";
  /** A server's database, or the folder of an embedded one. */
  readonly url: string | null;
  readonly folder: string | null;
  readonly headFile: string;
  readonly tenant: string;
  readonly proposal: string;
  readonly counter: string;
  readonly risk: "write" | "irreversible";
  readonly crashAt: CrashPoint | null;
  /** The only process on the database; null: it finds out by itself. */
  readonly alone: boolean | null;
}

export interface ExecutorProcess {
  readonly child: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** What it left behind: the proposal's state. */
  readonly state: Promise<string>;
}

export function startExecutor(job: ExecutorJob): ExecutorProcess {
  const child = spawn(process.execPath, [script("executor.ts"), JSON.stringify(job)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.on("data", (data: Buffer) => {
    said += data.toString();
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(signal ?? code ?? -1));
  });
  return { child, ended, state: ended.then(() => said.trim()) };
}
