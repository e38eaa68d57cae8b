import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type UsedToday, usedToday } from "../../db/queries/model-calls.ts";
import { events, modelCalls } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { type Fact, type Message, readTool, type ToolContext, type View } from "../define.ts";
import { filters, limit } from "../inputs.ts";
import type { BudgetOfModel } from "./agent-port.ts";

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
  /** US dollars, of the calls whose price is known. */
  readonly cost: number;
  /** Calls whose price is not known. */
  readonly unpriced: number;
  /** Calls whose tokens the server did not count. */
  readonly estimated: number;
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
      facts: toldOf(facts),
      views: [
        ...(spent ? [tableOf(groups.slice(0, input.limit), groups.length, input.by)] : []),
        ...(await budgetView(context)),
      ],
      answer: {
        headline: headlineOf(facts),
        figures: spent ? [facts.tokens] : [],
        notes: notesOf(facts),
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

type CostFacts = Readonly<Record<"cost" | "calls" | "tokens" | "unpriced" | "estimated", Fact>>;

/** Without figures that nothing is said of. */
const toldOf = ({ unpriced, estimated, ...always }: CostFacts): Fact[] => [
  ...Object.values(always),
  ...[unpriced, estimated].filter(({ value }) => value > 0),
];

function headlineOf({ cost, calls, unpriced }: CostFacts): Message {
  if (calls.value === 0)
    return { text: "Nothing was spent on a language model; the built-in planner costs nothing." };
  if (unpriced.value === calls.value)
    return { text: "What the language model cost is not known: {calls} have no price.", values: { calls } };
  return { text: "The language model has cost {cost} in {calls}.", values: { cost, calls } };
}

function notesOf({ calls, unpriced, estimated }: CostFacts): Message[] {
  const some = unpriced.value > 0 && unpriced.value < calls.value;
  return [
    ...(some ? [{ text: "{unpriced} have no known price and are not in it.", values: { unpriced } }] : []),
    ...(estimated.value > 0
      ? [
          {
            text: "The tokens of {estimated} are estimated: the server did not count them.",
            values: { estimated },
          },
        ]
      : []),
  ];
}

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
  const cost = sql<number>`coalesce(sum(${modelCalls.costMicros}), 0)::float8 / 1e6`;
  return database
    .select({
      group,
      calls: sql<number>`count(*)::int`,
      input: sql<number>`sum(${modelCalls.inputTokens} + ${modelCalls.cacheWriteTokens})::float8`,
      output: sql<number>`sum(${modelCalls.outputTokens})::float8`,
      cached: sql<number>`sum(${modelCalls.cacheReadTokens})::float8`,
      cost,
      unpriced: sql<number>`(count(*) filter (where ${modelCalls.costMicros} is null))::int`,
      estimated: sql<number>`(count(*) filter (where ${modelCalls.estimated}))::int`,
    })
    .from(modelCalls)
    .where(conditions(input, tenant))
    .groupBy(sql`1`)
    .orderBy(input.by === "day" ? sql`1 desc` : desc(cost), sql`1`);
}

function factsOf(groups: readonly Group[], input: Input, context: ToolContext): CostFacts {
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
    unpriced: fact(
      sum(({ unpriced }) => unpriced),
      "calls",
      "calls of the language model without a known price",
    ),
    estimated: fact(
      sum(({ estimated }) => estimated),
      "calls",
      "calls of the language model with estimated tokens",
    ),
  };
}

/** What may be used, and what was used today (UTC); nothing where no language model is set up. */
async function budgetView({ database, tenant, person, services }: ToolContext): Promise<View[]> {
  const { agent } = services;
  if (agent === undefined || agent.planner === "built-in") return [];
  const used = await usedToday(database, tenant, person?.id ?? null);
  const row = (what: string, budget: BudgetOfModel, today: UsedToday | null) => ({
    what,
    budget: budget.text,
    cost: today === null ? null : today.micros / 1e6,
    tokens: today?.tokens ?? null,
  });
  const { turn, person: own, tenant: all } = agent.budgets;
  return [
    {
      kind: "table",
      title: "Budgets of the language model",
      columns: [
        { key: "what", label: "budget of", kind: "text" },
        { key: "budget", label: "at most", kind: "text" },
        { key: "cost", label: "cost today", unit: "USD", kind: "number" },
        { key: "tokens", label: "tokens today", kind: "number" },
      ],
      rows: [
        row("one turn", turn, null),
        row("your day", own, used.person),
        row("everybody's day", all, used.tenant),
      ],
    },
  ];
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
