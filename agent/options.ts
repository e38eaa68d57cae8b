/** What the composition roots give to `createAgentService`. */
import type { SpanProcessor } from "@opentelemetry/sdk-trace";
import type { Pool } from "pg";
import type { Database } from "../db/client.ts";
import type { Embedder } from "../memory/embed.ts";
import type { MemoryStore } from "../memory/memory.ts";
import type { Fact, FactDraft, LogAccess, Person, ToolServices } from "../tools/define.ts";
import type { Registry } from "../tools/registry.ts";
import type { LedgerHead } from "./approvals/ledger-head.ts";
import { type Budgets, defaultBudgets } from "./model/budget.ts";
import type { ModelProvider } from "./model/provider.ts";
import type { ExportedLog, LogSummary, ModelSummary } from "./service.ts";
import type { Tracing } from "./tracing/tracing.ts";

export interface ImportLogRequest {
  readonly tenant: string;
  readonly person: string;
  readonly name: string;
  readonly path: string;
  readonly mapping?: Readonly<Record<string, string>>;
  readonly zone?: string;
  readonly signal: AbortSignal;
  progress(message: string, share: number | null): void;
}

export interface ExportLogRequest {
  readonly tenant: string;
  /** By id or name. */
  readonly log: string;
  readonly format: string;
  readonly path: string;
  readonly signal: AbortSignal;
}

export interface AppendEventsRequest {
  readonly tenant: string;
  readonly log: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

export interface StoreModelRequest {
  readonly tenant: string;
  /** Id of a log of the tenant. */
  readonly log: string;
  readonly name: string;
  readonly document: string;
  readonly person: string;
}

/** A limit that was passed, or a promise that was kept or broken. */
export interface Alert {
  readonly watch: string;
  readonly title: string;
  readonly text: string;
  readonly facts: readonly Fact[];
  /** Where to say it; null for none. */
  readonly thread: string | null;
  readonly data?: unknown;
}

export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export interface EvaluateWatchesRequest {
  readonly tenant: string;
  readonly log: string;
  readonly now: Date;
  readonly logs: LogAccess;
  /** Makes facts of the logs opened through `logs`. */
  fact(draft: FactDraft): Fact;
  /** Writes alerts down; to be called in the transaction that remembers that they were raised. */
  record(transaction: Transaction, alerts: readonly Alert[]): Promise<void>;
}

export interface Limits {
  /** Model calls in a turn. */
  readonly steps: number;
  /** Tool calls in a turn. */
  readonly calls: number;
  /** Steps of one plan. */
  readonly planSteps: number;
  /** How long a turn works on tools; then it says what it has. Restarts do not begin it anew. */
  readonly planMilliseconds: number;
  /** After so long a turn fails, whatever it is busy with. */
  readonly turnMilliseconds: number;
  /** What language models may cost. */
  readonly budgets: Budgets;
  readonly messageCharacters: number;
  /** How long a message waits for the one before it. */
  readonly patienceMilliseconds: number;
  readonly leaseMilliseconds: number;
  /** How often a thread is looked at for what other processes recorded. */
  readonly pollMilliseconds: number;
}

export const defaultLimits: Limits = {
  steps: 12,
  calls: 24,
  planSteps: 12,
  planMilliseconds: 4 * 60_000,
  turnMilliseconds: 5 * 60_000,
  budgets: defaultBudgets,
  messageCharacters: 20_000,
  patienceMilliseconds: 120_000,
  leaseMilliseconds: 30_000,
  pollMilliseconds: 1000,
};

export interface AgentServiceOptions {
  readonly database: Database;
  /** No other process works on this database (the embedded one): whoever held something there is gone. */
  readonly alone?: boolean;
  /** For the graph's checkpoints. */
  readonly pool: Pool;
  readonly registry: Registry;
  readonly provider: ModelProvider;
  /** Answers when the provider cannot be reached; the built-in planner. */
  readonly fallback?: ModelProvider;
  /** The logs of a tenant; `threadLog` is what `open()` without a name means. */
  logAccess(tenant: string, threadLog: string | null): LogAccess;
  importLog(request: ImportLogRequest): Promise<LogSummary>;
  /** Writes a stored log to a file that is not there yet. */
  exportLog(request: ExportLogRequest): Promise<ExportedLog>;
  appendEvents(request: AppendEventsRequest): Promise<{ readonly added: number; readonly log: LogSummary }>;
  /** Reads and stores a reference model; one of the same name is replaced. */
  storeModel(request: StoreModelRequest): Promise<ModelSummary>;
  /** A log's reference models, the newest first. */
  listModels(tenant: string, log: string): Promise<readonly ModelSummary[]>;
  /** Looks at a log's watches after it grew; returns the alerts that it recorded. */
  evaluateWatches(request: EvaluateWatchesRequest): Promise<readonly Alert[]>;
  /** Imports a specification from a file of this machine for `run`; absent where callers are not its user. */
  importSpecification?(request: {
    readonly tenant: string;
    readonly person: Person | null;
    readonly path: string;
  }): Promise<{ readonly id: string }>;
  readonly services: ToolServices;
  /** Turns what is remembered into vectors; by its words alone when absent. */
  readonly embedder?: Embedder;
  /** The frequent words of a text's language, by which nothing that is remembered is looked for. */
  fillersOf?(text: string): readonly string[];
  /** Where the steps of turns go besides the database: a collector. */
  readonly spanProcessors?: readonly SpanProcessor[];
  /** The clock for words and windows; decisions and the ledger use the database's. */
  clock(): Date;
  newId(): string;
  random(): number;
  /** Where the end of the ledger is kept outside the table: a file, or any other place. */
  readonly ledgerHead: string | LedgerHead;
  readonly limits?: Partial<Limits>;
  /** Failures nobody waits for (a background renewal), and replies that were blocked. Standard error when absent. */
  report?(error: unknown, where: string): void;
}

/** The options as the agent's own parts see them. */
export type ServiceOptions = AgentServiceOptions & {
  readonly memory: MemoryStore;
  readonly tracing: Tracing;
};
