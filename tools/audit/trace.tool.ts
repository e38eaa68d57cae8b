import { and, asc, desc, eq, isNull, ne, or, sql } from "drizzle-orm";
import { z } from "zod";
import { modelCalls, spans, threads } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { type Fact, readTool, type ToolContext, type View } from "../define.ts";

const Input = z.object({
  turn: z.string().optional().describe("Id of a turn; the thread's last one when absent"),
});
type Span = typeof spans.$inferSelect;

class TraceMissingError extends MillwrightError {
  constructor(turn: string) {
    super("trace-missing", 404, "There is no trace of that", {
      value: turn,
      expected: "a turn of a thread that you may read, not older than traces are kept",
      remedy: "Ask a question first, then ask how it was answered.",
    });
  }
}

export default readTool({
  name: "audit.trace",
  version: 1,
  description:
    "What a turn did, step by step: planning, tools, queries, the gate, calls to other systems, by role (planner, " +
    "executor, monitor), with how long each took and what the language model used. The thread's last turn by default.",
  examples: {
    en: [
      "show the trace of the last answer",
      "what did you do step by step?",
      "which steps did the last answer take?",
      "trace the last turn",
      "how long did each step of your answer take?",
      "which tools did you call for that?",
    ],
  },
  input: Input,
  async execute(input, context) {
    const turn = input.turn ?? (await lastTurn(context));
    const found = turn === null ? [] : await spansOf(turn, context);
    if (turn === null || found.length === 0) throw new TraceMissingError(turn ?? "");
    const facts = await factsOf(found, turn, context);
    return {
      data: { turn, trace: found[0]!.trace, steps: found.map(stepOf) },
      facts: Object.values(facts),
      views: [tableOf(found)],
      answer: {
        headline: {
          text: "{steps} in {time}; the language model cost {cost}.",
          values: { steps: facts.steps, time: facts.time, cost: facts.cost },
        },
        figures: [],
        assumptions: [{ text: "Turn {turn}, trace {trace}.", values: { turn, trace: found[0]!.trace } }],
      },
    };
  },
});

/** The thread's last turn that has a trace already: not the one that asks. */
async function lastTurn({ database, tenant, thread }: ToolContext): Promise<string | null> {
  if (thread === null) return null;
  const [row] = await database
    .select({ turn: spans.turn })
    .from(spans)
    .where(and(eq(spans.tenant, tenant), eq(spans.thread, thread), ne(spans.turn, "")))
    .orderBy(desc(spans.startedAt))
    .limit(1);
  return row?.turn ?? null;
}

/** Of a turn in a thread that who asks may read. */
async function spansOf(turn: string, { database, tenant, person }: ToolContext): Promise<Span[]> {
  const mine = person === null ? undefined : eq(threads.privateTo, person.id);
  const rows = await database
    .select({ span: spans })
    .from(spans)
    .innerJoin(threads, and(eq(threads.tenant, spans.tenant), eq(threads.id, spans.thread)))
    .where(and(eq(spans.tenant, tenant), eq(spans.turn, turn), or(isNull(threads.privateTo), mine)))
    .orderBy(asc(spans.startedAt), asc(spans.span))
    .limit(500);
  return rows.map(({ span }) => span);
}

async function factsOf(
  found: readonly Span[],
  turn: string,
  context: ToolContext,
): Promise<{ steps: Fact; time: Fact; cost: Fact }> {
  const { database, tenant } = context;
  const [spent] = await database
    .select({ micros: sql<number>`coalesce(sum(${modelCalls.costMicros}), 0)::float8` })
    .from(modelCalls)
    .where(and(eq(modelCalls.tenant, tenant), eq(modelCalls.turn, turn)));
  const call = { tool: "audit.trace", input: { turn } };
  const root = found.find(({ parent }) => parent === null) ?? found[0]!;
  const rows = found.length;
  const fact = (value: number, unit: string, label: string): Fact =>
    context.fact({ value, unit, label, rows, call });
  return {
    steps: fact(found.length, "steps", "steps of the turn"),
    time: fact(root.milliseconds / 1000, "s", "time the turn took"),
    cost: fact((spent?.micros ?? 0) / 1e6, "USD", "cost of the language model in the turn"),
  };
}

const stepOf = ({ role, name, milliseconds, state, attributes }: Span) => ({
  role,
  step: name,
  milliseconds,
  state,
  attributes,
});

const tableOf = (found: readonly Span[]): View => ({
  kind: "table",
  title: "Steps",
  columns: [
    { key: "step", label: "step", kind: "text" },
    { key: "role", label: "role", kind: "text" },
    { key: "seconds", label: "took", unit: "s", kind: "number" },
    { key: "state", label: "state", kind: "text" },
    { key: "details", label: "details", kind: "text" },
  ],
  rows: found.map(({ name, role, milliseconds, state, attributes }) => ({
    step: name,
    role,
    seconds: milliseconds / 1000,
    state,
    details: JSON.stringify(attributes),
  })),
});
