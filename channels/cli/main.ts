#!/usr/bin/env node
/**
 * The command line's entry. Node strips and compiles this one file at every start, before anything can be kept, so it
 * is short: all else stands in modules whose compiled form is kept.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

const enough = Number.parseInt(process.versions.node, 10) >= 24;

/**
 * Keeps our stripped and compiled modules beside the packages, so that every start but the first skips that work.
 * A folder that cannot be written is no error: then nothing is kept.
 */
const keepCompiled = (): unknown =>
  enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/millwright", import.meta.url)));

async function start(): Promise<number> {
  keepCompiled();
  const [{ runCommandLine }, { processTerminal }, { engines }] = await Promise.all([
    import("./run.ts"),
    import("./terminal.ts"),
    import("./engines.ts"),
  ]);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  return runCommandLine(process.argv.slice(2), {
    terminal: processTerminal(),
    environment: process.env,
    engines,
    signal: stopping.signal,
  });
}

/** On an older Node: the one that npm brought along, else a clear word. */
function startOnOwnNode(): number {
  const own = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));
  if (existsSync(own) && process.execPath !== own) {
    return spawnSync(own, process.argv.slice(1), { stdio: "inherit" }).status ?? 1;
  }
  process.stderr.write(
    `millwright: Millwright needs Node 24 or newer; this is ${process.versions.node}. Run \`npm ci\` here and start it through npx, or install Node 24.\n`,
  );
  return 1;
}

process.exitCode = enough ? await start() : startOnOwnNode();
