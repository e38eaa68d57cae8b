/**
 * What a run of the graph keeps between its steps; every field is JSON or a LangChain message, so that a checkpoint
 * holds it. A `turn` run answers one message; a `batch` run waits for the decisions on one turn's proposals.
 */
import type { BaseMessage } from "@langchain/core/messages";
import { Annotation } from "@langchain/langgraph";
import type { CalendarChoice } from "../../tools/inputs.ts";
import { nothingSpent, type Spent } from "../model/budget.ts";
import type { Absence } from "../model/offline/stand-in.ts";
import type { ToolOutcome } from "../model/provider.ts";
import type { RunPlan } from "../plans/plan.ts";
import type { PlanLimit } from "../plans/words.ts";
import type { SendRequest } from "../service.ts";

/** A message and its circumstances, as JSON. */
export interface TurnRequest {
  readonly tenant: string;
  readonly thread: string;
  readonly turn: string;
  /** Null: a viewer without a name. */
  readonly person: string | null;
  readonly channel: SendRequest["channel"];
  readonly text: string;
  /** Log id or name. */
  readonly log: string | null;
  /** ISO 8601. */
  readonly now: string;
  readonly zone: string;
  /** The turn whose plan this one goes on with, after its proposals were decided. */
  readonly resumes?: string;
  /** What the message asks to count by, whatever its words say; by them where it is absent. */
  readonly calendar?: CalendarChoice;
}

/** A call that was checked: the tool exists, the person may ask for it, the input fits. */
export interface CheckedCall {
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
}

/** Why the model's own words are not used; code composes the reply from what the tools found. */
export type Remark =
  | "limit"
  | "time"
  | "budget"
  | "day-budget"
  | "refused"
  | "truncated"
  | "unverified"
  | "unavailable"
  | "bad-plan";

const latest = <Value>(initial: Value) =>
  Annotation<Value>({ reducer: (_old, value) => value, default: () => initial });

export const RunState = Annotation.Root({
  kind: latest<"turn" | "batch">("turn"),
  request: latest<TurnRequest | null>(null),
  messages: latest<readonly BaseMessage[]>([]),
  /** What the calls of this turn came to, in the order of the calls. */
  outcomes: latest<readonly ToolOutcome[]>([]),
  /** The checked calls of the current plan. */
  calls: latest<readonly CheckedCall[]>([]),
  /** Model calls so far. */
  steps: latest(0),
  /** Plans that were handed back for correction. */
  repairs: latest(0),
  /** Replies that were blocked. */
  blocked: latest(0),
  /** What the language model has used in this turn. */
  spent: latest<Spent>(nothingSpent),
  /** Why the fallback answers instead of the provider; null while the provider does. */
  fellBack: latest<Absence | null>(null),
  /** What was found before the fallback took over: the same call is not made twice. */
  earlier: latest<readonly ToolOutcome[]>([]),
  /** The turn's plan; null until the first calls. */
  runPlan: latest<RunPlan | null>(null),
  /** Words that steered the plan and were taken in. */
  steered: latest(0),
  /** Milliseconds that this turn has worked, over restarts. */
  elapsed: latest(0),
  /** The limit that ended the plan. */
  limit: latest<PlanLimit | null>(null),
  /** Outcomes that an earlier turn, which this one goes on with, has told. */
  told: latest(0),
  remark: latest<Remark | null>(null),
  /** Where `plan` and `answer` send the run next. */
  next: latest<"read" | "plan" | "answer" | "end">("answer"),
  /** For a batch: the proposals it waits for. */
  batch: latest<readonly string[]>([]),
});
export type RunStateValue = typeof RunState.State;
export type RunStateUpdate = typeof RunState.Update;
