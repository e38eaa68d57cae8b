#!/usr/bin/env node
/**
 * The server's composition root, and the agent's for the command line. It only wires: everything is loaded when it is
 * needed, so that importing this module costs nothing. `node channels/main.ts --open` is `npm start`.
 */
import { MillwrightError, toProblem } from "../errors.ts";
import { serve } from "./wiring/serve.ts";

export type { ImportRequest, Millwright, OpenMillwrightOptions, Served, ServeOptions } from "./millwright.ts";
export { openMillwright } from "./wiring/open-millwright.ts";
export { serve };

/** `node channels/main.ts`: serves until it is told to stop. */
async function main(): Promise<void> {
  const stop = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  try {
    const open = process.argv.includes("--open");
    const served = await serve({ open, tickets: true, say: (line) => console.log(line) });
    await stop;
    await served.close();
  } catch (error) {
    if (!(error instanceof MillwrightError)) throw error;
    const { detail, remedy } = toProblem(error);
    console.error(`millwright: ${detail}${remedy === undefined ? "" : ` ${remedy}`}`);
    process.exitCode = 1;
  }
}

// Not awaited: what imports this module later (the evals' worlds) would wait until the server ends.
if (import.meta.main) void main();
