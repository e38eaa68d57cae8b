/** What the entry wires together (main.js, bundle.js). */
export { engines } from "./engines.ts";
export { runCommandLine } from "./run.ts";
export { processTerminal } from "./terminal.ts";
