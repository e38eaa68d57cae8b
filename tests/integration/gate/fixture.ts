/** A gate on a test database, with a write whose effects can be counted. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { CrashPoint, ExecutorPorts } from "../../../agent/approvals/execute.ts";
import type { Gate, ProposalRow } from "../../../agent/approvals/gate.ts";
import { anchorLedger } from "../../../agent/approvals/ledger.ts";
import { fileLedgerHead } from "../../../agent/approvals/ledger-head.ts";
import type { ApprovalPolicy } from "../../../agent/approvals/policy.ts";
import { createProposals } from "../../../agent/approvals/proposal.ts";
import type { DecideRequest } from "../../../agent/service.ts";
import type { Database } from "../../../db/client.ts";
import { personById } from "../../../db/queries/people.ts";
import type { Person, Preview, ToolContext, WriteTool } from "../../../tools/define.ts";
import { writeTool } from "../../../tools/define.ts";
import { openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";

/** The other system: one effect a key, however often it is asked. */
export interface OtherSystem {
  act(key: string, input: LimitInput): Promise<string>;
  /** The effect's own id, or null when there is none. */
  find(key: string): Promise<string | null>;
}

const LimitInput = z.object({ order: z.string(), limit: z.number() });
export type LimitInput = z.infer<typeof LimitInput>;

/** Sets an order's limit in another system, which honours idempotency keys. */
export function limitTool(
  other: OtherSystem,
  changes: Partial<WriteTool<LimitInput>> = {},
): WriteTool<LimitInput> {
  return writeTool<LimitInput>({
    name: "test.limit",
    version: 1,
    risk: "write",
    description: "Sets the limit of an order.",
    examples: { en: ["set the limit of order 7 to 500"] },
    input: LimitInput,
    preview: async (input) => previewOf(input),
    async execute(input, { idempotencyKey }) {
      const id = await other.act(idempotencyKey, input);
      return { summary: `Limit ${input.limit} set`, references: [{ system: "orders", id }], data: input };
    },
    async reconcile(_input, { idempotencyKey }) {
      const id = await other.find(idempotencyKey);
      if (id === null) return { state: "not-done" };
      return { state: "done", receipt: { summary: "Limit set", references: [{ system: "orders", id }] } };
    },
    repeatable: () => true,
    undo: ({ order }) => ({ tool: "test.limit", input: { order, limit: 0 } }),
    ...changes,
  });
}

export const previewOf = ({ order, limit }: LimitInput): Preview => ({
  action: "Set the limit",
  summary: `Order ${order} gets the limit ${limit}`,
  changes: [{ what: "limit", before: 0, after: limit }],
  affected: { count: 1, unit: "orders", examples: [order] },
  undo: { possible: true, how: "the limit is set back" },
  risks: [],
  why: "a test asked for it",
  facts: [],
});

export interface CountingSystem extends OtherSystem {
  readonly effects: ReadonlyMap<string, LimitInput>;
  /** The key of every request to act. */
  readonly requests: readonly string[];
}

/** Another system in this process. */
export function countingSystem(): CountingSystem {
  const effects = new Map<string, LimitInput>();
  const requests: string[] = [];
  return {
    effects,
    requests,
    async act(key, input) {
      requests.push(key);
      if (!effects.has(key)) effects.set(key, input);
      return `E-${key}`;
    },
    find: async (key) => (effects.has(key) ? `E-${key}` : null),
  };
}

export function testContext(database: Database, tenant: string, person: Person | null): ToolContext {
  return {
    tenant,
    person,
    thread: "thread",
    now: new Date(),
    zone: "UTC",
    signal: new AbortController().signal,
    database,
    logs: { open: () => Promise.reject(new Error("no logs in this test")), list: async () => [] },
    services: {},
    progress: () => undefined,
    fact: () => {
      throw new Error("no facts in this test");
    },
    random: Math.random,
  };
}

export interface TestGate {
  readonly test: TestDatabase;
  readonly gate: Gate;
  readonly tenant: string;
  readonly database: Database;
  readonly headFile: string;
  person(id: string): Promise<Person>;
  propose(tool: WriteTool<LimitInput>, ...requests: Request[]): Promise<ProposalRow[]>;
  decide(id: string, person: string, changes?: Partial<DecideRequest>): Promise<DecideRequest>;
  ports(tool: WriteTool<LimitInput>, crash?: (point: CrashPoint) => void | Promise<void>): ExecutorPorts;
  close(): Promise<void>;
}

interface Request {
  readonly input: LimitInput;
  readonly by?: string;
  readonly policies?: readonly ApprovalPolicy[];
}

let executors = 0;

export async function openTestGate(): Promise<TestGate> {
  const test = await openTestDatabase();
  const { database, tenant } = test;
  const folder = await mkdtemp(join(tmpdir(), "millwright-gate-"));
  const headFile = join(folder, "ledger-head.json");
  const gate: Gate = { database, head: fileLedgerHead(headFile) };
  await anchorLedger(gate, tenant);
  const person = async (id: string): Promise<Person> => (await personById(database, tenant, id))!;
  return {
    test,
    gate,
    tenant,
    database,
    headFile,
    person,
    async propose(tool, ...requests) {
      const made: ProposalRow[] = [];
      for (const { input, by = "maya", policies } of requests) {
        const context = testContext(database, tenant, await person(by));
        const batch = {
          requests: [{ tool, input }],
          context,
          ...(policies === undefined ? {} : { policies }),
        };
        made.push(...(await createProposals(gate, batch)));
      }
      return made;
    },
    decide: async (id, who, changes = {}) => ({
      person: await person(who),
      tenant,
      proposal: id,
      verdict: "approve",
      channel: "web",
      ...changes,
    }),
    ports: (tool, crash) => portsFor(gate, tool, crash),
    async close() {
      await test.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An executor of its own: every call stands for another process. */
export function portsFor(
  gate: Gate,
  tool: WriteTool<LimitInput>,
  crash?: (point: CrashPoint) => void | Promise<void>,
): ExecutorPorts {
  executors += 1;
  return {
    gate,
    findTool: (name) => (name === tool.name ? tool : undefined),
    makeContext: async (row) => testContext(gate.database, row.tenant, null),
    executor: `executor-${process.pid}-${executors}`,
    report: (error, where) => {
      throw new Error(where, { cause: error });
    },
    ...(crash === undefined ? {} : { crash }),
  };
}
