/** What a chat message holds, sorted by what the screen does with it. */
import type { UIMessage } from "ai";
import type {
  ChatMetadata,
  ChatParts,
  PlanStep,
  ProposalCard,
  Reply,
  View,
} from "../../../channels/contract.ts";

export type ChatMessage = UIMessage<ChatMetadata, ChatParts>;

export interface Step {
  readonly id: string;
  readonly tool: string;
  readonly message: string | null;
  readonly share: number | null;
  readonly done: boolean;
}

/** A plan of several steps, as far as it is. */
export interface PlanContents {
  readonly steps: readonly PlanStep[];
  /** How far the step is that runs, by the step's id. */
  readonly progress: ReadonlyMap<string, ChatParts["progress"]>;
  /** What was said meanwhile, and what followed from it. */
  readonly steered: readonly ChatParts["steered"][];
}

export interface MessageContents {
  readonly text: string;
  /** Null for an answer of a step or two. */
  readonly plan: PlanContents | null;
  /** What the agent understood, in its words. */
  readonly understood: string | null;
  readonly steps: readonly Step[];
  readonly views: readonly View[];
  readonly proposals: readonly ProposalCard[];
  readonly decisions: readonly ChatParts["decision"][];
  readonly alerts: readonly ChatParts["alert"][];
  readonly reply: Reply | null;
  /** Undefined where nothing went wrong. */
  readonly problem: unknown;
  readonly stopped: boolean;
}

/** While a turn runs its views come from the calls; the reply then says which of them it shows. */
export function contentsOf(message: ChatMessage): MessageContents {
  const data = <Name extends keyof ChatParts>(name: Name): ChatParts[Name][] =>
    message.parts.flatMap((part) =>
      part.type === `data-${name}` && "data" in part ? [part.data as ChatParts[Name]] : [],
    );
  const reply = data("reply").at(-1) ?? null;
  const plans = data("plan");
  return {
    text: message.parts.map((part) => (part.type === "text" ? part.text : "")).join(""),
    understood: plans.findLast((plan) => plan.understood !== undefined)?.understood ?? null,
    plan: planOf(message, plans, reply),
    steps: stepsOf(plans, data("progress"), new Set(data("view").map((part) => part.call))),
    views: (reply ? reply.views : data("view").map((part) => part.view)).filter(
      (view) => view.kind !== "proposal",
    ),
    proposals: proposalsOf(data("proposal"), reply),
    decisions: data("decision"),
    alerts: data("alert"),
    reply,
    problem: data("problem").at(-1),
    stopped: data("stopped").length > 0,
  };
}

/** The steps as they are now: as they ended where the turn has, else as the last events have them. */
function planOf(
  message: ChatMessage,
  plans: readonly ChatParts["plan"][],
  reply: Reply | null,
): PlanContents | null {
  const data = <Name extends keyof ChatParts>(name: Name): ChatParts[Name][] =>
    message.parts.flatMap((part) =>
      part.type === `data-${name}` && "data" in part ? [part.data as ChatParts[Name]] : [],
    );
  const ended = reply?.plan ?? data("stopped").at(-1)?.plan;
  const now = new Map(data("step").map((step) => [step.id, step]));
  const listed = new Map(plans.flatMap((plan) => plan.steps ?? []).map((step) => [step.id, step]));
  const steps = ended?.steps ?? [...listed.values()].map((step) => now.get(step.id) ?? step);
  if (steps.length === 0) return null;
  const progress = new Map(data("progress").map((part) => [part.call.split(".")[0] ?? part.call, part]));
  return { steps, progress, steered: data("steered") };
}

function stepsOf(
  plans: readonly ChatParts["plan"][],
  progress: readonly ChatParts["progress"][],
  finished: ReadonlySet<string>,
): Step[] {
  const told = new Map(progress.map((part) => [part.call, part]));
  return plans
    .flatMap((plan) => plan.calls)
    .map((call) => ({
      id: call.id,
      tool: call.tool,
      message: told.get(call.id)?.message ?? null,
      share: told.get(call.id)?.share ?? null,
      done: finished.has(call.id),
    }));
}

function proposalsOf(cards: readonly ProposalCard[], reply: Reply | null): ProposalCard[] {
  const inViews = (reply?.views ?? []).flatMap((view) => (view.kind === "proposal" ? [view.proposal] : []));
  return [...new Map([...inViews, ...cards].map((card) => [card.id, card])).values()];
}

const verbs: Readonly<Record<string, string>> = {
  logs: "Reading the log",
  mining: "Measuring the process",
  rules: "Working on rules",
  optimization: "Calculating options",
  prediction: "Predicting",
  kpi: "Checking the figures",
  connectors: "Asking the connected system",
  workflows: "Working on the workflow",
  approvals: "Looking at approvals",
  audit: "Reading the ledger",
};

/** A tool call in words, by the tool's family. */
export function describeTool(tool: string): string {
  const [family = tool, name = ""] = tool.split(".");
  const detail = name.replaceAll("-", " ");
  const verb = verbs[family];
  return verb === undefined ? tool : detail === "" ? verb : `${verb}: ${detail}`;
}
