/**
 * LiteLLM's proxy: a gateway that is not ours and speaks the Messages API and chat completions, fetched once from PyPI into
 * a cache outside the repository. Needs `python3` with venv on the machine.
 */
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const LITELLM_VERSION = "1.108.7";
/** Versions of what it needs, as they were when this was written. */
const constraints = fileURLToPath(new URL("constraints.txt", import.meta.url));
const fetchMilliseconds = 420_000;
const startSeconds = 150;

/** What is missing on this machine, or what the download said. */
export class LiteLlmNotInstalledError extends Error {
  override readonly name = "LiteLlmNotInstalledError";
}

export interface LiteLlm extends AsyncDisposable {
  readonly url: string;
  /** The key that it asks for. */
  readonly key: string;
}

/** Path of the Python that has it. */
async function install(): Promise<string> {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "millwright");
  const home = join(cache, `litellm-${LITELLM_VERSION}`);
  const python = join(home, "bin", "python");
  if (existsSync(join(home, "complete"))) return python;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "litellm-draft-"));
  try {
    await run("python3", ["-m", "venv", draft]);
    const pip = ["-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"];
    const wanted = ["-c", constraints, `litellm[proxy]==${LITELLM_VERSION}`];
    await run(join(draft, "bin", "python"), [...pip, ...wanted], { timeout: fetchMilliseconds });
    await writeFile(join(draft, "complete"), `${LITELLM_VERSION}\n`);
    await rename(draft, home).catch((error: unknown) => {
      if (!existsSync(join(home, "complete"))) throw error;
    });
  } catch (cause) {
    const said = String((cause as Error).message ?? cause).slice(-1_500);
    throw new LiteLlmNotInstalledError(`LiteLLM ${LITELLM_VERSION} could not be fetched: ${said}`, { cause });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return python;
}

/** A model as its configuration names it: `litellm_params`. */
export type Models = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export async function startLiteLlm(models: Models): Promise<LiteLlm> {
  const python = await install();
  const key = "sk-ant-litellm";
  const folder = await mkdtemp(join(tmpdir(), "millwright-litellm-"));
  const port = await freePort();
  const config = join(folder, "config.yaml");
  // JSON is YAML, too.
  await writeFile(
    config,
    JSON.stringify({
      model_list: Object.entries(models).map(([model_name, litellm_params]) => ({
        model_name,
        litellm_params,
      })),
      router_settings: { num_retries: 0, disable_cooldowns: true },
      litellm_settings: { num_retries: 0, request_timeout: 60 },
      general_settings: { master_key: key },
    }),
  );
  const code = "import sys; from litellm import run_server; sys.exit(run_server())";
  const child = spawn(
    python,
    ["-c", code, "--config", config, "--host", "127.0.0.1", "--port", String(port)],
    {
      cwd: folder,
      env: {
        ...process.env,
        LITELLM_LOCAL_MODEL_COST_MAP: "True",
        LITELLM_TELEMETRY: "False",
        NO_DOCS: "True",
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  for (const output of [child.stdout, child.stderr])
    output.on("data", (data: Buffer) => {
      said = (said + data.toString()).slice(-4_000);
    });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await exited;
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (let waited = 0; waited < startSeconds; waited += 1) {
    if (child.exitCode !== null) break;
    const alive = await fetch(`${url}/health/liveliness`).catch(() => null);
    if (alive?.ok === true) return { url, key, [Symbol.asyncDispose]: stop };
    await pause(1_000);
  }
  await stop();
  throw new Error(`LiteLLM did not start: ${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no free port");
  return address.port;
}
