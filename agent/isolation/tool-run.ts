/** What a tool's thread is told and may ask for. */
import type { OpenLog, Person } from "../../tools/define.ts";

export interface ToolRun {
  /** Exports `tools`, among them the one to run. */
  readonly module: string;
  readonly tool: string;
  readonly input: unknown;
  readonly tenant: string;
  readonly person: Person | null;
  readonly thread: string | null;
  readonly now: Date;
  readonly zone: string;
  /** Of the context's random numbers. */
  readonly seed: number;
}

export interface OpenRequest {
  /** By id or name; null: the thread's log. */
  readonly log: string | null;
  /** `id digest` of the logs that the thread holds. */
  readonly known: readonly string[];
}

/** A log as it crosses: its figures only where the thread does not hold them. */
export type OpenedLog = Omit<OpenLog, "log" | "query" | "columns"> & { readonly log: OpenLog["log"] | null };

export interface QueryRequest {
  readonly log: string;
  readonly sql: string;
}
