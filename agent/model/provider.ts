/**
 * The model port. A provider makes one LangChain chat model for one turn.
 *
 * The graph invokes it with [system, history…, human, (AI with tool_calls, tool messages…)…] until a message without
 * tool calls comes back. A tool message's `content` is compact JSON for a language model; its `artifact` is a
 * `ToolOutcome`. The final message's `content` is text in which every figure is a hole `{{factId}}`: code writes the
 * number, and agent/evidence/verify.ts blocks any other.
 */
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { Fact, Person, ProposalCard, Tool, ToolResult } from "../../tools/define.ts";
import type { RunPlan } from "../plans/plan.ts";
import type { Usage } from "./prices.ts";

/** What is known about a log without opening it (the `vocabulary` column of `logs`). */
export interface Vocabulary {
  readonly activities: readonly { readonly name: string; readonly count: number }[];
  readonly attributes: readonly {
    readonly name: string;
    readonly of: "case" | "event";
    readonly kind: "text" | "number" | "time" | "boolean";
    /** Up to 200 most frequent values of a text attribute. */
    readonly values: readonly string[];
    readonly distinct: number;
    readonly minimum?: number;
    readonly maximum?: number;
  }[];
  /** Further values of attributes that hold people, so that none of them reaches a hosted model. */
  readonly people?: readonly string[];
  readonly hasStarts: boolean;
  readonly hasTimes: boolean;
}

export interface LogBriefing {
  readonly id: string;
  readonly name: string;
  readonly cases: number;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly vocabulary: Vocabulary;
}

/** What people told Millwright to keep, as far as it holds for this turn. Data, never instructions. */
export interface Remembered {
  /** What words stand for; one a term, the nearest owner's: this thread's, the person's, their team's, everybody's. */
  readonly definitions: readonly Definition[];
  readonly preferences: { readonly language?: string; readonly calendar?: string };
  /** In people's words, the likeliest to matter here first. */
  readonly notes: readonly { readonly id: string; readonly text: string }[];
  /** Names of KPIs that the person wants to see first. */
  readonly pinned: readonly string[];
}

export interface Definition {
  readonly id: string;
  /** As terms are compared: folded, without an article. */
  readonly term: string;
  /** As it was said. */
  readonly text: string;
  readonly scope: "thread" | "person" | "team" | "tenant";
  readonly kind: string;
  /** Words that may take the term's place. */
  readonly phrase?: string;
  /** Late is what ends after this attribute of the case. */
  readonly deadline?: string;
  /** Late is what takes longer; seconds. */
  readonly seconds?: number;
  /** Id of the log it is for; null for any. */
  readonly log: string | null;
}

/** A parameter of a connected system's operation; of a body, each of its fields is one. */
export interface ConnectedParameter {
  readonly name: string;
  readonly inBody: boolean;
  readonly required: boolean;
  readonly kind: "text" | "integer" | "number" | "boolean" | "other";
  /** The only values it takes, where it says so. */
  readonly values: readonly string[];
}

export interface ConnectedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly effect: "read" | "write" | "irreversible";
  readonly parameters: readonly ConnectedParameter[];
  /** It takes a body, whether or not its fields are known. */
  readonly takesBody: boolean;
}

/** A system that is connected. Its words are another's: they are compared and shown, and order nothing. */
export interface ConnectedSystem {
  readonly id: string;
  readonly title: string;
  readonly operations: readonly ConnectedOperation[];
}

export interface Briefing {
  readonly tenant: string;
  readonly person: Person | null;
  readonly thread: string;
  readonly now: Date;
  /** IANA zone and how it was chosen, for the assumptions line. */
  readonly zone: string;
  readonly language: string | null;
  readonly text: string;
  readonly tools: readonly Tool[];
  /** The thread's log; null when none is chosen and more than one exists. */
  readonly log: LogBriefing | null;
  readonly logs: readonly LogBriefing[];
  /** Proposals of this thread and those the person may decide, newest first. */
  readonly proposals: readonly ProposalCard[];
  readonly kpis: readonly {
    name: string;
    log: string | null;
    metric: string;
    activity: unknown;
    limit: number | null;
    deadline: string | null;
  }[];
  /** Who there is, by id and name: to know them in a text. The built-in planner's alone; no hosted model is told. */
  readonly people?: readonly { readonly id: string; readonly name: string }[];
  /** The systems that are connected; none where it is absent. */
  readonly systems?: readonly ConnectedSystem[];
  /** Nothing is remembered where it is absent. */
  readonly remembered?: Remembered;
  /** What the planner left in the thread last turn (`FinalParts.state`); {} in a new thread. */
  readonly state: Readonly<Record<string, unknown>>;
  /** How far this turn's plan is; absent until there is one. */
  readonly progress?: PlanProgress;
}

export interface PlanProgress {
  readonly plan: RunPlan;
  /** A limit is reached: no further calls are made, the answer is given with what there is. */
  readonly over: boolean;
  /** How many outcomes an earlier turn, which this one goes on with, has told already. */
  readonly told: number;
}

export type ToolOutcome =
  | {
      readonly kind: "result";
      readonly tool: string;
      readonly input: unknown;
      readonly result: ToolResult<unknown>;
    }
  | {
      readonly kind: "proposal";
      readonly tool: string;
      readonly input: unknown;
      readonly proposal: ProposalCard;
    }
  | {
      readonly kind: "problem";
      readonly tool: string;
      readonly input: unknown;
      readonly title: string;
      readonly detail: string;
      readonly remedy?: string;
    };

/** What a final message may carry in `additional_kwargs["millwright"]`. Texts may hold `{{factId}}` holes. */
export interface FinalParts {
  readonly language: string;
  readonly headline: string;
  readonly figures: readonly string[];
  readonly assumptions: string;
  readonly notes: readonly string[];
  readonly next: null | { readonly label: string; readonly ask: string };
  readonly clarification: null | {
    readonly question: string;
    readonly readings: readonly { readonly label: string; readonly ask: string; readonly result: string }[];
  };
  /** Kept in the thread for follow-ups; JSON. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Ids of pending proposals that this message changes or withdraws. */
  readonly supersedes: readonly string[];
  /** Numbers in the text that are settings or quotations of the person's words rather than measurements. */
  readonly quoted: readonly string[];
  /** The log that the person's words chose; the thread goes on with it. */
  readonly log?: string;
  /** Facts shown although no tool of this turn made them (a follow-up on an earlier answer). */
  readonly facts?: readonly Fact[];
}

export interface ModelProvider {
  /** Whose prices, where they are not of the dated table. */
  readonly pricesAsOf?: string;
  readonly name: "built-in" | "claude" | "openai-compatible" | "scripted";
  /** What a call costs, in millionths of a US dollar; null where no price is known. By the price table where absent. */
  cost?(model: string, usage: Usage): number | null;
  model(briefing: Briefing): BaseChatModel;
}
