/** A small world for the agent's tests: one log of orders kept in the test database, tools over it, and the service. */

import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { memoryLedgerHead } from "../../agent/approvals/ledger-head.ts";
import { createAgentService } from "../../agent/create-service.ts";
import { contentHash } from "../../agent/evidence/canonical.ts";
import type { ModelProvider } from "../../agent/model/provider.ts";
import type { AgentServiceOptions } from "../../agent/options.ts";
import type { AgentService, ThreadEvent } from "../../agent/service.ts";
import { duckDbDialect } from "../../db/logs/dialect.ts";
import { listPeople } from "../../db/queries/people.ts";
import { rowsOf } from "../../db/rows.ts";
import { logs } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import {
  type LogAccess,
  type OpenLog,
  type Person,
  readTool,
  type Tool,
  writeTool,
} from "../../tools/define.ts";
import { createRegistry } from "../../tools/registry.ts";
import { openTestDatabase, type TestDatabase } from "../fixtures/database.ts";
import { tinyLog } from "../fixtures/tiny-log.ts";

export const orders = [
  { id: "o1", country: "DE", amount: 120, seconds: 3_600 },
  { id: "o2", country: "DE", amount: 900, seconds: 37_440 },
  { id: "o3", country: "FR", amount: 510, seconds: 7_200 },
  { id: "o4", country: "FR", amount: 40, seconds: 1_800 },
];

class BrokenToolError extends MillwrightError {
  constructor() {
    super("broken-tool", 422, "There are no times in this log", { remedy: "Import a log with times." });
  }
}

const none = { assumptions: [], figures: [] };

/** Counts orders above an amount. */
const count = readTool({
  name: "orders.count",
  version: 1,
  description: "Counts orders above an amount",
  examples: { en: ["how many orders are above 500?"] },
  input: z.object({ above: z.number().default(0) }),
  async execute({ above }, context) {
    const log = await context.logs.open();
    const query = `select count(*)::float8 as value from test_orders where amount > ${above}`;
    const value = Number((await log.query(query)).rows[0]![0]);
    const fact = context.fact({
      value,
      unit: "orders",
      label: "Orders above the amount",
      sql: query,
      log: log.id,
      rows: value,
    });
    return {
      data: { value },
      facts: [fact],
      views: [{ kind: "text", title: "Orders", text: "The orders above the amount" }],
      answer: {
        headline: {
          text: "{count} are above {amount}.",
          values: { count: fact, amount: { quantity: above, unit: "EUR" } },
        },
        figures: [fact],
        assumptions: [{ text: "All orders of {log}", values: { log: log.name } }],
      },
    };
  },
});

/** The mean time an order takes. */
const mean = readTool({
  name: "orders.mean",
  version: 1,
  description: "The mean time that an order takes",
  examples: { en: ["how long does an order take?"] },
  input: z.object({}),
  async execute(_input, context) {
    const log = await context.logs.open();
    const query = "select avg(seconds)::float8 as value from test_orders";
    const value = Number((await log.query(query)).rows[0]![0]);
    const fact = context.fact({
      value,
      unit: "s",
      label: "Mean cycle time",
      sql: query,
      log: log.id,
      rows: 4,
    });
    return {
      data: { value },
      facts: [fact],
      views: [],
      answer: {
        ...none,
        headline: { text: "An order takes {mean} on average.", values: { mean: fact } },
        figures: [fact],
      },
    };
  },
});

/** Works until it is stopped. */
const endless = readTool({
  name: "orders.endless",
  version: 1,
  description: "Works until it is stopped",
  examples: { en: [] },
  input: z.object({}),
  async execute(_input, context) {
    context.progress("working", 0.1);
    await sleep(60_000, undefined, { signal: context.signal });
    return { data: null, facts: [], views: [], answer: { ...none, headline: { text: "Done" } } };
  },
});

/** Works for a moment; a message can be sent meanwhile. */
const slow = readTool({
  name: "orders.slow",
  version: 1,
  description: "Works for a moment",
  examples: { en: [] },
  input: z.object({}),
  async execute(_input, context) {
    await sleep(3_000, undefined, { signal: context.signal });
    return { data: null, facts: [], views: [], answer: { ...none, headline: { text: "Done" } } };
  },
});

const broken = readTool({
  name: "orders.broken",
  version: 1,
  description: "Always fails",
  examples: { en: [] },
  input: z.object({}),
  execute: async () => {
    throw new BrokenToolError();
  },
});

/** Writes a note; the key is unique, so a second effect of one proposal would fail. */
const note = writeTool<{ text: string; limit: number }>({
  name: "orders.note",
  version: 1,
  description: "Writes a note on the orders above a limit",
  examples: { en: ["write a note on orders above 500"] },
  input: z.object({ text: z.string(), limit: z.number() }),
  risk: "write",
  async preview({ text, limit }, context) {
    const log = await context.logs.open();
    const { rows } = await log.query(`select id from test_orders where amount > ${limit} order by id`);
    return {
      action: "Write the note",
      summary: `Writes "${text}" on ${rows.length} orders`,
      changes: [{ what: "note", before: null, after: text }],
      affected: { count: rows.length, unit: "orders", examples: rows.map(([id]) => String(id)) },
      undo: { possible: false, how: "A note stays." },
      risks: [],
      why: "Somebody asked for it",
      facts: [],
    };
  },
  async execute({ text }, context) {
    await context.database.execute(
      sql`insert into test_effects (key, text) values (${context.idempotencyKey}, ${text})`,
    );
    return { summary: "The note was written", references: [{ system: "notes", id: context.idempotencyKey }] };
  },
});

export const testTools: readonly Tool[] = [count, mean, endless, slow, broken, note];

export interface World extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly person: Readonly<Record<"maya" | "arun" | "ana" | "ben", Person>>;
  /** Failures and blocked replies that were reported. */
  readonly reported: { readonly error: unknown; readonly where: string }[];
  /** Another service on the same database, as after a restart. */
  serve(provider: ModelProvider, change?: Partial<AgentServiceOptions>): AgentService;
  /** How many effects there are. */
  effects(): Promise<number>;
}

/** Rows as a log store gives them: numbers as numbers. */
async function query(database: TestDatabase, statement: string) {
  const rows = await rowsOf<Record<string, string | number | null>>(database.database, sql.raw(statement));
  const columns = Object.keys(rows[0] ?? {});
  return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) };
}

function logAccess(database: TestDatabase): LogAccess {
  const open = async (): Promise<OpenLog> => ({
    id: "log-orders",
    name: "Orders 2024",
    digest: contentHash((await query(database, "select * from test_orders order by id")).rows),
    log: tinyLog([[{ activity: "Create", at: 0 }]]),
    dialect: duckDbDialect,
    query: (statement) => query(database, statement),
  });
  return {
    open,
    list: async () => [
      { id: "log-orders", name: "Orders 2024", cases: 4, events: 8, first: null, last: null },
    ],
  };
}

/** Puts the world into an empty database. */
async function populate(database: TestDatabase): Promise<void> {
  await database.database.execute(sql`create table test_effects (key text primary key, text text not null)`);
  await database.database.execute(
    sql`create table test_orders (id text primary key, country text, amount float8, seconds float8)`,
  );
  for (const order of orders) {
    await database.database.execute(
      sql`insert into test_orders values (${order.id}, ${order.country}, ${order.amount}, ${order.seconds})`,
    );
  }
  await database.database.insert(logs).values({
    id: "log-orders",
    tenant: database.tenant,
    name: "Orders 2024",
    mapping: {},
    findings: [],
    vocabulary: {
      activities: [{ name: "Step 2", count: 4 }],
      attributes: [{ name: "country", of: "case", kind: "text", values: ["DE", "FR"], distinct: 2 }],
      hasStarts: false,
      hasTimes: true,
    },
    cases: 4,
    events: 8,
    firstEvent: new Date("2024-01-01T00:00:00Z"),
    lastEvent: new Date("2024-03-31T00:00:00Z"),
    digest: "test",
  });
}

/** The world in a database of its own, or in one that holds it already. */
export async function openWorld(existing?: TestDatabase): Promise<World> {
  const database = existing ?? (await openTestDatabase());
  const [found] = (await query(database, "select to_regclass('test_orders')::text as name")).rows;
  if (found?.[0] == null) await populate(database);
  const services: AgentService[] = [];
  const reported: World["reported"] = [];
  const head = memoryLedgerHead();
  let id = 0;
  const serve: World["serve"] = (provider, change) => {
    const service = createAgentService({
      database: database.database,
      pool: database.pool,
      registry: createRegistry(testTools),
      provider,
      logAccess: () => logAccess(database),
      importLog: async () => {
        throw new Error("not part of this world");
      },
      exportLog: async () => {
        throw new Error("not part of this world");
      },
      appendEvents: async () => {
        throw new Error("not part of this world");
      },
      evaluateWatches: async () => [],
      storeModel: async () => {
        throw new Error("not part of this world");
      },
      listModels: async () => [],
      services: {} as AgentServiceOptions["services"],
      clock: () => new Date("2026-11-16T09:00:00Z"),
      newId: () => {
        id += 1;
        return `id-${id}-${Math.random().toString(36).slice(2, 10)}`;
      },
      random: () => 0.5,
      ledgerHead: head,
      limits: { pollMilliseconds: 100 },
      // Several services share a world; left alone, none takes up what another has left.
      alone: true,
      report: (error, where) => reported.push({ error, where }),
      ...change,
    });
    services.push(service);
    return service;
  };
  const people = await listPeople(database.database, database.tenant);
  const person = Object.fromEntries(people.map((one) => [one.id, one])) as World["person"];
  return {
    database,
    person,
    reported,
    serve,
    effects: async () => (await query(database, "select key from test_effects")).rows.length,
    async [Symbol.asyncDispose]() {
      for (const service of services) await service.close();
      await database.close();
    },
  };
}

export async function collect(events: AsyncIterable<ThreadEvent>): Promise<ThreadEvent[]> {
  const all: ThreadEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
