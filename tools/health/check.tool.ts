import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { type UsedToday, usedToday } from "../../db/queries/model-calls.ts";
import {
  calls,
  ledger,
  ledgerHeads,
  memories,
  modelCalls,
  proposals,
  threads,
  watches,
} from "../../db/schema/index.ts";
import { readTool, type ToolContext, type ToolServices, type View } from "../define.ts";

type BudgetOfModel = NonNullable<ToolServices["agent"]>["budgets"]["turn"];

const Input = z.object({});

interface Component {
  readonly name: string;
  readonly state: "works" | "needs attention";
  readonly detail: string;
}

export default readTool({
  name: "health.check",
  version: 1,
  description:
    "Whether Millwright's parts work: database, log store, executions in doubt, calls to other systems that failed in " +
    "the last day, proposals stuck in execution, watches, turns that hang, the ledger's end, language model, memory.",
  examples: {
    en: [
      "is everything healthy?",
      "system status",
      "is everything ok with the system?",
      "are all components up?",
      "slack is broken",
      "is something down?",
      "is the system working properly?",
      "health check please",
      "does everything work?",
    ],
    de: ["läuft alles?", "ist alles in Ordnung?", "wie ist der Systemstatus?", "funktioniert alles?"],
  },
  input: Input,
  async execute(input, context) {
    const components = await Promise.all([
      database(context),
      logStore(context),
      executions(context),
      connectors(context),
      watching(context),
      turns(context),
      ledgerChain(context),
      languageModel(context),
      memory(context),
    ]);
    const troubled = components.filter(({ state }) => state === "needs attention");
    const fact = context.fact({
      value: troubled.length,
      unit: "components",
      label: "components that need attention",
      rows: components.length,
      call: { tool: "health.check", input },
    });
    return {
      data: components,
      facts: [fact],
      views: [tableOf(components)],
      answer: {
        headline:
          troubled.length === 0
            ? { text: "Everything that I can see from here works." }
            : {
                text: "Needing attention: {names}.",
                values: { names: troubled.map(({ name, detail }) => `${name} (${detail})`).join("; ") },
              },
        figures: troubled.length === 0 ? [] : [fact],
        assumptions: [
          { text: "Checked: {names}.", values: { names: components.map(({ name }) => name).join(", ") } },
          {
            text: "Channels such as Slack are checked by their own server: clock, signing secret and scopes are the usual causes.",
          },
        ],
      },
    };
  },
});

/** Answers within half a second, or needs attention. */
const slowDatabase = 500;

async function database({ database: db }: ToolContext): Promise<Component> {
  const started = performance.now();
  await db.execute(sql`select 1`);
  const milliseconds = Math.round(performance.now() - started);
  const state = milliseconds > slowDatabase ? "needs attention" : "works";
  return { name: "database", state, detail: `answered in ${milliseconds} ms` };
}

async function logStore({ logs }: ToolContext): Promise<Component> {
  const list = await logs.list();
  return { name: "log store", state: "works", detail: `${list.length} logs` };
}

/** An execution that takes longer than this is stuck. */
const stuckAfter = sql`clock_timestamp() - interval '15 minutes'`;

async function executions({ database: db, tenant }: ToolContext): Promise<Component> {
  const rows = await db
    .select({ id: proposals.id })
    .from(proposals)
    .where(
      and(
        eq(proposals.tenant, tenant),
        sql`(${proposals.state} = 'in-doubt' or (${proposals.state} = 'executing' and ${proposals.claimedAt} < ${stuckAfter}))`,
      ),
    );
  return {
    name: "executions",
    state: rows.length > 0 ? "needs attention" : "works",
    detail: rows.length > 0 ? `in doubt or stuck: ${rows.map(({ id }) => id).join(", ")}` : "none in doubt",
  };
}

async function connectors({ database: db, tenant }: ToolContext): Promise<Component> {
  const dayAgo = sql`clock_timestamp() - interval '1 day'`;
  const rows = await db
    .select({ connector: calls.connector, failures: sql<number>`count(*)::int` })
    .from(calls)
    .where(
      and(
        eq(calls.tenant, tenant),
        eq(calls.outcome, "failure"),
        isNull(calls.reviewedAt),
        gt(calls.createdAt, dayAgo),
      ),
    )
    .groupBy(calls.connector);
  const detail = rows
    .map(({ connector, failures }) => `${connector}: ${failures} failed attempts`)
    .join(", ");
  return {
    name: "connectors",
    state: rows.length > 0 ? "needs attention" : "works",
    detail: detail || "no failed call in the last day",
  };
}

async function watching({ database: db, tenant }: ToolContext): Promise<Component> {
  const rows = await db
    .select({ id: watches.id })
    .from(watches)
    .where(and(eq(watches.tenant, tenant), eq(watches.active, true)));
  return { name: "watches", state: "works", detail: `${rows.length} active` };
}

/** Threads that a run holds although its lease ran out: the process that ran it is gone. */
async function turns({ database: db, tenant }: ToolContext): Promise<Component> {
  const rows = await db
    .select({ id: threads.id })
    .from(threads)
    .where(
      and(
        eq(threads.tenant, tenant),
        sql`${threads.runner} is not null and ${threads.runnerUntil} < clock_timestamp() - interval '5 minutes'`,
      ),
    );
  return {
    name: "turns",
    state: rows.length > 0 ? "needs attention" : "works",
    detail: rows.length > 0 ? `left unfinished: ${rows.length}` : "none hangs",
  };
}

/** The last entry is the one that the kept head names; the whole chain is verified by a command of its own. */
async function ledgerChain({ database: db, tenant }: ToolContext): Promise<Component> {
  const [head] = await db.select().from(ledgerHeads).where(eq(ledgerHeads.tenant, tenant));
  const [last] = await db
    .select({ seq: ledger.seq, hash: ledger.hash })
    .from(ledger)
    .where(eq(ledger.tenant, tenant))
    .orderBy(desc(ledger.seq))
    .limit(1);
  const same = head?.seq === last?.seq && head?.hash === last?.hash;
  return {
    name: "ledger",
    state: same ? "works" : "needs attention",
    detail: same ? `${last?.seq ?? 0} entries` : "its end is not where it was: verify it",
  };
}

/** The day's budgets that are used up, each with its limit. */
async function spentBudgets({ database: db, tenant, person, services }: ToolContext): Promise<string[]> {
  const { agent } = services;
  if (agent === undefined || agent.planner === "built-in") return [];
  const used = await usedToday(db, tenant, person?.id ?? null);
  const reached = ({ micros, tokens }: BudgetOfModel, today: UsedToday): boolean =>
    (micros !== null && today.micros >= micros) || (tokens !== null && today.tokens >= tokens);
  return [
    ...(reached(agent.budgets.person, used.person) ? [`your budget (${agent.budgets.person.text})`] : []),
    ...(reached(agent.budgets.tenant, used.tenant)
      ? [`everybody's budget (${agent.budgets.tenant.text})`]
      : []),
  ];
}

async function languageModel(context: ToolContext): Promise<Component> {
  const { database: db, tenant, services } = context;
  const [row] = await db
    .select({ calls: sql<number>`count(*)::int` })
    .from(modelCalls)
    .where(
      and(eq(modelCalls.tenant, tenant), gt(modelCalls.createdAt, sql`clock_timestamp() - interval '1 day'`)),
    );
  const planner = services.agent?.planner ?? "built-in";
  const calls = row?.calls ?? 0;
  const spent = await spentBudgets(context);
  if (spent.length === 0)
    return { name: "planner", state: "works", detail: `${planner}, ${calls} model calls in the last day` };
  return {
    name: "planner",
    state: "needs attention",
    detail: `the built-in planner answers until 00:00 UTC: used up today are ${spent.join(", ")}`,
  };
}

async function memory({ database: db, tenant, services }: ToolContext): Promise<Component> {
  const [row] = await db
    .select({ kept: sql<number>`count(*)::int` })
    .from(memories)
    .where(eq(memories.tenant, tenant));
  const embedder = services.agent?.embedder ?? "none";
  const failure = services.memory?.embedderFailure() ?? null;
  if (failure === null)
    return { name: "memory", state: "works", detail: `${row?.kept ?? 0} kept, embedder ${embedder}` };
  const why = failure instanceof Error ? failure.message : String(failure);
  return {
    name: "memory",
    state: "needs attention",
    detail: `${row?.kept ?? 0} kept, found by words alone, for the embedder ${embedder} fails: ${why}`,
  };
}

const tableOf = (components: readonly Component[]): View => ({
  kind: "table",
  title: "Health",
  columns: [
    { key: "name", label: "component", kind: "text" },
    { key: "state", label: "state", kind: "text" },
    { key: "detail", label: "detail", kind: "text" },
  ],
  rows: components.map((component) => ({ ...component })),
});
