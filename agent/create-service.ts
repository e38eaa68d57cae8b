/** Puts the one door to the agent together. */
import { randomUUID } from "node:crypto";
import { lexicalEmbedder } from "../memory/embed.ts";
import { createMemory } from "../memory/memory.ts";
import { isWrite, type WriteTool } from "../tools/define.ts";
import { createAnalysis } from "./analysis.ts";
import type { ExecutorPorts } from "./approvals/execute.ts";
import type { Gate } from "./approvals/gate.ts";
import { fileLedgerHead } from "./approvals/ledger-head.ts";
import { policyFor } from "./approvals/policy.ts";
import { createBackground } from "./background.ts";
import { createConversation } from "./conversation.ts";
import { createDecisions } from "./decisions.ts";
import { executorContext } from "./executor-context.ts";
import { createGraphRuns } from "./graph-runs.ts";
import { createLibrary } from "./library.ts";
import { type Budget, budgetText } from "./model/budget.ts";
import { pricesAsOf } from "./model/prices.ts";
import { type AgentServiceOptions, defaultLimits, type Limits, type ServiceOptions } from "./options.ts";
import { createOversight } from "./oversight.ts";
import { createPeople } from "./people.ts";
import { createPipeline } from "./pipeline.ts";
import { settle } from "./proposals.ts";
import type { AgentService } from "./service.ts";
import { createLeases } from "./threads/lease.ts";
import { createLive } from "./threads/live.ts";
import { createReading } from "./threads/reading.ts";
import { createTracing } from "./tracing/tracing.ts";

/** Between two rounds of taking expired memories away and embedding what a new embedder has not seen, in milliseconds. */
const memoryUpkeep = 10 * 60_000;

const reportToStandardError = (error: unknown, where: string): void => {
  console.error(`millwright ${where}:`, error);
};

/** The options with the room that keeps what people want remembered, and what the agent's own tools are told of it. */
function withOwnWorld(options: AgentServiceOptions): ServiceOptions {
  const { database, newId, embedder = lexicalEmbedder } = options;
  const report = options.report ?? reportToStandardError;
  const memory = createMemory({
    database,
    embedder,
    newId,
    ...(options.fillersOf === undefined ? {} : { fillersOf: options.fillersOf }),
    report: (error) => report(error, "embedder"),
  });
  const agent = {
    planner: options.provider.name,
    pricesAsOf: options.provider.pricesAsOf ?? pricesAsOf,
    budgets: budgetsOf({ ...defaultLimits, ...options.limits }),
    embedder: embedder.name,
    exportsTraces: (options.spanProcessors ?? []).length > 0,
    policies: options.registry.list().filter(isWrite).map(policyOfTool),
  };
  const tracing = createTracing({
    database,
    processors: options.spanProcessors ?? [],
    report,
  });
  return { ...options, memory, tracing, services: { ...options.services, memory, agent } };
}

function budgetsOf({ budgets }: Limits) {
  const told = (budget: Budget) => ({ ...budget, text: budgetText(budget) });
  return { turn: told(budgets.turn), person: told(budgets.person), tenant: told(budgets.tenant) };
}

function policyOfTool(tool: WriteTool) {
  const { name: policy, role, quorum, hours, words } = policyFor(tool);
  return { tool: tool.name, risk: tool.risk, policy, role, quorum, hours, words };
}

/**
 * The agent over its ports. Turns that a process which is gone left unfinished go on in the background as soon as the
 * service is made; `close` waits for what runs.
 */
export function createAgentService(given: AgentServiceOptions): AgentService {
  const options = withOwnWorld(given);
  const limits = { ...defaultLimits, ...options.limits };
  const report = options.report ?? reportToStandardError;
  const { database } = options;
  const runner = randomUUID();
  const gate: Gate = {
    database,
    head: typeof options.ledgerHead === "string" ? fileLedgerHead(options.ledgerHead) : options.ledgerHead,
  };
  const ports: ExecutorPorts = {
    gate,
    executor: runner,
    findTool: (name) => options.registry.find(name) ?? undefined,
    makeContext: executorContext(options),
    trace: ({ tenant, thread, turn, tool }, work) =>
      options.tracing.run({ tenant, thread, turn }, { kind: "execution", tool }, work),
    report,
  };
  const live = createLive(limits.pollMilliseconds);
  const background = createBackground(report);
  const proposals = { ports, live };
  const runs = createGraphRuns({
    options,
    limits,
    gate,
    report,
    settle: async (tenant, proposal) => {
      await settle(proposals, tenant, proposal);
    },
  });
  const leases = createLeases({ database, runner, report: (error) => report(error, "lease"), ...limits });
  const shared = { options, limits, live, leases, runs, gate, ports, report, background: background.run };
  const conversation = createConversation(shared);
  const decisions = createDecisions({ ...shared, continuePlan: conversation.continuePlan });
  const { send, ask, stop, stopTurn } = conversation;

  const takeUp = (): Promise<unknown> => Promise.all([conversation.recover(), decisions.recover()]);
  background.run(takeUp(), "recover");
  const upkeep = setInterval(
    () => background.run(takeUp(), "recover"),
    Math.max(1000, limits.leaseMilliseconds / 6),
  );
  if (options.alone === true) clearInterval(upkeep);
  upkeep.unref();
  const closing = new AbortController();
  const maintain = (): void => background.run(options.memory.maintain(closing.signal), "memory");
  maintain();
  const remembering = setInterval(maintain, memoryUpkeep).unref();
  return {
    send,
    ask,
    stop,
    stopTurn,
    ...createReading(shared),
    ...decisions.service,
    ...createAnalysis(shared),
    ...createLibrary(shared),
    ...createOversight(shared),
    ...createPeople(database),
    ...createPipeline(shared),
    async close() {
      clearInterval(upkeep);
      clearInterval(remembering);
      closing.abort();
      conversation.close();
      await background.settled();
      await options.tracing.close();
    },
  };
}
