/**
 * A reader who tries every command of a document in turn: a folder with a log of orders in it, a shell, and patience.
 * Commands that take minutes are looked up instead (the script, the suite, the folder they name must be there).
 */
import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { globalOptions } from "../../channels/cli/arguments.ts";
import { evaluate } from "../../channels/cli/commands/eval.ts";
import { generateSample } from "../../tools/logs/samples/generate.ts";
import { root } from "./documents.ts";

const run = promisify(execFile);
const millwright = `node "${join(root, "channels/cli/main.js")}"`;
const longest = 120_000;

/** Whether this machine has a program that a command needs. */
export const canRun = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

export class CommandFailedError extends Error {
  constructor(command: string, how: string) {
    super(`${command}\n${how}`);
  }
}

export interface Reader {
  /** Runs one command as the document has it; its standard output. Throws CommandFailedError unless it ends with 0. */
  try(command: string): Promise<string>;
  /** Ends what was left running; each must end with 0 too. */
  leave(): Promise<void>;
}

interface Running {
  readonly command: string;
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
}

interface World {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Ports that documents name, and the free ones they stand for here. */
  readonly ports: ReadonlyMap<string, string>;
  readonly running: Running[];
}

export async function createReader(
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<Reader> {
  const world = await openWorld(files);
  return {
    try: (command) => tryCommand(world, command),
    async leave() {
      const codes = await Promise.all(world.running.map(stop));
      await rm(world.folder, { recursive: true, force: true });
      codes.forEach((code, index) => {
        if (code !== 0)
          throw new CommandFailedError(world.running[index]?.command ?? "", `ended with ${code}`);
      });
    },
  };
}

async function openWorld(files: readonly { name: string; text: string }[]): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "millwright-docs-"));
  for (const name of readdirSync(root)) {
    if (!name.startsWith(".")) symlinkSync(join(root, name), join(folder, name));
  }
  writeFileSync(join(folder, "orders.csv"), generateSample("order-to-cash", { cases: 300 }).csv);
  writeFileSync(join(folder, "order-to-cash.csv"), generateSample("order-to-cash").csv);
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const [server, tickets] = [await freePort(), await freePort()];
  const environment = {
    PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
    HOME: process.env["HOME"] ?? folder,
    CI: "true",
    PORT: server,
    MILLWRIGHT_DATA: join(folder, ".millwright"),
  };
  const ports = new Map([
    ["4117", server],
    ["4119", tickets],
  ]);
  return { folder, environment, ports, running: [] };
}

function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? String(address.port) : "0";
      server.close(() => resolve(port));
    });
  });
}

async function tryCommand(world: World, command: string): Promise<string> {
  const parts = command.split(" && ");
  if (parts.length > 1) {
    const said: string[] = [];
    for (const part of parts) said.push(await tryCommand(world, part));
    return said.join("");
  }
  if (isLong(command)) return lookUp(command);
  if (/^npm run demo$|^npx millwright demo$/.test(command)) return demo(world, command);
  const here = await translated(world, scriptOf(command));
  return / &$/.test(here) || /^npm start$/.test(command)
    ? begin(world, here.replace(/ &$/, ""))
    : foreground(world, here);
}

let demonstrated: Promise<string> | null = null;

/** The demo has a folder of its own, so once is enough for all documents. */
async function demo(world: World, command: string): Promise<string> {
  demonstrated ??= foreground(world, await translated(world, scriptOf(command)));
  return demonstrated;
}

/** What takes minutes, or changes this very checkout. */
const isLong = (command: string): boolean =>
  /^(?:[A-Z_]+=\S+ )*npm (?:ci|test|run (?:check|bench|test:\w+))$|^(?:[A-Z_]+=\S+ )*npx (?:vitest|biome)\b|^npx millwright eval\b(?! save)/.test(
    command,
  );

function lookUp(command: string): string {
  const words = command.split(/\s+/);
  const [program = "", name = "", ...rest] = words.slice(words.findIndex((word) => !word.includes("=")));
  if (program === "npm" && name === "ci") needFile(command, "package-lock.json");
  else if (program === "npm") needScript(command, name === "run" ? (rest[0] ?? "") : name);
  else if (name === "millwright") needEval(command, rest.slice(1));
  else needFile(command, `node_modules/.bin/${name}`);
  for (const word of rest) if (/^\w+\/[\w/.-]+$/.test(word)) needFile(command, word);
  return "";
}

/** Suites, and options that the command has. */
function needEval(command: string, words: readonly string[]): void {
  const options = words.findIndex((word) => word.startsWith("--"));
  const named = options < 0 ? words : words.slice(0, options);
  for (const suite of named) needFile(command, `evals/suites/${suite}`);
  const known = { ...globalOptions, ...evaluate.options };
  const unknown = words.find((word) => word.startsWith("--") && !Object.hasOwn(known, word.slice(2)));
  if (unknown !== undefined) throw new CommandFailedError(command, `eval has no option ${unknown}`);
}

function needFile(command: string, path: string): void {
  if (!existsSync(join(root, path))) throw new CommandFailedError(command, `there is no ${path}`);
}

function needScript(command: string, name: string): string {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const script = scripts[name];
  if (script === undefined) throw new CommandFailedError(command, `package.json has no script ${name}`);
  for (const [, file = ""] of script.matchAll(/\bnode (\S+\.ts)/g)) needFile(command, file);
  return script;
}

const scriptOf = (command: string): string => {
  const name = /^npm (?:run )?([\w:]+)$/.exec(command)?.[1];
  return name === undefined ? command : needScript(command, name);
};

/** The command as it runs here: our command line by its file, free ports, the id of a proposal that waits for ID. */
async function translated(world: World, command: string): Promise<string> {
  let here = command.replaceAll("npx millwright", millwright);
  for (const [port, free] of world.ports) here = here.replaceAll(port, free);
  return / ID\b/.test(here) ? here.replace(/\bID\b/, await waitingProposal(world)) : here;
}

async function waitingProposal(world: World): Promise<string> {
  const found = JSON.parse(await foreground(world, `${millwright} proposals --state pending --json`));
  const id = (found as { id: string }[])[0]?.id;
  if (id === undefined)
    throw new CommandFailedError("proposals", "no proposal waits, so ID stands for nothing");
  return id;
}

async function foreground({ folder, environment }: World, command: string): Promise<string> {
  try {
    const options = { cwd: folder, env: environment, timeout: longest, maxBuffer: 64 * 1024 * 1024 };
    return (await run("sh", ["-c", command], options)).stdout;
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    throw new CommandFailedError(command, `ended with ${code}\n${stdout}\n${stderr}`);
  }
}

/** Starts what goes on running, and waits until it says where it listens. */
async function begin(world: World, command: string): Promise<string> {
  const child = spawn("sh", ["-c", `exec env ${command}`], {
    cwd: world.folder,
    env: world.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  world.running.push({ command, child, ended });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (bytes: Buffer) => {
      said += bytes.toString();
      if (/\blisten(?:s|ing)\b/.test(said)) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void ended.then((code) => reject(new CommandFailedError(command, `ended with ${code}\n${said}`)));
  });
  return said;
}

async function stop({ child, ended }: Running): Promise<number | null> {
  child.kill("SIGTERM");
  return ended;
}
