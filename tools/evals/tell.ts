/** What both tools say about a run. */
import type { Fact, Message, ToolContext, ToolResult } from "../define.ts";
import type { EvalRun, TierCard } from "./evals.ts";
import { dimensionTables, failuresTable, tiersTable, wasRun } from "./scorecard-views.ts";

const labels = {
  mechanics: "Cases of the mechanics that passed",
  "built-in": "Cases that the built-in planner passed",
  live: "Cases that the live model passed",
} as const;

const mostFailures = 50;

/** A share that can be looked up again in the run that is kept; `run` marks it as that run's. */
function shareFact(card: TierCard, { id }: EvalRun, context: ToolContext): Fact {
  return context.fact({
    value: card.passAt1.share,
    unit: "share",
    label: labels[card.tier],
    rows: card.passAt1.of,
    call: { tool: "evals.report", input: { run: id } },
  });
}

export function tellRun(run: EvalRun, context: ToolContext): ToolResult<EvalRun> {
  const cards = run.cards.filter(wasRun);
  const figures = cards.map((card) => shareFact(card, run, context));
  const failed = context.fact({
    value: run.failures.length + run.hiddenFailures,
    unit: "cases",
    label: "Cases that did not hold",
    rows: cards.reduce((sum, { passAt1 }) => sum + passAt1.of, 0),
    call: { tool: "evals.report", input: { run: run.id } },
  });
  return {
    data: run,
    facts: [...figures, failed],
    views: [tiersTable(run), failuresTable(run.failures, mostFailures), ...cards.flatMap(dimensionTables)],
    answer: {
      headline: {
        text: "Evals of {suites}: {failed} did not hold.",
        values: { suites: run.suites.join(", "), failed },
      },
      figures: figures.slice(0, 3),
      assumptions: [
        {
          text: "Run on {date}; tiers are never mixed.",
          values: { date: run.completedAt.slice(0, 10) },
        },
        ...run.cards.filter((card) => !wasRun(card)).map(unrun),
      ],
      notes: [...failedNote(run), flakyNote(cards)],
    },
  };
}

const unrun = ({ tier, reasons }: TierCard): Message => ({
  text: "Not run: {tier} ({reason}).",
  values: { tier, reason: Object.keys(reasons).join("; ") },
});

const mostNamed = 5;

function failedNote({ failures }: EvalRun): Message[] {
  if (failures.length === 0) return [];
  const more = failures.length > mostNamed ? ", …" : "";
  const names = failures.slice(0, mostNamed).map(({ id }) => id);
  return [{ text: "Not held: {names}.", values: { names: `${names.join(", ")}${more}` } }];
}

function flakyNote(cards: readonly TierCard[]): Message {
  const flaky = cards.flatMap((card) => card.flaky);
  if (flaky.length > 0) return { text: "Flaky: {names}.", values: { names: flaky.join(", ") } };
  if (cards.some(({ k }) => k > 1)) return { text: "No case is flaky." };
  return { text: "Each case was run once: whether one is flaky is not known." };
}
