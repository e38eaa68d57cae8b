import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { events, modelCalls } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { type Fact, type Message, readTool, type ToolContext, type View } from "../define.ts";
import { filters, limit } from "../inputs.ts";

const Input = z.object({
  filters,
  by: z.enum(["day", "turn", "person", "model"]).default("day").describe("What to split the cost by"),
  limit: limit.default(31),
});
type Input = z.infer<typeof Input>;

interface Group {
  readonly group: string;
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  /** US dollars. */
  readonly cost: number;
}

class CostByPersonError extends MillwrightError {
  constructor() {
    super("cost-by-person", 403, "Only an administrator sees the cost by person", {
      expected: "the role admin",
      remedy: "Ask for the cost by day or by model.",
    });
  }
}

export default readTool({
  name: "audit.cost",
  version: 1,
  description:
    "What the language model has cost: calls, tokens and US dollars by day, turn, model or (for administrators) person, " +
    "counted with the dated price table when each call was made. The built-in planner costs nothing.",
  examples: {
    en: [
      "what has the language model cost this month?",
      "how much did we spend on the model?",
      "how many tokens were used yesterday?",
      "show the model costs per day",
      "what does one question cost?",
      "what is our token bill?",
      "show AI spending by person",
    ],
  },
  input: Input,
  async execute(input, context) {
    if (input.by === "person" && context.person?.roles.includes("admin") !== true)
      throw new CostByPersonError();
    const groups = await groupsOf(input, context);
    const facts = factsOf(groups, input, context);
    const spent = groups.reduce((sum, { calls }) => sum + calls, 0) > 0;
    return {
      data: groups,
      facts: Object.values(facts),
      views: spent ? [tableOf(groups.slice(0, input.limit), groups.length, input.by)] : [],
      answer: {
        headline: spent
          ? {
              text: "The language model has cost {cost} in {calls}.",
              values: { cost: facts.cost, calls: facts.calls },
            }
          : { text: "Nothing was spent on a language model; the built-in planner costs nothing." },
        figures: spent ? [facts.tokens] : [],
        assumptions: [
          ...windows(input),
          {
            text: "Counted with the prices of {day}, when each call was made.",
            values: { day: context.services.agent?.pricesAsOf ?? "then" },
          },
        ],
      },
    };
  },
});

const windowsOf = ({ filters: given }: Input) =>
  given.flatMap((filter) => (filter.kind === "window" ? [filter] : []));

const windows = (input: Input): Message[] =>
  windowsOf(input).flatMap(({ label }) =>
    label === undefined ? [] : [{ text: "{label}", values: { label } }],
  );

function conditions(input: Input, tenant: string): SQL {
  const at = windowsOf(input).flatMap(({ from, to }) => [
    from === null ? undefined : gte(modelCalls.createdAt, new Date(from)),
    to === null ? undefined : lt(modelCalls.createdAt, new Date(to)),
  ]);
  return and(eq(modelCalls.tenant, tenant), ...at)!;
}

/** Largest first; days newest first. */
async function groupsOf(input: Input, { database, tenant, zone }: ToolContext): Promise<Group[]> {
  const asker = sql<string>`(select ${events.person} from ${events} where ${events.tenant} = ${modelCalls.tenant}
    and ${events.thread} = ${modelCalls.thread} and ${events.turn} = ${modelCalls.turn} and ${events.type} = 'message' limit 1)`;
  const group = {
    day: sql<string>`to_char(${modelCalls.createdAt} at time zone ${zone}, 'YYYY-MM-DD')`,
    turn: sql<string>`${modelCalls.turn}`,
    model: sql<string>`${modelCalls.model}`,
    person: sql<string>`coalesce(${asker}, '')`,
  }[input.by];
  const cost = sql<number>`sum(${modelCalls.costMicros})::float8 / 1e6`;
  return database
    .select({
      group,
      calls: sql<number>`count(*)::int`,
      input: sql<number>`sum(${modelCalls.inputTokens} + ${modelCalls.cacheWriteTokens})::float8`,
      output: sql<number>`sum(${modelCalls.outputTokens})::float8`,
      cached: sql<number>`sum(${modelCalls.cacheReadTokens})::float8`,
      cost,
    })
    .from(modelCalls)
    .where(conditions(input, tenant))
    .groupBy(sql`1`)
    .orderBy(input.by === "day" ? sql`1 desc` : desc(cost), sql`1`);
}

function factsOf(
  groups: readonly Group[],
  input: Input,
  context: ToolContext,
): Record<"cost" | "calls" | "tokens", Fact> {
  const sum = (pick: (group: Group) => number): number => groups.reduce((all, group) => all + pick(group), 0);
  const rows = sum(({ calls }) => calls);
  const fact = (value: number, unit: string, label: string): Fact =>
    context.fact({ value, unit, label, rows, call: { tool: "audit.cost", input } });
  return {
    cost: fact(
      sum(({ cost }) => cost),
      "USD",
      "cost of the language model",
    ),
    calls: fact(rows, "calls", "calls of the language model"),
    tokens: fact(
      sum((group) => group.input + group.output + group.cached),
      "tokens",
      "tokens used",
    ),
  };
}

const tableOf = (groups: readonly Group[], total: number, by: Input["by"]): View => ({
  kind: "table",
  title: "Cost of the language model",
  columns: [
    { key: "group", label: by, kind: "text" },
    { key: "calls", label: "calls", kind: "number" },
    { key: "input", label: "tokens in", kind: "number" },
    { key: "cached", label: "of the cache", kind: "number" },
    { key: "output", label: "tokens out", kind: "number" },
    { key: "cost", label: "cost", unit: "USD", kind: "number" },
  ],
  rows: groups.map((group) => ({ ...group })),
  total,
});
