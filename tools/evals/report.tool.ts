import { z } from "zod";
import { readTool } from "../define.ts";
import { evalsOf } from "./evals.ts";
import { tellRun } from "./tell.ts";

/** `run` names the run that is meant; the last one otherwise. */
const Input = z.object({ run: z.string().optional() });

export default readTool({
  name: "evals.report",
  version: 1,
  description:
    "The last evaluation of the agent that is kept: how many cases passed in each tier (mechanics, built-in planner, " +
    "live model), by persona, capability, language and risk, what failed and why, flaky cases, latency and cost.",
  examples: {
    en: [
      "how good is the agent?",
      "show the eval report",
      "which eval cases failed?",
      "which cases are flaky?",
      "show every case where a tool was called that was not expected",
      "cost and p95 latency per case",
      "what is the live score?",
      "show the scorecard of the evals",
      "how did the last evaluation go?",
      "which test cases did not pass?",
      "pass rate by persona",
      "show me the cases with a wrong number",
    ],
  },
  input: Input,
  async execute(_input, context) {
    const run = await evalsOf(context).latest();
    if (run !== null) return tellRun(run, context);
    return {
      data: null,
      facts: [],
      views: [],
      answer: {
        headline: { text: "No evaluation is kept here yet: nothing was run, so there is no score." },
        figures: [],
        assumptions: [],
        next: { label: { text: "Run the golden paths" }, ask: "run the evals" },
      },
    };
  },
});
