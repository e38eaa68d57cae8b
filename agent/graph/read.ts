/** Runs the reads and drafts of a checked plan, side by side, and keeps what they found. */

import { isDeepStrictEqual } from "node:util";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { analyses, facts } from "../../db/schema/index.ts";
import { MillwrightError, toProblem } from "../../errors.ts";
import {
  type Fact,
  isWrite,
  type Message,
  type ReadTool,
  type ToolContext,
  type ToolResult,
} from "../../tools/define.ts";
import { abortable } from "../abortable.ts";
import type { ToolOutcome } from "../model/provider.ts";
import type { AgentServiceOptions } from "../options.ts";
import { type RunPlan, type StepChange, stepOfCall } from "../plans/plan.ts";
import { storable } from "../threads/events.ts";
import { traced } from "../tracing/step.ts";
import { takesCalendar } from "./check-plan.ts";
import { toolContext } from "./context.ts";
import { limitWords } from "./monitor.ts";
import { trackPlan } from "./progress.ts";
import { type GraphServices, type LiveTurn, recordCall } from "./run.ts";
import type { CheckedCall, RunStateUpdate, RunStateValue } from "./state.ts";
import { toolMessage } from "./tool-message.ts";

/** Reads that run at the same time. */
const abreast = 4;

export function readNode(services: GraphServices) {
  return async (state: RunStateValue, config: LangGraphRunnableConfig): Promise<RunStateUpdate> => {
    const turn = services.turnOf(config);
    const reads = state.calls.flatMap((call): { call: CheckedCall; tool: ReadTool }[] => {
      const tool = services.options.registry.find(call.tool);
      return tool === null || isWrite(tool) ? [] : [{ call, tool: tool as ReadTool }];
    });
    const progress = trackPlan(
      turn,
      state.runPlan,
      state.calls.map(({ id }) => id),
    );
    const found = await mapAbreast(reads, abreast, async ({ call, tool }) => {
      await progress.begin(call.id);
      const outcome = madeEarlier(state, call) ?? (await runRead(services, turn, state.runPlan, call, tool));
      await progress.end(call.id, endOf(services, turn, outcome));
      return outcome;
    });
    return {
      runPlan: progress.plan(),
      elapsed: turn.pace.elapsed(),
      outcomes: [...state.outcomes, ...found],
      messages: [
        ...state.messages,
        ...found.map((outcome, index) => toolMessage(reads[index]!.call.id, outcome)),
      ],
    };
  };
}

/** What the same call came to before another provider took the turn over. */
const madeEarlier = ({ earlier }: RunStateValue, call: CheckedCall): ToolOutcome | undefined =>
  earlier.find(
    ({ kind, tool, input }) =>
      kind === "result" && tool === call.tool && isDeepStrictEqual(input, call.input),
  );
/** How a step ended whose call came to this. */
export function endOf(services: GraphServices, turn: LiveTurn, outcome: ToolOutcome): StepChange {
  if (outcome.kind === "result") return { state: "done" };
  if (outcome.kind === "proposal")
    return { state: "done", tool: outcome.tool, proposals: [outcome.proposal.id] };
  if (!turn.pace.signal.aborted) return { state: "failed", note: outcome.detail };
  return { state: "stopped", note: limitWords(services, "time", turn.briefing.language ?? "en") };
}

/** Results in the order of the items, at most `width` at a time; the first failure ends it. */
async function mapAbreast<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Result | Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

/** A call that works for so many milliseconds is told of, whether its tool tells of its progress or not: it can be stopped. */
const takesLong = 2_000;

async function runRead(
  services: GraphServices,
  turn: LiveTurn,
  plan: RunPlan | null,
  call: CheckedCall,
  tool: ReadTool,
): Promise<ToolOutcome> {
  const context = contextFor(services, turn, call.id, () => clearTimeout(late));
  const title = (plan === null ? undefined : stepOfCall(plan, call.id)?.title) ?? tool.name;
  const late = setTimeout(() => context.progress(title), takesLong);
  try {
    const found = await traced(
      { kind: "tool", tool: tool.name, ...stepAttribute(plan, call.id) },
      async (step) => {
        const work = executeRead(services.options, tool, call.input, context);
        const executed = await abortable(work, context.signal);
        step.set({ "millwright.facts": executed.facts.length });
        return executed;
      },
    );
    const byTheClock = turn.request.calendar !== undefined && !takesCalendar(tool) && hasDurations(found);
    const result = byTheClock ? withNote(found, clockNote) : found;
    await recordCall(turn, call.id, {
      type: "result",
      call: call.id,
      tool: tool.name,
      views: result.views,
      facts: result.facts,
    });
    return { kind: "result", tool: tool.name, input: call.input, result };
  } catch (error) {
    if (turn.signal.aborted) throw turn.signal.reason;
    if (turn.pace.signal.aborted) return outOfTime(services, turn, call);
    return problemOutcome(services, call, error);
  } finally {
    clearTimeout(late);
  }
}

export const stepAttribute = (plan: RunPlan | null, call: string): { readonly step?: string } => {
  const step = plan === null ? undefined : stepOfCall(plan, call);
  return step === undefined ? {} : { step: step.id };
};

export function outOfTime(
  services: GraphServices,
  turn: LiveTurn,
  { tool, input }: CheckedCall,
): ToolOutcome {
  const detail = limitWords(services, "time", turn.briefing.language ?? "en");
  return { kind: "problem", tool, input, title: "Out of time", detail };
}

const clockNote: Message = {
  text: "Durations here are by the clock: this is not counted by a calendar.",
};

const hasDurations = ({ facts: figures, views }: ToolResult<unknown>): boolean =>
  figures.some(({ unit }) => unit === "s") ||
  views.some((view) => view.kind === "table" && view.columns.some(({ unit }) => unit === "s"));

/** Asked for business time, an answer that has none says so. */
const withNote = <Data>(result: ToolResult<Data>, note: Message): ToolResult<Data> => ({
  ...result,
  answer: { ...result.answer, notes: [...(result.answer.notes ?? []), note] },
});

/** A tool's failure as the model and the person hear of it; what is not meant for them goes to the report. */
export function problemOutcome(services: GraphServices, call: CheckedCall, error: unknown): ToolOutcome {
  if (!(error instanceof MillwrightError)) services.report(error, call.tool);
  const { title, detail, remedy } = toProblem(error);
  const { tool, input } = call;
  return { kind: "problem", tool, input, title, detail, ...(remedy === undefined ? {} : { remedy }) };
}

/** @param onProgress is told when the tool tells of its progress */
export const contextFor = (
  services: GraphServices,
  turn: LiveTurn,
  call: string,
  onProgress?: () => void,
): ToolContext =>
  toolContext(services.options, {
    tenant: turn.request.tenant,
    person: turn.person,
    thread: turn.request.thread,
    log: turn.briefing.log?.id ?? null,
    now: new Date(turn.request.now),
    zone: turn.request.zone,
    signal: AbortSignal.any([turn.signal, turn.pace.signal]),
    progress: (message, share) => {
      onProgress?.();
      turn.recorder.note({ type: "progress", call, message, share: share ?? null });
    },
  });

/** Executes a read and keeps the analysis and its facts. */
export async function executeRead(
  options: Pick<AgentServiceOptions, "database" | "newId">,
  tool: ReadTool,
  input: unknown,
  context: ToolContext,
): Promise<ToolResult<unknown>> {
  context.signal.throwIfAborted();
  const result = await tool.execute(input, context);
  context.signal.throwIfAborted();
  if (tool.unrecorded === true) {
    await keepFacts(options, context.tenant, result.facts, null);
    return result;
  }
  const analysis = options.newId();
  await options.database.insert(analyses).values({
    id: analysis,
    tenant: context.tenant,
    thread: context.thread,
    person: context.person?.id ?? null,
    log: logOf(result.facts),
    tool: tool.name,
    toolVersion: tool.version,
    input: storable(input ?? null),
    result: storable({ data: result.data ?? null, facts: result.facts.map(({ id }) => id) }),
  });
  await keepFacts(options, context.tenant, result.facts, analysis);
  return result;
}

const logOf = (found: readonly Fact[]): string | null => {
  const source = found.find((fact) => fact.source.kind === "log")?.source;
  return source?.kind === "log" ? source.log : null;
};

/** Keeps facts under their content's id; one that is there already stays as it is. */
export async function keepFacts(
  options: Pick<AgentServiceOptions, "database">,
  tenant: string,
  found: readonly Fact[],
  analysis: string | null,
): Promise<void> {
  const unique = [...new Map(found.map((fact) => [fact.id, fact])).values()];
  if (unique.length === 0) return;
  await options.database
    .insert(facts)
    .values(
      unique.map((fact) => ({
        tenant,
        analysis,
        ...fact,
        label: storable(fact.label),
        source: storable(fact.source),
      })),
    )
    .onConflictDoNothing();
}
