import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instantOption } from "../arguments.ts";
import type { Command } from "../command.ts";
import { runDemo } from "../demo.ts";
import { painter } from "../terminal.ts";

export const demo: Command = {
  name: "demo",
  summary: "The whole loop, offline: a question, a proposal, an approval, one effect, a promise checked.",
  takes: "[options]",
  arity: [0, 0],
  options: {
    now: { type: "string", value: "TIME", description: "Fixes the clock for words and windows (ISO 8601)" },
  },
  async run({ globals, options }, { terminal, engines }) {
    const now = instantOption(options["now"], "demo");
    const begun = performance.now();
    const paint = painter(terminal.color);
    const lines: string[] = [];
    const say = async (line: string) => {
      lines.push(line);
      const step = line.slice(0, 10);
      if (!globals.json) await terminal.out(`${paint("cyan", step)}${line.slice(10)}\n`);
    };
    const data = await mkdtemp(join(tmpdir(), "millwright-demo-"));
    try {
      const world = await engines.demo({ data, say, ...(now === undefined ? {} : { now }) });
      try {
        await runDemo(world);
      } finally {
        await world.millwright.close();
        await world.tickets.close();
      }
    } finally {
      await rm(data, { recursive: true, force: true });
    }
    const seconds = (performance.now() - begun) / 1000;
    await terminal.out(
      globals.json
        ? `${JSON.stringify({ ok: true, seconds, steps: lines })}\n`
        : `${paint("green", `✓ ${lines.length} lines in ${seconds.toFixed(1)} s`)}\n`,
    );
    return 0;
  },
};
