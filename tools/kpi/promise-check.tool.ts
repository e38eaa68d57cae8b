import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { type Fact, type Message, readTool, type ToolContext } from "../define.ts";
import { proposal } from "../inputs.ts";
import type { Verdict } from "./core/promise.ts";
import { factsOfPromise, type Judged, judge } from "./evaluate-promise.ts";
import { listWatches, type WatchRow } from "./kpi-store.ts";

const input = z.object({ proposal: proposal.optional() });
type Input = z.infer<typeof input>;

/** No executed change has promised anything (here, or under this proposal). */
export class NoPromiseError extends MillwrightError {
  constructor(proposalId: string | undefined) {
    super(
      "no-promise",
      404,
      proposalId === undefined
        ? "No executed change has promised an effect yet."
        : `${proposalId} has promised no effect.`,
      {
        ...(proposalId === undefined ? {} : { value: proposalId }),
        expected: "an executed proposal with a promised effect",
        remedy:
          "Approve a change that promises an effect; it is checked on the cases that finish afterwards.",
      },
    );
  }
}

async function findPromise({ proposal: wanted }: Input, context: ToolContext): Promise<WatchRow> {
  const rows = (await listWatches(context.database, context.tenant)).filter(({ kind }) => kind === "promise");
  const fitting = wanted === undefined ? rows : rows.filter((row) => row.proposal === wanted);
  const ofThread = fitting.filter((row) => row.thread !== null && row.thread === context.thread);
  const found = ofThread.at(-1) ?? fitting.at(-1);
  if (found === undefined) throw new NoPromiseError(wanted);
  return found;
}

const sentences: Readonly<Record<Verdict, string>> = {
  kept: "The promise was kept: {measured} measured, {expected} promised.",
  missed: "The promise was missed: {measured} measured, {expected} promised.",
  "too-early": "Too early to tell: {cases} have finished since the change, {minimum} are needed.",
};

function promisedFacts(
  judged: Judged,
  input: Input,
  context: ToolContext,
): Readonly<Record<"expected" | "low" | "high" | "before", Fact>> {
  const { promised } = judged;
  const fact = (name: "expected" | "low" | "high" | "before"): Fact =>
    context.fact({
      value: promised[name],
      unit: promised.unit,
      label: `promised ${promised.metric}: ${name}`,
      rows: promised.minimumCases,
      call: { tool: "kpi.promise-check", input },
    });
  return { expected: fact("expected"), low: fact("low"), high: fact("high"), before: fact("before") };
}

export default readTool({
  name: "kpi.promise-check",
  version: 1,
  description:
    "Holds what an executed change promised against what the same query measures on the cases since: kept, missed, or too early to tell.",
  examples: {
    en: [
      "did it work?",
      "did the change deliver what it promised?",
      "how did the last change turn out?",
      "promised against measured effect",
      "was the promise kept?",
      "has the new rule helped?",
      "what did the approved change achieve?",
      "check the promise",
      "is it too early to judge the change?",
    ],
  },
  input,
  async execute(own: Input, context) {
    const row = await findPromise(own, context);
    const open = await context.logs.open(row.log);
    const judged = await judge(row, open);
    const { verdict, promised, measured } = judged;
    const facts = factsOfPromise(judged, open, row.sinceMicroseconds, context.fact.bind(context));
    const terms = promisedFacts(judged, own, context);
    const minimum = { quantity: promised.minimumCases, unit: "cases" };
    const values = { cases: facts.cases, expected: terms.expected, minimum };
    const bounds = [measured?.interval.low ?? null, measured?.interval.high ?? null];
    const notes: Message[] = [
      {
        text: "Promised between {low} and {high}; before the change it was {before}.",
        values: { low: terms.low, high: terms.high, before: terms.before },
      },
    ];
    if (judged.isClose)
      notes.push({ text: "It is close: the measured interval reaches over the promised limit." });
    return {
      data: { proposal: row.proposal, verdict, promised, measured, cases: judged.cases },
      facts: [facts.value, facts.cases, terms.expected, terms.low, terms.high, terms.before].filter(
        (fact) => fact !== null,
      ),
      views: [
        {
          kind: "table" as const,
          title: "Promised and measured",
          columns: [
            { key: "what", label: "what", kind: "text" as const },
            { key: "value", label: promised.metric, unit: promised.unit, kind: "number" as const },
            { key: "low", label: "from", unit: promised.unit, kind: "number" as const },
            { key: "high", label: "to", unit: promised.unit, kind: "number" as const },
          ],
          rows: [
            { what: "before", value: promised.before, low: null, high: null },
            { what: "promised", value: promised.expected, low: promised.low, high: promised.high },
            {
              what: "measured",
              value: measured?.value ?? null,
              low: bounds[0] ?? null,
              high: bounds[1] ?? null,
            },
          ],
        },
      ],
      answer: {
        headline: {
          text: sentences[verdict],
          values: { ...values, ...(facts.value === null ? {} : { measured: facts.value }) },
        },
        figures: [facts.value, terms.expected, facts.cases].filter((fact) => fact !== null),
        assumptions: [
          {
            text: "Log {log}: only cases that finished after the change; n = {cases}.",
            values: { log: open.name, cases: facts.cases },
          },
        ],
        notes,
      },
    };
  },
});
