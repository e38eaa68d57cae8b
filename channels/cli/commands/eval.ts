import { writeFile } from "node:fs/promises";
import { MillwrightError } from "../../../errors.ts";
import {
  type Command,
  type CommandContext,
  type EvalProgress,
  type EvalReport,
  type Invocation,
  text,
} from "../command.ts";
import { UsageError } from "../errors.ts";
import { painter } from "../terminal.ts";

/** Cases did not hold; the report has named them. */
class EvalsFailedError extends MillwrightError {
  constructor(failed: number, of: number) {
    super("evals-failed", 500, `${failed} of ${of} cases failed.`, {
      remedy: "The report says what did not hold; `eval --case ID` runs one again.",
    });
  }
}

/** What was asked for could not be run at all: that is no success. */
class EvalsNotRunError extends MillwrightError {
  constructor(cases: number) {
    super("evals-not-run", 500, `None of the ${cases} cases could be run.`, {
      remedy: "The report says what is missing.",
    });
  }
}

/** The suites would not notice such faults. */
class MutantsSurvivedError extends MillwrightError {
  constructor(survived: number, of: number) {
    super("mutants-survived", 500, `${survived} of ${of} mutants survived.`, {
      expected: `at least ${leastCaught * 100} % caught`,
      remedy: "Write a case that notices them; `eval --mutants ID` runs one again.",
    });
  }
}

const planners = ["built-in", "claude", "scripted"] as const;
const splits = ["development", "held-out", "all"] as const;

export const evaluate: Command = {
  name: "eval",
  summary: "Run eval suites against the agent: offline and without a key, unless Claude is asked for.",
  takes: "[SUITE… | --mutants [MUTANT…]] [options]",
  arity: [0, 50],
  options: {
    case: { type: "string", value: "ID", description: "Only this case" },
    k: { type: "string", value: "N", description: "Run each case N times: pass@1, pass^N, flaky cases" },
    split: {
      type: "string",
      value: "WHICH",
      description: "development (failures are named), held-out (only counted) or all (the default)",
    },
    planner: {
      type: "string",
      value: "WHO",
      description: "Only one tier: built-in, scripted (mechanics) or claude (live, needs a key)",
    },
    judge: {
      type: "string",
      value: "MODEL",
      description:
        "With --planner claude: also ask this model whether each reply is right; it decides nothing",
    },
    compare: {
      type: "string",
      value: "REF",
      description: "Against a report (--json) or a git revision's baseline: what flipped, with a paired test",
    },
    baseline: {
      type: "string",
      value: "NOTE",
      description: "Keep the outcome in evals/baselines, with a note on what changed",
    },
    jobs: {
      type: "string",
      value: "N",
      description: "Processes at once; as many as there are cores by default",
    },
    mutants: {
      type: "boolean",
      description: "Run the suites against seeded faults of the agent, and name those that nothing notices",
    },
    turn: {
      type: "string",
      value: "N",
      description: "With --mutants: only N of them, other ones each day",
    },
    md: { type: "boolean", description: "Print Markdown" },
    junit: { type: "boolean", description: "Print JUnit XML" },
    html: { type: "string", value: "FILE", description: "Also write a page" },
  },
  async run(invocation, context) {
    const { terminal, engines, signal } = context;
    const { globals, positionals, options } = invocation;
    if (options["mutants"] === true) return runMutants(invocation, context);
    const plain = globals.json || options["md"] === true || options["junit"] === true;
    const paint = painter(terminal.color);
    const mark = { passed: paint("green", "✓"), failed: paint("red", "✗"), "not-run": "–" };
    const show = ({ id, status, heldOut, milliseconds }: EvalProgress) =>
      plain || heldOut
        ? undefined
        : terminal.out(`${mark[status]} ${id} ${(milliseconds / 1000).toFixed(1)} s\n`);
    const report = await engines.evals({
      suites: positionals,
      ...requestOf(invocation),
      signal,
      onResult: async (result) => show(result),
    });
    await terminal.out(`${printed(report, invocation)}\n`);
    const page = text(options["html"]);
    if (page !== undefined) await writeFile(page, report.html);
    return outcome(report);
  },
};

/** Of all the mutants, that many must be noticed. */
const leastCaught = 0.95;

async function runMutants(
  { globals, positionals, options }: Invocation,
  { terminal, engines, signal }: CommandContext,
): Promise<number> {
  const processes = count("jobs", text(options["jobs"]));
  const turn = count("turn", text(options["turn"]));
  const report = await engines.mutants({
    ids: positionals,
    ...(turn === undefined ? {} : { turn }),
    signal,
    ...(processes === undefined ? {} : { processes }),
    onResult: async ({ id, caught }) =>
      globals.json ? undefined : terminal.out(`${caught ? "✓" : "✗"} ${id}\n`),
  });
  await terminal.out(globals.json ? `${JSON.stringify(report.json)}\n` : `${report.text}\n`);
  if (report.caught < leastCaught * report.of)
    throw new MutantsSurvivedError(report.of - report.caught, report.of);
  return 0;
}

function requestOf({ options }: Invocation) {
  const one = text(options["case"]);
  const compare = text(options["compare"]);
  const baseline = text(options["baseline"]);
  const planner = choice("planner", text(options["planner"]), planners);
  const judge = text(options["judge"]);
  const processes = count("jobs", text(options["jobs"]));
  return {
    epochs: count("k", text(options["k"])) ?? 1,
    split: choice("split", text(options["split"]), splits) ?? "all",
    ...(one === undefined ? {} : { case: one }),
    ...(compare === undefined ? {} : { compare }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(judge === undefined ? {} : { judge }),
    ...(planner === undefined ? {} : { planner }),
    ...(processes === undefined ? {} : { processes }),
  };
}

function printed(report: EvalReport, { globals, options }: Invocation): string {
  if (globals.json) return JSON.stringify(report.json);
  if (options["md"] === true) return report.markdown;
  return options["junit"] === true ? report.junit : report.text;
}

/** Compared with something, only what got worse is a failure. */
function outcome({ cases, failed, notRun, regressed }: EvalReport): number {
  if (cases > 0 && notRun === cases) throw new EvalsNotRunError(cases);
  const wrong = regressed ?? failed;
  if (wrong > 0) throw new EvalsFailedError(wrong, cases - notRun);
  return 0;
}

function choice<Name extends string>(
  option: string,
  value: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (value === undefined) return undefined;
  const found = names.find((name) => name === value);
  if (found === undefined) throw new UsageError(`--${option} is one of ${names.join(", ")}.`, "eval");
  return found;
}

function count(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 100)
    throw new UsageError(`--${option} is a whole number from 1 to 100.`, "eval");
  return number;
}
