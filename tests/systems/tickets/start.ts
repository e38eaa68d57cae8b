/** Starts the ticket system as a process of its own and waits until it listens. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface RunningTickets {
  readonly url: string;
  readonly port: number;
  /** The text of its OpenAPI file. */
  readonly specification: string;
  close(): Promise<void>;
}

/** @param options.port 0 for any free one; `file` keeps the tickets over restarts */
export async function startTickets(options: {
  token: string;
  port?: number;
  file?: string;
}): Promise<RunningTickets> {
  const parameters = [here("./server.ts"), "--port", String(options.port ?? 0), "--with-parent"];
  if (options.file) parameters.push("--file", options.file);
  const child = spawn(process.execPath, parameters, {
    env: { ...process.env, TICKETS_TOKEN: options.token },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => {
      const said = /listening (\d+)/.exec(data.toString());
      if (said) resolve(Number(said[1]));
    });
    child.once("exit", (code) =>
      reject(new Error(`The ticket system ended with ${code} before it listened`)),
    );
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    specification: readFileSync(here("./openapi.json"), "utf8"),
    async close() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
