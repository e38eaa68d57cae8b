/**
 * The only door to the agent: send, decide, stop, replay, and the reads that screens need. Every channel is built
 * over this interface and imports nothing else of the agent or the tools.
 */
import type { Answer, Fact, Person, ProposalCard, Risk, View } from "../tools/define.ts";
import type { PlanStep, StepState } from "./plans/plan.ts";
import type { Steering } from "./plans/steering.ts";

export type { PlanStep, Steering, StepState };

/** Who speaks, already authenticated by the channel. Null: a viewer without a name, who may only read. */
export type Speaker = Person | null;

export interface SendRequest {
  readonly person: Speaker;
  readonly tenant: string;
  readonly channel: "cli" | "http" | "web" | "slack" | "mcp" | "eval";
  /** Any text; an unknown one begins a thread. Made by the service when absent. */
  readonly thread?: string;
  readonly text: string;
  /** Log id or name. */
  readonly log?: string;
  /** Begins a thread that only this person sees. */
  readonly private?: boolean;
  /** `--now`. */
  readonly now?: Date;
  readonly zone?: string;
  /** Durations of the answer are counted by it: a business calendar (docs/definitions.md), or the name of one. */
  readonly calendar?: unknown;
  readonly signal?: AbortSignal;
}

/** Where a rendered fact stands in `reply`: UTF-16 offsets, end exclusive. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly fact: string;
}

/** The contract's `ask --json`, plus `marks` and `answer` for channels that draw. */
export interface Reply {
  readonly thread: string;
  readonly turn: string;
  readonly reply: string;
  readonly marks: readonly Mark[];
  readonly language: string;
  /** The reply's own come first, at most 12. */
  readonly facts: readonly Fact[];
  readonly calls: readonly { readonly tool: string; readonly input: unknown; readonly risk: Risk }[];
  readonly views: readonly View[];
  readonly proposals: readonly ProposalSummary[];
  readonly clarification: null | { readonly question: string; readonly readings: readonly Reading[] };
  readonly planner: "built-in" | "claude" | "openai-compatible" | "scripted";
  /** Headline, assumption line and next step as rendered text, for tiles and buttons. */
  readonly answer: RenderedAnswer | null;
  /** What was done and what was not, and why; absent where the turn had only a step or two, all done. */
  readonly plan?: PlanReport;
}

/** A plan at the end of a turn. */
export interface PlanReport {
  readonly steps: readonly PlanStep[];
  /** The same in words. */
  readonly closing: string;
}

export interface RenderedAnswer {
  readonly headline: string;
  /** Fact ids, at most three. */
  readonly figures: readonly string[];
  readonly assumptions: string;
  readonly notes: readonly string[];
  readonly next: null | { readonly label: string; readonly ask: string };
}

export interface Reading {
  readonly label: string;
  /** What to say to choose it. */
  readonly ask: string;
  readonly result: string;
}

export interface ProposalSummary {
  readonly id: string;
  readonly state: string;
  readonly tool: string;
  readonly digest: string;
  readonly summary: string;
  readonly preview: unknown;
  readonly requester: string;
  readonly approvers: readonly string[];
  readonly expires: string;
}

/** Everything that happens in a thread. `seq` is 1, 2, 3 … without gaps; replay gives exactly what was streamed. */
export interface ThreadEvent {
  readonly thread: string;
  readonly seq: number;
  readonly turn: string;
  readonly at: string;
  readonly person: string | null;
  readonly body:
    | { readonly type: "message"; readonly text: string; readonly channel: string }
    | {
        readonly type: "plan";
        readonly calls: readonly { readonly id: string; readonly tool: string; readonly input: unknown }[];
        readonly understood?: string;
        /** All steps, done and to be done, where there are more than a few: shown before they run. */
        readonly steps?: readonly PlanStep[];
        /** Of the steps' titles. */
        readonly language?: string;
      }
    | { readonly type: "step"; readonly step: PlanStep }
    /** Somebody's words changed what is left of a plan while it ran. */
    | {
        readonly type: "steered";
        readonly words: string;
        readonly steering: Steering;
        /** What follows from them, in words. */
        readonly said: string;
      }
    /** Goes on with the plan of an earlier turn, whose proposals were decided. */
    | { readonly type: "resumed"; readonly of: string }
    | {
        readonly type: "progress";
        readonly call: string;
        readonly message: string;
        readonly share: number | null;
      }
    | {
        readonly type: "result";
        readonly call: string;
        readonly tool: string;
        readonly views: readonly View[];
        readonly facts: readonly Fact[];
      }
    | { readonly type: "text-delta"; readonly text: string }
    | { readonly type: "proposal"; readonly proposal: ProposalCard }
    | {
        readonly type: "decision";
        readonly proposal: string;
        readonly verdict: "approve" | "reject";
        readonly reason: string | null;
        readonly state: string;
      }
    | { readonly type: "receipt"; readonly proposal: ProposalCard }
    | {
        readonly type: "alert";
        readonly title: string;
        readonly text: string;
        readonly watch: string;
        readonly facts: readonly Fact[];
      }
    | { readonly type: "reply"; readonly reply: Reply }
    | { readonly type: "problem"; readonly problem: unknown }
    | { readonly type: "stopped"; readonly plan?: PlanReport };
}

export interface DecideRequest {
  readonly person: Speaker;
  readonly tenant: string;
  readonly proposal: string;
  /** Required over HTTP and on buttons; the command line may leave it out because `input` never changes under an id. */
  readonly digest?: string;
  readonly verdict: "approve" | "reject";
  readonly reason?: string;
  readonly channel: SendRequest["channel"];
}

export interface DecideResult {
  readonly proposal: ProposalCard;
  /** The same person decided the same before; nothing was done. */
  readonly already: boolean;
  /** When it was decided, and by whom. */
  readonly decisions: readonly {
    readonly person: string;
    readonly verdict: string;
    readonly at: string;
    readonly reason: string | null;
  }[];
}

export interface RunRequest {
  readonly person: Speaker;
  readonly tenant: string;
  readonly log: string;
  readonly context?: unknown;
  /** Path or id of an imported specification. */
  readonly api?: string;
  readonly kpis?: readonly unknown[];
  readonly now?: Date;
  readonly zone?: string;
}

/** The contract's `run`. */
export interface RunResult {
  readonly model: unknown;
  readonly rules: readonly {
    readonly condition: string;
    readonly action: string;
    readonly confidence: number | null;
    readonly coverage: number;
  }[];
  readonly integration: readonly unknown[];
  readonly optimized: unknown;
  readonly alerts: readonly unknown[];
  readonly visualization: readonly View[];
}

export interface UploadRequest {
  readonly person: Speaker;
  readonly tenant: string;
  /** As the person named it; never used as a path. */
  readonly name: string;
  /** A file the channel has written (uploads are streamed to a temporary file). */
  readonly path: string;
  readonly mapping?: Readonly<Record<string, string>>;
  readonly zone?: string;
  readonly thread?: string;
  readonly onProgress?: (message: string, share: number | null) => void;
  readonly signal?: AbortSignal;
}

export interface StopTurnRequest {
  readonly person: Speaker;
  readonly tenant: string;
  readonly thread: string;
  readonly turn: string;
}

export interface AgentService {
  /** Speaks in a thread; yields its events as they are recorded and ends after `reply`, `problem` or `stopped`. */
  send(request: SendRequest): AsyncIterable<ThreadEvent>;
  /** `send`, waiting for the reply; `listen` hears of everything on the way. */
  ask(request: SendRequest, listen?: (event: ThreadEvent) => void): Promise<Reply>;
  decide(request: DecideRequest): Promise<DecideResult>;
  /** Proposes to take back what an executed proposal did: a proposal of its own, with its own dry run and decision. */
  undo(request: { person: Speaker; tenant: string; proposal: string }): Promise<ProposalCard>;
  /** Cancels what runs in the thread. */
  stop(request: { person: Speaker; tenant: string; thread: string }): Promise<void>;
  /** Cancels one turn, for who asked for it and for administrators. False when it was not running. */
  stopTurn(request: StopTurnRequest): Promise<boolean>;
  /** Recorded events after `from`, then (with `follow`) live ones. */
  replay(request: {
    person: Speaker;
    tenant: string;
    thread: string;
    from?: number;
    follow?: boolean;
    signal?: AbortSignal;
  }): AsyncIterable<ThreadEvent>;
  threads(request: {
    person: Speaker;
    tenant: string;
  }): Promise<
    readonly { id: string; title: string; log: string | null; lastSeq: number; createdAt: string }[]
  >;
  proposals(request: { person: Speaker; tenant: string; state?: string }): Promise<readonly ProposalCard[]>;
  /** Runs one read or draft tool by name, outside a conversation; a write becomes a proposal. */
  call(request: {
    person: Speaker;
    tenant: string;
    tool: string;
    input: unknown;
    log?: string;
    thread?: string;
    now?: Date;
    zone?: string;
    signal?: AbortSignal;
  }): Promise<
    | {
        readonly kind: "result";
        readonly data: unknown;
        readonly facts: readonly Fact[];
        readonly views: readonly View[];
        readonly answer: Answer;
      }
    | { readonly kind: "proposal"; readonly proposal: ProposalCard }
  >;
  tools(): readonly {
    name: string;
    description: string;
    risk: Risk;
    examples: readonly string[];
    input: unknown;
  }[];
  logs(request: { person: Speaker; tenant: string }): Promise<readonly LogSummary[]>;
  upload(request: UploadRequest): Promise<LogSummary>;
  /** Writes a log as a file of a format (xes, csv, jsonl, parquet, ocel, ocel-xml, ocel-sqlite) to `path`, where nothing is yet. */
  exportLog(request: {
    person: Speaker;
    tenant: string;
    /** By id or name. */
    log: string;
    format: string;
    path: string;
    signal?: AbortSignal;
  }): Promise<ExportedLog>;
  /** Reference models that a log is held against, the newest first. */
  models(request: { person: Speaker; tenant: string; log: string }): Promise<readonly ModelSummary[]>;
  /** Stores a reference model of a log (BPMN, PNML, PTML or a process tree); one of the same name is replaced. */
  uploadModel(request: {
    person: Speaker;
    tenant: string;
    log: string;
    name: string;
    document: string;
  }): Promise<ModelSummary>;
  /** Adds events to a log; watches are evaluated before it returns. */
  append(request: {
    person: Speaker;
    tenant: string;
    log: string;
    events: readonly Readonly<Record<string, unknown>>[];
    now?: Date;
  }): Promise<{ added: number; alerts: number; log: LogSummary }>;
  run(request: RunRequest): Promise<RunResult>;
  fact(request: { person: Speaker; tenant: string; id: string }): Promise<{
    fact: Fact;
    rerun: {
      value: number | null;
      agrees: boolean;
      columns: readonly string[];
      rows: readonly (readonly unknown[])[];
    };
  }>;
  /** KPIs with their present value and limit, alerts, watches. */
  monitor(request: {
    person: Speaker;
    tenant: string;
  }): Promise<{ kpis: readonly unknown[]; alerts: readonly unknown[]; promises: readonly unknown[] }>;
  ledger(request: {
    person: Speaker;
    tenant: string;
    verify?: boolean;
    after?: number;
    limit?: number;
  }): Promise<{
    entries: readonly unknown[];
    verified: { ok: boolean; entries: number; problem: string | null } | null;
  }>;
  /** The people of the tenant (for the local sign-in list) and one by id. */
  people(tenant: string): Promise<readonly Person[]>;
  /** The person a token, or a channel's identity, stands for; null when unknown. */
  identify(
    credential: { token: string } | { channel: string; subject: string } | { person: string; tenant: string },
  ): Promise<Person | null>;
  close(): Promise<void>;
}

export interface ExportedLog {
  /** What the file is to be called. */
  readonly name: string;
  readonly mediaType: string;
}

/** A stored reference model. */
export interface ModelSummary {
  readonly id: string;
  /** Id of its log. */
  readonly log: string;
  readonly name: string;
  readonly format: "bpmn" | "pnml" | "ptml" | "tree";
  /** The labels of its steps. */
  readonly activities: readonly string[];
  /** What of the document is not carried over, in sentences. */
  readonly notes: readonly string[];
}

export interface LogSummary {
  readonly id: string;
  readonly name: string;
  readonly cases: number;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly mapping: unknown;
  readonly findings: readonly { readonly kind: string; readonly count: number; readonly example: unknown }[];
}
