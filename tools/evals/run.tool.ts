import { z } from "zod";
import { draftTool } from "../define.ts";
import { evalsOf } from "./evals.ts";
import { tellRun } from "./tell.ts";

/** Suites that end within a turn; all others are for `millwright eval`. */
export const suitesOfATurn = [
  "golden-paths",
  "figures",
  "clarification",
  "cannot",
  "mechanics",
  "function-calling",
] as const;

const Input = z.object({
  suite: z.enum(suitesOfATurn).default("golden-paths").meta({ slot: "suite" }),
  times: z.int().min(1).max(5).default(1).meta({ slot: "times", description: "Runs of each case" }),
});

export default draftTool({
  name: "evals.run",
  version: 1,
  description:
    "Runs an eval suite against the agent, offline, in worlds of its own: the golden paths (smoke test) by default. " +
    "Nothing of the data here is touched; the report is kept.",
  examples: {
    en: [
      "run the evals",
      "run the smoke suite",
      "run the golden paths",
      "evaluate the agent",
      "start an evaluation",
      "run the eval suite again",
      "test the agent",
      "do the smoke test",
      "run the regression cases",
      "check that the agent still works",
    ],
  },
  input: Input,
  roles: ["evaluator", "admin", "analyst"],
  async execute({ suite, times }, context) {
    const { signal, progress } = context;
    const run = await evalsOf(context).run({ suites: [suite], epochs: times, signal, progress });
    return tellRun(run, context);
  },
});
