/** Turns the model's last message into a reply: rendered, verified, recorded. What cannot be verified is not sent. */
import { type AIMessage, HumanMessage } from "@langchain/core/messages";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { and, eq, inArray } from "drizzle-orm";
import { updateThread } from "../../db/queries/threads.ts";
import { facts } from "../../db/schema/index.ts";
import { type Fact, isWrite, type ReadTool } from "../../tools/define.ts";
import { UnverifiedReplyError } from "../errors.ts";
import { allowedIn, wholeSentences } from "../evidence/allowed.ts";
import { type Doubt, doubtsInShort, explainDoubt, recomputationDoubts } from "../evidence/verify.ts";
import { standInText } from "../model/offline/stand-in.ts";
import { alsoTranslated } from "../model/offline/translate.ts";
import type { FinalParts } from "../model/provider.ts";
import { goesOn } from "../plans/words.ts";
import { rememberQuestion } from "../remembered.ts";
import type { PlanReport } from "../service.ts";
import { storable } from "../threads/events.ts";
import { traced } from "../tracing/step.ts";
import { type CheckedReply, type CheckOptions, checkReply } from "./check-reply.ts";
import { compose, type Draft, emptyParts, lastResort } from "./compose.ts";
import { withTracedQueries } from "./context.ts";
import { closePlan, reportOf } from "./monitor.ts";
import { providerOf } from "./plan.ts";
import { deltas, replyOf } from "./reply.ts";
import type { GraphServices, LiveTurn } from "./run.ts";
import type { RunStateUpdate, RunStateValue } from "./state.ts";
import { supersedeFor } from "./supersede.ts";

export function answerNode(services: GraphServices) {
  return async (state: RunStateValue, config: LangGraphRunnableConfig): Promise<RunStateUpdate> => {
    const turn = services.turnOf(config);
    turn.signal.throwIfAborted();
    const plan = state.runPlan === null ? null : await closePlan(turn, state.runPlan);
    const closed = { ...state, runPlan: plan };
    const report = reportOf(plan);
    const said = state.remark === null ? (state.messages.at(-1) as AIMessage) : null;
    const draft = said === null ? compose(state.outcomes.slice(state.told), state.remark!) : draftOf(said);
    const options = await checkOptions(services, turn, closed, draft, report);
    const checked = await look(services, turn, withNotes(state, report, draft, options.language), options);
    if (checked.doubts.length > 0) {
      reportDoubts(services, turn, checked.doubts);
      if (said !== null && options.byLanguageModel && state.blocked === 0)
        return sayAgain(state, checked.doubts);
    }
    const good =
      checked.doubts.length === 0 ? { draft, checked } : await saved(services, turn, closed, report, options);
    await finish(services, turn, closed, report, good.draft, good.checked, options.language);
    return { next: "end", runPlan: plan };
  };
}

function draftOf(said: AIMessage): Draft {
  const parts = said.additional_kwargs["millwright"] as FinalParts | undefined;
  return { text: said.text, parts: parts === undefined ? null : { ...emptyParts, ...parts } };
}

/** Of a turn that goes on with a plan: whether the change before it was carried out. */
function goingOn({ request, runPlan }: RunStateValue): readonly string[] {
  if (request?.resumes === undefined || runPlan === null) return [];
  const refused = runPlan.steps.some(({ state, onceDecided }) => state === "skipped" && onceDecided !== null);
  return [goesOn(!refused, runPlan.language)];
}

const standInNote = ({ fellBack }: RunStateValue, language: string): string | null =>
  fellBack === null ? null : standInText(fellBack, language);

/** With who answered where another was to, and what was done of a plan and what was not. */
function withNotes(state: RunStateValue, report: PlanReport | null, draft: Draft, language: string): Draft {
  const note = standInNote(state, language);
  const resumed = goingOn(state);
  // Readings that were run beside each other to ask which is meant are no plan that was carried out.
  const onlyAsks = draft.parts?.clarification != null && report?.steps.every(({ state }) => state === "done");
  const closing = report === null || onlyAsks ? [] : [report.closing];
  const notes = [...(note === null ? [] : [`(${note})`]), ...closing];
  return { ...draft, text: [...resumed, draft.text, ...notes].filter((part) => part !== "").join("\n\n") };
}

async function checkOptions(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  draft: Draft,
  report: PlanReport | null,
): Promise<CheckOptions> {
  const language = draft.parts?.language ?? turn.briefing.language ?? "en";
  const { briefing, request } = turn;
  const known = await knownFacts(services, turn, state, draft);
  const allowed = allowedIn({
    facts: [...known.values()],
    text: request.text,
    language,
    zone: request.zone,
    now: new Date(request.now),
    outcomes: state.outcomes,
    logs: briefing.log === null ? briefing.logs : [briefing.log, ...briefing.logs],
    proposals: briefing.proposals,
    limits: briefing.kpis.flatMap(({ limit }) => (limit === null ? [] : [limit])),
  });
  const note = standInNote(state, language);
  const phrases = [
    ...(report === null ? [] : [report.closing]),
    ...(note === null ? [] : [note]),
    ...(briefing.remembered?.definitions ?? []).map(({ text }) => text),
    ...alsoTranslated([...allowed.phrases, ...wholeSentences(state.outcomes)], language),
  ];
  return {
    facts: known,
    language,
    allowed: { ...allowed, phrases },
    byLanguageModel: state.fellBack === null && providerOf(services, state).name !== "built-in",
  };
}

/** Facts that code established: in this turn, in earlier replies, or kept in the table under the same hash. */
async function knownFacts(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  draft: Draft,
): Promise<ReadonlyMap<string, Fact>> {
  const made = state.outcomes.flatMap((outcome) => {
    if (outcome.kind === "result") return outcome.result.facts;
    return outcome.kind === "proposal" ? outcome.proposal.preview.facts : [];
  });
  const pending = turn.briefing.proposals.flatMap(({ preview }) => preview.facts);
  const brought = await keptFacts(services, turn.request.tenant, draft.parts?.facts ?? []);
  const all = [...turn.earlierFacts, ...pending, ...brought, ...made];
  return new Map(all.map((fact) => [fact.id, fact]));
}

/** Of the facts a planner brings along, those that a tool once established. */
async function keptFacts(
  services: GraphServices,
  tenant: string,
  brought: readonly Fact[],
): Promise<readonly Fact[]> {
  if (brought.length === 0) return [];
  const ids = brought.map(({ id }) => id);
  const rows = await services.options.database
    .select({ id: facts.id, hash: facts.hash, value: facts.value, unit: facts.unit, sql: facts.sql })
    .from(facts)
    .where(and(eq(facts.tenant, tenant), inArray(facts.id, ids)));
  const kept = new Map(rows.map((row) => [row.id, row]));
  return brought.filter((fact) => {
    const row = kept.get(fact.id);
    return (
      row?.hash === fact.hash && row.value === fact.value && row.unit === fact.unit && row.sql === fact.sql
    );
  });
}

/** Checks the words, then asks every used fact's query again. */
async function look(
  services: GraphServices,
  turn: LiveTurn,
  draft: Draft,
  options: CheckOptions,
): Promise<CheckedReply> {
  return traced({ kind: "verify" }, async (step) => {
    const checked = checkReply(draft, options);
    const access = services.options.logAccess(turn.request.tenant, turn.briefing.log?.id ?? null);
    const logs = { ...access, open: async (log?: string) => withTracedQueries(await access.open(log)) };
    const doubts = checked.doubts.length > 0 ? checked.doubts : await recomputationDoubts(checked.used, logs);
    step.set({ "millwright.facts": checked.used.length, "millwright.doubts": doubts.length });
    return { ...checked, doubts };
  });
}

function reportDoubts(services: GraphServices, turn: LiveTurn, doubts: readonly Doubt[]): void {
  services.report(new UnverifiedReplyError(turn.request.turn, doubtsInShort(doubts)), "answer");
}

/** A language model may write its reply once more. */
function sayAgain(state: RunStateValue, doubts: readonly Doubt[]): RunStateUpdate {
  const reasons = [...new Set(doubts.map(explainDoubt))].slice(0, 12).join("\n- ");
  const note = new HumanMessage(
    `(From Millwright, not from the person.) Your reply was not sent:\n- ${reasons}\nWrite it again. Figures only as {{factId}}; no other numbers.`,
  );
  return { messages: [...state.messages, note], blocked: 1, next: "plan" };
}

/** What code composes from the tools' answers, or at last a sentence without figures. */
async function saved(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  report: PlanReport | null,
  options: CheckOptions,
): Promise<{ draft: Draft; checked: CheckedReply }> {
  const composed = withNotes(
    state,
    report,
    compose(state.outcomes.slice(state.told), state.remark ?? "unverified"),
    options.language,
  );
  const plain = { ...options, byLanguageModel: false };
  const checked = await look(services, turn, composed, plain);
  if (checked.doubts.length === 0) return { draft: composed, checked };
  reportDoubts(services, turn, checked.doubts);
  return { draft: lastResort, checked: checkReply(lastResort, plain) };
}

async function finish(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  report: PlanReport | null,
  draft: Draft,
  checked: CheckedReply,
  language: string,
): Promise<void> {
  const { tenant, thread } = turn.request;
  await supersedeFor(services, turn, state, draft.parts?.supersedes ?? []);
  const reply = replyOf(turn, state, checked, {
    language,
    planner: providerOf(services, state).name,
    registry: services.options.registry,
    report,
  });
  const log =
    draft.parts?.log ??
    turn.briefing.log?.id ??
    reply.facts.find((fact) => fact.source.kind === "log")?.source;
  await updateThread(services.options.database, tenant, thread, {
    language,
    ...(draft.parts === null ? {} : { state: storable(draft.parts.state) }),
    ...(typeof log === "string" ? { log } : log?.kind === "log" ? { log: log.log } : {}),
  });
  await turn.recorder.record(...deltas(reply.reply), { type: "reply", reply });
  await keepQuestion(services, turn, state, language);
}

/** A question that was answered can be found again; whether that is kept decides nothing about the reply. */
async function keepQuestion(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  language: string,
): Promise<void> {
  const { registry, memory, clock } = services.options;
  const recorded = (tool: string): boolean => {
    const found = registry.find(tool);
    return found !== null && !isWrite(found) && (found as ReadTool).unrecorded !== true;
  };
  const answered = state.outcomes.some(({ kind, tool }) => kind === "result" && recorded(tool));
  if (!answered || turn.person === null) return;
  try {
    await rememberQuestion(memory, { ...turn.request, language }, clock());
  } catch (error) {
    services.report(error, "memory");
  }
}
