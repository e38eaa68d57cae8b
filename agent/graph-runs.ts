/** Runs the graph: loads it when the first turn begins, gives each run its live side, resumes what waits. */
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { abortable } from "./abortable.ts";
import type { Gate } from "./approvals/gate.ts";
import type { RunGraph } from "./graph/graph.ts";
import type { GraphServices, LiveTurn } from "./graph/run.ts";
import type { RunStateValue, TurnRequest } from "./graph/state.ts";
import type { Limits, ServiceOptions } from "./options.ts";
import { afterDecisions } from "./plans/plan.ts";
import { notDecidedFor } from "./plans/words.ts";
import { proposalsOfTurn } from "./proposals.ts";

export interface GraphRuns {
  /** Runs a turn from its beginning, or from where a process that is gone left it. */
  runTurn(turn: LiveTurn): Promise<void>;
  /** Lets a turn's proposals wait in a run of their own. */
  wait(request: TurnRequest, proposals: readonly string[]): Promise<void>;
  /** Resumes the run that waits for a turn's proposals, if there is one: it looks at the rows. */
  resume(turn: string): Promise<void>;
}

export interface GraphRunsServices {
  readonly options: ServiceOptions;
  readonly limits: Limits;
  readonly gate: Gate;
  settle(tenant: string, proposal: string): Promise<void>;
  report(error: unknown, where: string): void;
}

/** Steps of LangGraph: each model call takes three, and a fallback may begin again. */
const recursionLimit = (limits: Limits): number => 10 + 8 * limits.steps;

const batchOf = (turn: string): string => `batch:${turn}`;

export function createGraphRuns(services: GraphRunsServices): GraphRuns {
  const turns = new Map<string, LiveTurn>();
  const graphServices: GraphServices = {
    ...services,
    turnOf(config: LangGraphRunnableConfig) {
      const id = String(config.configurable?.["thread_id"]);
      const turn = turns.get(id);
      if (turn === undefined) throw new Error(`Run ${id} is not a turn of this process`);
      return turn;
    },
  };
  let loading: Promise<RunGraph> | null = null;
  const graph = (): Promise<RunGraph> => {
    loading ??= loadGraph(graphServices).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  const oneAtATime = createMutex();
  /** The state that a turn begins with: an empty one, or what the turn left whose plan it goes on with. */
  const beginning = async (loaded: RunGraph, request: TurnRequest) => {
    const fresh = { kind: "turn" as const, request };
    if (request.resumes === undefined) return fresh;
    const left = (await loaded.getState({ configurable: { thread_id: request.resumes } }))
      .values as RunStateValue;
    if (left.runPlan == null) return fresh;
    const rows = await proposalsOfTurn(services.options.database, request.tenant, request.resumes);
    const states = new Map(rows.map(({ id, state }) => [id, state]));
    const { language } = left.runPlan;
    const runPlan = afterDecisions(
      left.runPlan,
      (id) => states.get(id),
      (_step, state) => notDecidedFor(state, language),
    );
    const { messages, outcomes } = left;
    return { ...fresh, messages, outcomes, runPlan, told: outcomes.length };
  };

  return {
    async runTurn(turn) {
      const loaded = await graph();
      const id = turn.request.turn;
      const config = { configurable: { thread_id: id } };
      turns.set(id, turn);
      try {
        const saved = await loaded.getState(config);
        const begun = saved.config.configurable?.["checkpoint_id"] !== undefined;
        turn.pace.begin(begun ? (saved.values.elapsed ?? 0) : 0);
        const input = begun ? null : await beginning(loaded, turn.request);
        await abortable(
          loaded.invoke(input, {
            ...config,
            signal: turn.signal,
            recursionLimit: recursionLimit(services.limits),
            durability: "sync",
          }),
          turn.signal,
        );
      } finally {
        turn.pace.end();
        turns.delete(id);
      }
    },
    async wait(request, proposals) {
      const loaded = await graph();
      const config = { configurable: { thread_id: batchOf(request.turn) }, durability: "sync" as const };
      await oneAtATime(batchOf(request.turn), async () => {
        const snapshot = await loaded.getState(config);
        if (snapshot.config.configurable?.["checkpoint_id"] !== undefined) return;
        await loaded.invoke({ kind: "batch", request, batch: [...proposals] }, config);
      });
    },
    async resume(turn) {
      const [loaded, { Command }] = await Promise.all([graph(), import("@langchain/langgraph")]);
      const config = { configurable: { thread_id: batchOf(turn) }, durability: "sync" as const };
      await oneAtATime(batchOf(turn), async () => {
        const snapshot = await loaded.getState(config);
        if (snapshot.next.length > 0) await loaded.invoke(new Command({ resume: true }), config);
      });
    },
  };
}

async function loadGraph(services: GraphServices): Promise<RunGraph> {
  const [{ buildGraph }, { openCheckpointer }] = await Promise.all([
    import("./graph/graph.ts"),
    import("../memory/checkpoints.ts"),
  ]);
  return buildGraph(services, await openCheckpointer(services.options.pool));
}

/** Runs pieces of work of one name one after another. */
function createMutex(): <Result>(name: string, work: () => Promise<Result>) => Promise<Result> {
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const mine = (tails.get(name) ?? Promise.resolve()).then(work, work);
    tails.set(name, mine);
    const forget = (): void => {
      if (tails.get(name) === mine) tails.delete(name);
    };
    mine.then(forget, forget);
    return mine;
  };
}
