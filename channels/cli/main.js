#!/usr/bin/env node
// @ts-check
/**
 * The command line's entry: plain JavaScript, so that any Node can say what it lacks, and Node 24 need not load its
 * compiler for a file of which nothing can be kept yet. All else stands in modules whose compiled form is kept.
 */
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";
import { freshBundle } from "./fresh-bundle.js";

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Keeps our stripped and compiled modules beside the packages, so that every start but the first skips that work.
 * A folder that cannot be written is no error: then nothing is kept.
 */
const keepCompiled = () => module.enableCompileCache(here("../../node_modules/.cache/millwright"));

/** @returns {Promise<number>} */
async function start() {
  keepCompiled();
  const bundle = process.argv[2] === "mine" ? freshBundle() : null;
  /** @type {typeof import("./parts.ts")} */
  const { runCommandLine, processTerminal, engines } = await import(bundle ?? "./parts.ts");
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopping.abort());
  return runCommandLine(process.argv.slice(2), {
    terminal: processTerminal(),
    environment: process.env,
    engines,
    signal: stopping.signal,
  });
}

/**
 * On an older Node: the one that npm brought along, else a clear word.
 * @returns {Promise<number>}
 */
async function startOnOwnNode() {
  const own = here("../../node_modules/.bin/node");
  if (existsSync(own) && process.execPath !== own) {
    const { spawnSync } = await import("node:child_process");
    return spawnSync(own, process.argv.slice(1), { stdio: "inherit" }).status ?? 1;
  }
  process.stderr.write(
    `millwright: Millwright needs Node 24 or newer; this is ${process.versions.node}. Run \`npm ci\` here and start it through npx, or install Node 24.\n`,
  );
  return 1;
}

const isEnough = Number.parseInt(process.versions.node, 10) >= 24;
process.exitCode = isEnough ? await start() : await startOnOwnNode();
