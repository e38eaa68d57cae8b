import { MillwrightError } from "../../../errors.ts";
import type { Command } from "../command.ts";
import { painter } from "../terminal.ts";

/** Cases did not hold; the report has named them. */
class EvalsFailedError extends MillwrightError {
  constructor(failed: number, of: number) {
    super("evals-failed", 500, `${failed} of ${of} cases failed.`, {
      remedy: "The report names each with its turn.",
    });
  }
}

export const evaluate: Command = {
  name: "eval",
  summary: "Run eval suites against the agent: offline, without a key, each case in a world of its own.",
  takes: "[SUITE…] [options]",
  arity: [0, 20],
  options: {},
  async run({ globals, positionals }, { terminal, engines }) {
    const paint = painter(terminal.color);
    const report = await engines.evals({
      suites: positionals,
      async onResult({ id, passed, milliseconds }) {
        const mark = passed ? paint("green", "✓") : paint("red", "✗");
        if (!globals.json) await terminal.out(`${mark} ${id} ${(milliseconds / 1000).toFixed(1)} s\n`);
      },
    });
    await terminal.out(globals.json ? `${JSON.stringify(report.json)}\n` : `\n${report.text}\n`);
    if (report.failed > 0) throw new EvalsFailedError(report.failed, report.cases);
    return 0;
  },
};
