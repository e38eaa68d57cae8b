/** The real command line, as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const cliMain = fileURLToPath(new URL("../../channels/cli/main.js", import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly milliseconds: number;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** What the tests' own environment must not decide. */
const neutral = {
  ANTHROPIC_API_KEY: "",
  MILLWRIGHT_MODEL_URL: "",
  DATABASE_URL: "",
  MILLWRIGHT_DATA: "",
  MILLWRIGHT_TOKEN: "",
  SLACK_BOT_TOKEN: "",
  NO_COLOR: "1",
};

export function startCli(words: readonly string[], options: CliOptions = {}): ChildProcess {
  return spawn(process.execPath, [cliMain, ...words], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...process.env, ...neutral, ...options.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
}

export async function cli(words: readonly string[], options: CliOptions = {}): Promise<Ended> {
  const begun = performance.now();
  const child = startCli(words, options);
  let [out, error] = ["", ""];
  child.stdout?.on("data", (data: Buffer) => {
    out += data.toString();
  });
  child.stderr?.on("data", (data: Buffer) => {
    error += data.toString();
  });
  child.stdin?.end(options.input ?? "");
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? -1));
  });
  return { code, out, error, milliseconds: performance.now() - begun };
}

/** A folder for one test, and what removes it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "millwright-test-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts `serve` and waits until it has printed its address. */
export async function startServer(
  data: string,
  options: CliOptions = {},
): Promise<{ address: string; child: ChildProcess; stop(signal?: NodeJS.Signals): Promise<number> }> {
  const child = startCli(["serve", "--port", "0", "--data", data], options);
  const ended = new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    const listen = (bytes: Buffer) => {
      said += bytes.toString();
      const found = /listens at (http:\/\/\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    void ended.then((status) => reject(new Error(`serve ended with ${status}: ${said}`)));
  });
  return {
    address,
    child,
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}
