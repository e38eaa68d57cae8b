/** What a command of the command line is. */
import type { ServeOptions } from "../main.ts";
import type { Connection, Connector } from "./connection.ts";
import type { DemoWorld } from "./demo.ts";
import type { Terminal } from "./terminal.ts";

export interface OptionSpec {
  readonly type: "string" | "boolean";
  /** What stands for the value in the usage: `FILE`. */
  readonly value?: string;
  readonly description: string;
}

export interface Globals {
  readonly json: boolean;
  readonly data: string;
  /** IANA zone; undefined when `--tz` was not given. */
  readonly zone: string | undefined;
}

export interface Invocation {
  readonly globals: Globals;
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  readonly engines: Engines;
  /** Opens the database, or the server that holds it; closed when the command ends. */
  connect(): Promise<Connection>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Command {
  /** `ledger verify` is one name. */
  readonly name: string;
  readonly summary: string;
  /** Positional arguments as the usage shows them. */
  readonly takes: string;
  /** How many positionals there may be, least and most. */
  readonly arity: readonly [number, number];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Returns the exit code. */
  run(invocation: Invocation, context: CommandContext): Promise<number>;
}

export interface MineOptions {
  readonly mapping?: Readonly<Record<string, string | null>>;
  readonly lifecycle?: "all" | "complete";
  readonly classifier?: string;
  /** A business calendar, as it stands in its file. */
  readonly calendar?: unknown;
  readonly model: boolean;
  readonly zone?: string;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** `share` is null where it cannot be told. */
export type Progress = (message: string, share: number | null) => void;

export interface ExportRequest {
  /** Of the formats that can be written; by the target's ending when absent. */
  readonly format?: string;
  /** The file to be made. */
  readonly target: string;
  readonly force: boolean;
  readonly mapping?: Readonly<Record<string, string | null>>;
  readonly zone?: string;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface Exported {
  readonly file: string;
  readonly format: string;
  readonly bytes: number;
}

export interface ConformanceOptions {
  readonly mapping?: Readonly<Record<string, string | null>>;
  readonly lifecycle?: "all" | "complete";
  readonly zone?: string;
  /** A numeric case attribute. */
  readonly money?: string;
  /** A second model's file. */
  readonly mined?: string;
  /** Of the alignments. */
  readonly milliseconds?: number;
}

/** What `conformance` prints (docs/conformance.md): seconds, shares from 0 to 1, null for what is not known. */
export interface ConformanceResult {
  readonly cases: number;
  readonly model: { readonly format: string; readonly notes: readonly string[] };
  readonly fitness: { readonly low: number; readonly high: number; readonly fittingCases: number };
  readonly tokenReplay: { readonly fitness: number } | null;
  readonly precision: number | null;
  readonly alignedPrecision: number | null;
  readonly generalisation: number | null;
  readonly simplicity: number;
  readonly fScore: number | null;
  readonly reason: string | null;
  readonly deviations: readonly {
    readonly kind: string;
    readonly activity: string;
    readonly cases: number;
    readonly share: number;
    readonly cycleTime: { readonly mean: number; readonly conforming: number } | null;
  }[];
  readonly agreement: { readonly score: number } | null;
}

export interface ModelOptions {
  readonly format: "bpmn" | "pnml" | "ptml" | "tree" | "dot" | "svg";
  readonly picture?: "map" | "bpmn" | "net";
  /** Of a log: the share of cases to keep. */
  readonly shown?: number;
  /** Of a log: which miner, and its filter; the best of several without both. */
  readonly algorithm?:
    | "best"
    | "inductive"
    | "inductive-graph"
    | "inductive-lifecycle"
    | "directly-follows"
    | "split"
    | "heuristics"
    | "alpha";
  readonly noise?: number;
  readonly process?: string;
  readonly lifecycle?: "all" | "complete";
  readonly zone?: string;
  readonly signal?: AbortSignal;
}

/** The text of a model file. */
export interface ModelResult {
  readonly text: string;
  readonly notes: readonly string[];
  readonly source: "log" | "tree" | "net" | "bpmn";
  readonly soundness: { readonly verdict: string; readonly explanation?: string } | null;
}

/** What the composition root brings in: everything heavy, loaded when it is asked for. */
export interface Engines {
  mine(file: string, options: MineOptions): Promise<MineResult>;
  /** A log file as another file; needs no database. */
  exportFile(file: string, request: ExportRequest): Promise<Exported>;
  /** Lets `write` fill a new file beside the target, which becomes the target when it is complete. */
  exportStored(
    request: ExportRequest,
    write: (path: string, format: string) => Promise<unknown>,
  ): Promise<Exported>;
  /** Holds a log's file against a model's file. */
  conformance(
    log: string,
    model: string,
    options: ConformanceOptions,
    signal: AbortSignal,
  ): Promise<ConformanceResult>;
  model(file: string, options: ModelOptions): Promise<ModelResult>;
  readonly connector: Connector;
  /** A new database, the ticket system and the sample process. */
  demo(options: { data: string; now?: Date; say(line: string): Promise<void> }): Promise<DemoWorld>;
  serve(options: ServeOptions): Promise<{ close(): Promise<void> }>;
  evals(request: EvalRequest): Promise<EvalReport>;
  mutants(request: MutantsRequest): Promise<MutantsReport>;
}

export interface MutantsRequest {
  /** All when none is named. */
  readonly ids: readonly string[];
  /** Only so many, other ones each day. */
  readonly turn?: number;
  readonly processes?: number;
  readonly signal: AbortSignal;
  onResult(result: { readonly id: string; readonly caught: boolean }): Promise<void>;
}

export interface MutantsReport {
  readonly text: string;
  readonly json: unknown;
  readonly caught: number;
  readonly of: number;
}

export interface EvalRequest {
  /** All suites when none is named. */
  readonly suites: readonly string[];
  /** Only this case. */
  readonly case?: string;
  readonly planner?: "built-in" | "claude" | "scripted";
  readonly split: "development" | "held-out" | "all";
  /** Runs of each case. */
  readonly epochs: number;
  readonly processes?: number;
  /** A report's file, or a git revision whose baseline is meant. */
  readonly compare?: string;
  /** Keeps the outcome as the repository's baseline; a note on what changed. */
  readonly judge?: string;
  readonly baseline?: string;
  readonly signal: AbortSignal;
  onResult(result: EvalProgress): Promise<void>;
}

/** A case that was run. */
export interface EvalProgress {
  readonly id: string;
  readonly status: "passed" | "failed" | "not-run";
  readonly heldOut: boolean;
  readonly milliseconds: number;
}

export interface EvalReport {
  readonly text: string;
  /** An evaluation log with the fields of Inspect AI's (docs/evals.md). */
  readonly json: unknown;
  readonly markdown: string;
  readonly junit: string;
  readonly html: string;
  readonly cases: number;
  readonly failed: number;
  readonly notRun: number;
  /** Cases that failed and did not in what it is compared with; null where it is compared with nothing. */
  readonly regressed: number | null;
}

interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
}

/** The contract's `mine`. Seconds. */
export interface MineResult {
  readonly log: {
    readonly cases: number;
    readonly events: number;
    readonly activities: number;
    readonly variants: number;
    readonly first: string | null;
    readonly last: string | null;
  };
  readonly mapping: Readonly<Record<string, unknown>>;
  readonly activities: readonly {
    readonly name: string;
    readonly count: number;
    readonly service: Spread | null;
    readonly waiting: Spread | null;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly count: number;
    readonly mean: number | null;
    readonly median: number | null;
    readonly p95: number | null;
  }[];
  readonly starts: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly throughput: Spread | null;
  readonly bottlenecks: readonly {
    readonly activity: string;
    readonly waiting: { readonly mean: number; readonly median: number };
    readonly share: number;
  }[];
  readonly quality: readonly { readonly kind: string; readonly count: number; readonly example: unknown }[];
  readonly flattening?: {
    readonly objectType: string;
    readonly convergence: { readonly count: number; readonly examples: readonly string[] };
    readonly divergence: { readonly count: number; readonly examples: readonly string[] };
    readonly deficiency: { readonly count: number; readonly examples: readonly string[] };
  };
  readonly model: null | {
    readonly fitness: number | null;
    readonly precision: number | null;
    readonly bpmn: string;
    readonly reason?: string;
    readonly algorithm: string;
    readonly because: string;
  };
}

export const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;
