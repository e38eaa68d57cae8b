/** Prism (not ours) serving a vendor's OpenAPI file (not ours either): answers by the specification, refuses what breaks it. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const prism = fileURLToPath(new URL("../../node_modules/.bin/prism", import.meta.url));

/** GitHub's own description of its REST API, from its npm package. */
export const gitHubSpecification = require.resolve("@octokit/openapi/generated/api.github.com.json");

export interface RunningPrism {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function startPrism(specification: string): Promise<RunningPrism> {
  const port = await freePort();
  const child = spawn(prism, ["mock", "--errors", "-h", "127.0.0.1", "-p", String(port), specification], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => data.toString().includes("is listening") && resolve());
    child.once("exit", (code) => reject(new Error(`Prism ended with ${code} before it listened`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no free port");
  return address.port;
}
