/** A run of the evals as worlds know it: recorded, because an eval that runs the evals would never end. */
import type { EvalsPort } from "../../tools/evals/evals.ts";
import { keptRun } from "../keep.ts";
import type { CaseResult } from "../run.ts";
import { scorecard } from "../scorecard.ts";
import { clock } from "../suites.ts";

const recorded = (id: string, status: CaseResult["status"], more: Partial<CaseResult> = {}): CaseResult => ({
  id,
  suite: "golden-paths",
  persona: "manager",
  language: "en",
  capability: "waiting",
  risk: "read",
  heldOut: false,
  note: "Recorded for questions about evals.",
  epoch: 1,
  tier: "built-in",
  status,
  problems: [],
  diagnoses: [],
  diverges: null,
  transcript: [],
  falselySure: false,
  milliseconds: 40,
  costMicros: 0,
  ...more,
});

const failing: Partial<CaseResult> = {
  problems: [{ turn: 1, grader: "calls", problem: "mining.bottlenecks was not called (called: kpi.query)" }],
  diverges: { turn: 1, call: 0 },
  transcript: [
    {
      say: "where do we wait?",
      person: "maya",
      reply: "The median cycle time is 6.5 days.",
      calls: [{ tool: "kpi.query", input: {} }],
      proposals: [],
      facts: [],
      asked: false,
      shouldAsk: false,
      milliseconds: 40,
    },
  ],
};

/** Three cases, one of which fails; nobody had a key. */
const results: readonly CaseResult[] = [
  recorded("recorded-first", "passed"),
  recorded("recorded-second", "passed", { persona: "analyst" }),
  recorded("recorded-wrong-call", "failed", failing),
  recorded("recorded-first", "not-run", { tier: "live", reason: "no ANTHROPIC_API_KEY" }),
];

const run = keptRun({
  id: "recorded",
  suites: ["golden-paths"],
  split: "all",
  epochs: 1,
  startedAt: clock.toISOString(),
  completedAt: clock.toISOString(),
  commit: null,
  results,
  cards: [scorecard("built-in", results), scorecard("live", results)],
  outcomes: {},
  comparisons: null,
});

export const recordedEvals: EvalsPort = {
  latest: async () => run,
  run: async ({ suites, epochs }) => ({ ...run, suites, epochs }),
};
