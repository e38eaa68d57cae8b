/**
 * How a tool is declared. A tool is one file `tools/<folder>/<file>.tool.ts` whose default export comes from
 * `readTool`, `draftTool` or `writeTool`; its name is `<folder>.<file>`.
 *
 * The types keep the kinds apart: a write without a preview does not compile, and only the executor
 * (agent/approvals/execute.ts) can build the context that a write needs.
 */
import type { z } from "zod";
import type { Database } from "../db/client.ts";
import type { Dialect } from "../db/logs/dialect.ts";
import type { QueryResult } from "../db/logs/log-store.ts";
import { MillwrightError } from "../errors.ts";
import type { CalendarDefinition } from "./logs/core/calendar-definition.ts";
import type { EventLog, LogColumns, LogRecipe } from "./logs/core/event-log.ts";

export type Risk = "read" | "draft" | "write" | "irreversible";
export type Role = "viewer" | "manager" | "analyst" | "approver" | "evaluator" | "admin";

export interface Person {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** A number handed out for talking, with what makes it again. */
export interface Fact {
  /** `f` + 8 hex digits of the hash: the same number of the same log has the same id. */
  readonly id: string;
  readonly value: number;
  /** `s`, `share` (0…1), `%`, a currency code, or the noun that is counted ("cases"); empty for a number that counts nothing. */
  readonly unit: string;
  /** Names activity, group and window. */
  readonly label: string;
  /** One SELECT whose first column of the first row is `value`; null only for figures not from a log. */
  readonly sql: string | null;
  /** Where the SQL runs: a log by id, or the call that makes the figure again. */
  readonly source:
    | { readonly kind: "log"; readonly log: string }
    | {
        readonly kind: "call";
        readonly tool: string;
        readonly input: unknown;
        /** IANA zone in which the call meant its words about time; UTC where it is not said. */
        readonly zone?: string;
      };
  /** How many rows the figure rests on. */
  readonly rows: number;
  /** SHA-256 over canonical JSON of value, unit, label, sql, source and the log's digest. */
  readonly hash: string;
}

export interface FactDraft {
  value: number;
  unit: string;
  label: string;
  /** Portable SQL (db/logs/sql/portable.ts); the fact carries it in the dialect of the log's store. */
  sql?: string;
  log?: string;
  call?: { tool: string; input: unknown };
  rows: number;
}

/**
 * A sentence with holes. `text` is English with `{name}` holes and is also the key under which a language's
 * catalogue holds its translation. A value that is a fact is rendered by code (number format, unit, evidence
 * mark); a string is data and is quoted as it is.
 */
export interface Message {
  readonly text: string;
  readonly values?: Readonly<Record<string, Fact | string | Quantity>>;
}

/** A figure that is not a measurement but a setting the person or a default gave (threshold, window, n asked for). */
export interface Quantity {
  readonly quantity: number;
  readonly unit: string;
}

/** What a tool would like to have said: the contract's Answer, without words of its own language. */
export interface Answer {
  readonly headline: Message;
  /** At most three. */
  readonly figures: readonly Fact[];
  /** Window, time zone, filter, n. */
  readonly assumptions: readonly Message[];
  /** Further lines ("association, not cause"). */
  readonly notes?: readonly Message[];
  /** One next step: what to offer, and the words that ask for it. */
  readonly next?: { readonly label: Message; readonly ask: string };
}

export interface TableColumn {
  readonly key: string;
  readonly label: string;
  readonly unit?: string;
  readonly kind: "text" | "number" | "time";
}
export type Cell = string | number | boolean | null;

/** What approvers are promised; watched after execution (tools/kpi/promise-check). */
export interface PromisedEffect {
  readonly log: string;
  readonly metric: Metric;
  readonly activity?: string | undefined;
  readonly unit: string;
  readonly before: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** Later events needed before it is judged. */
  readonly minimumCases: number;
  /** The SQL over the log's relations that gave `before`, with `{since}` where the first instant goes. */
  readonly sql: string;
}
export type Metric = "cycle_time" | "time_to" | "waiting_time" | "throughput" | "rework" | "error_rate";

/** What an approver sees of a proposal: made by code from the input and the preview. */
export interface ProposalCard {
  readonly id: string;
  readonly state: string;
  readonly tool: string;
  readonly risk: Risk;
  readonly digest: string;
  readonly summary: string;
  readonly preview: Preview;
  readonly input: unknown;
  readonly requester: string;
  readonly approvers: readonly string[];
  readonly policy: string;
  readonly expires: string;
  readonly receipt?: unknown;
}

export type View =
  | { readonly kind: "text"; readonly title: string; readonly text: string }
  | {
      readonly kind: "table";
      readonly title: string;
      readonly columns: readonly TableColumn[];
      readonly rows: readonly Readonly<Record<string, Cell>>[];
      /** Rows there are in all, where the table shows fewer. */
      readonly total?: number;
    }
  | {
      readonly kind: "series";
      readonly title: string;
      readonly unit: string;
      readonly x: "time" | "category";
      readonly series: readonly {
        readonly name: string;
        readonly points: readonly (readonly [string, number | null])[];
      }[];
      readonly threshold?: number;
    }
  | {
      readonly kind: "process-map";
      readonly title: string;
      readonly nodes: readonly {
        readonly id: string;
        readonly label: string;
        readonly count: number;
        /** Mean seconds, null without start times. */
        readonly waiting: number | null;
        readonly service: number | null;
        readonly bottleneck: boolean;
      }[];
      /** `from` is null for a case's start, `to` for its end. `seconds`: mean, completion to completion. */
      readonly edges: readonly {
        readonly from: string | null;
        readonly to: string | null;
        readonly count: number;
        readonly seconds: number | null;
      }[];
    }
  | {
      readonly kind: "bpmn";
      readonly title: string;
      readonly xml: string;
      readonly marks: readonly {
        readonly element: string;
        readonly kind: "bottleneck" | "optimized" | "deviation";
        readonly label: string;
      }[];
      readonly fitness: number | null;
      readonly precision: number | null;
    }
  | {
      /** Trace variants, one a row, as their activities in order. */
      readonly kind: "variants";
      readonly title: string;
      readonly activities: readonly string[];
      readonly variants: readonly {
        /** Positions in `activities`. */
        readonly path: readonly number[];
        readonly cases: number;
        readonly share: number;
        /** Mean cycle time; null without times. */
        readonly seconds: number | null;
      }[];
      /** Variants there are in all. */
      readonly total: number;
    }
  | {
      /** A dot an event: a case a row, from the top; time to the right; the activity as colour. */
      readonly kind: "dotted-chart";
      readonly title: string;
      /** `time`: seconds since 1970; `since-start`: seconds since the case's first event. */
      readonly x: "time" | "since-start";
      /** Case names of the rows. */
      readonly rows: readonly string[];
      readonly activities: readonly string[];
      /** Row, seconds, position in `activities`. */
      readonly dots: readonly (readonly [row: number, seconds: number, activity: number])[];
      /** Cases there are in all, where fewer are shown. */
      readonly total: number;
    }
  | {
      /** A figure by two things. */
      readonly kind: "heat-map";
      readonly title: string;
      readonly unit: string;
      readonly rows: readonly string[];
      readonly columns: readonly string[];
      /** By row, then column; null where there is nothing to measure. */
      readonly cells: readonly (readonly (number | null)[])[];
      /** What each cell rests on, and what is counted ("waits"). */
      readonly counts: readonly (readonly number[])[];
      readonly counted: string;
    }
  | { readonly kind: "diff"; readonly title: string; readonly changes: readonly Change[] }
  | { readonly kind: "proposal"; readonly proposal: ProposalCard }
  | {
      readonly kind: "form";
      readonly title: string;
      readonly fields: readonly {
        readonly name: string;
        readonly label: string;
        readonly value: Cell;
        readonly reason?: string;
      }[];
    };

export interface ToolResult<Data> {
  readonly data: Data;
  readonly facts: readonly Fact[];
  readonly views: readonly View[];
  readonly answer: Answer;
  /** A change the tool suggests making next. Nothing happens with it unless it is proposed and approved. */
  readonly suggests?: readonly { readonly tool: string; readonly input: unknown; readonly why: Message }[];
}

export interface Change {
  readonly what: string;
  readonly before: Cell;
  readonly after: Cell;
}

/** The dry run of a write. */
export interface Preview {
  /** What the approve button says, in a few words: "Publish rule", "Create a ticket". */
  readonly action: string;
  /** One sentence with the numbers: what will happen. */
  readonly summary: string;
  readonly changes: readonly Change[];
  readonly affected: { readonly count: number; readonly unit: string; readonly examples: readonly string[] };
  readonly money?: { readonly amount: number; readonly currency: string };
  readonly undo: { readonly possible: boolean; readonly how: string };
  readonly risks: readonly string[];
  readonly why: string;
  readonly facts: readonly Fact[];
  readonly promise?: PromisedEffect;
}

/** An opened log: the columnar form for the kernel, SQL for facts. */
export interface OpenLog {
  readonly id: string;
  readonly name: string;
  readonly digest: string;
  /** Throws `LogTooLargeError` where the log is `large`. */
  readonly log: EventLog;
  /** What is known of a log that is too large for memory: its figures come out of SQL alone. */
  readonly large?: LargeLog;
  /** Business calendars by name; the log's own default stands first. None are kept where it is absent. */
  readonly calendars?: readonly CalendarDefinition[];
  /** The rows as they are stored, in the order of the file. Absent in threads of their own. */
  columns?(): Promise<LogColumns>;
  /** Facts are given portable SQL and carry it in this dialect; so does who calls `query`. */
  readonly dialect: Dialect;
  /** One SELECT in the dialect of the store where the log lives. */
  query(sql: string): Promise<QueryResult>;
}

export interface LargeLog {
  readonly cases: number;
  readonly events: number;
  /** ISO 8601 in UTC. */
  readonly first: string | null;
  readonly last: string | null;
  /** Activities and attributes as they were when it was imported. */
  readonly vocabulary: unknown;
}

export class LogTooLargeError extends MillwrightError {
  constructor(log: string, events: number) {
    super(
      "log-too-large",
      422,
      `${log} has ${events.toLocaleString("en")} events: too many for memory here`,
      {
        value: log,
        expected: "a question that SQL answers: the profile, the paths, the process map, a KPI",
        remedy: "Ask one of these, import a part of the log, or raise MILLWRIGHT_MEMORY_EVENTS.",
      },
    );
  }
}

/** A log that is not in memory: whoever reaches for its columns is told so. */
export function largeLog(open: Omit<OpenLog, "log" | "large"> & { readonly large: LargeLog }): OpenLog {
  return {
    ...open,
    get log(): never {
      throw new LogTooLargeError(open.name, open.large.events);
    },
  };
}

export interface LogAccess {
  /** By id or name; without one, the thread's log. Throws `LogNotFoundError` naming those there are. */
  open(idOrName?: string): Promise<OpenLog>;
  list(): Promise<
    readonly {
      id: string;
      name: string;
      cases: number;
      events: number;
      first: string | null;
      last: string | null;
    }[]
  >;
  /** Keeps a changed copy as a log of its own; the original stays as it is. Absent where no logs can be made. */
  derive?(request: DeriveRequest): Promise<{ readonly id: string; readonly name: string }>;
}

/** A changed copy of a log, to be kept beside it. */
export interface DeriveRequest {
  readonly from: OpenLog;
  readonly name: string;
  readonly columns: LogColumns;
  readonly recipe: LogRecipe;
  readonly person: string;
  /** The zone that its times are now read in, where that changed. */
  readonly zone?: string;
}

export interface ToolContext {
  readonly tenant: string;
  /** Null: a viewer without a name (reads only). */
  readonly person: Person | null;
  readonly thread: string | null;
  /** The clock for words and windows (`--now`). Decisions and the ledger use the database's. */
  readonly now: Date;
  /** IANA name; words about time are meant in it. */
  readonly zone: string;
  readonly signal: AbortSignal;
  readonly database: Database;
  readonly logs: LogAccess;
  /** Ports a composition root provides by name (`tools/<folder>` says which type it expects). */
  readonly services: ToolServices;
  progress(message: string, share?: number): void;
  /** Makes a fact: adds the log's digest and hashes it. */
  fact(draft: FactDraft): Fact;
  random(): number;
  /** Runs a call to another system as a step of the trace; untraced where it is absent. */
  traced?: Traced;
}

/** `operation` is the operation's id; a response's status is all that a step may say of it. */
export type Traced = <Result>(
  step: { readonly kind: "connector"; readonly operation: string; readonly method: string },
  work: (running: { set(attributes: { "http.response.status_code": number }): void }) => Promise<Result>,
) => Promise<Result>;

/** Extended by rooms through declaration merging (`declare module "../define.ts" { interface ToolServices {…} }`). */
// biome-ignore lint/suspicious/noEmptyInterface: rooms add to it
export interface ToolServices {}

declare const executorOnly: unique symbol;

/** Only agent/approvals/execute.ts builds one, after it has claimed an approved proposal. */
export interface WriteContext extends ToolContext {
  readonly proposal: string;
  /** The same for every attempt at one proposal. */
  readonly idempotencyKey: string;
  readonly [executorOnly]: true;
}

interface Declaration<Input> {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  /** What people say, by language. They feed the built-in planner's index, the model's description and the evals. */
  readonly examples: { readonly en: readonly string[] } & Readonly<Record<string, readonly string[]>>;
  readonly input: z.ZodType<Input>;
  /** Who may ask for it; everybody who is known, when absent. */
  readonly roles?: readonly Role[];
  /** Fields of the input that only a call by name may hold (HTTP, command line), such as where a secret is. */
  readonly notFromModels?: readonly string[];
  /** Fields that a model may only take out of the asking person's own message. */
  readonly fromTheMessage?: readonly string[];
}

export interface ReadTool<Input = unknown, Data = unknown> extends Declaration<Input> {
  readonly risk: "read" | "draft";
  /**
   * Computes for long out of a log alone: it runs in a worker thread, where the context has logs, facts, clock, zone,
   * randomness, progress and signal, and neither the database nor services.
   */
  readonly computes?: boolean;
  /** Its input and result are not kept as an analysis: they are a person's own, and can be forgotten. */
  readonly unrecorded?: boolean;
  execute(input: Input, context: ToolContext): Promise<ToolResult<Data>>;
  /** Answers of a log that is too large for memory (`OpenLog.large`), out of SQL alone. Without it, the tool cannot. */
  inSql?(input: Input, context: ToolContext, open: OpenLog): Promise<ToolResult<Data>>;
}

export interface Receipt {
  /** One sentence: what happened. */
  readonly summary: string;
  /** The target system's own identifiers. */
  readonly references: readonly { readonly system: string; readonly id: string; readonly url?: string }[];
  readonly data?: unknown;
}

/** What a system says about an idempotency key after a crash. */
export type Reconciliation =
  | { readonly state: "done"; readonly receipt: Receipt }
  | { readonly state: "not-done" }
  | { readonly state: "unknown"; readonly reason: string };

export interface WriteTool<Input = unknown> extends Declaration<Input> {
  readonly risk: "write" | "irreversible";
  preview(input: Input, context: ToolContext): Promise<Preview>;
  execute(input: Input, context: WriteContext): Promise<Receipt>;
  /** Asks the other side whether the key's effect is there. */
  reconcile?(input: Input, context: WriteContext): Promise<Reconciliation>;
  /** After a crash, where `reconcile` says not-done: may it be tried again under the same key? Never asked of what is irreversible. */
  repeatable?(input: Input): boolean;
  /** The proposal that would take it back; null when nothing can. */
  undo?(input: Input, receipt: Receipt): { readonly tool: string; readonly input: unknown } | null;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of tools has no common input
export type Tool = ReadTool<any, any> | WriteTool<any>;

export const isWrite = (tool: Tool): tool is WriteTool =>
  tool.risk === "write" || tool.risk === "irreversible";

/** Declares a tool that only reads. */
export function readTool<Input, Data>(tool: Omit<ReadTool<Input, Data>, "risk">): ReadTool<Input, Data> {
  const { inSql } = tool;
  if (inSql === undefined) return { ...tool, risk: "read" };
  return {
    ...tool,
    risk: "read",
    async execute(input, context) {
      const open = await context.logs.open((input as { log?: string }).log);
      return open.large === undefined ? tool.execute(input, context) : inSql(input, context, open);
    },
  };
}

/** Declares a tool that makes something inside Millwright which nobody acts on yet (a draft, an import). */
export function draftTool<Input, Data>(tool: Omit<ReadTool<Input, Data>, "risk">): ReadTool<Input, Data> {
  return { ...tool, risk: "draft" };
}

/** Declares a tool that changes something. It runs only through a proposal, a decision and the executor. */
export function writeTool<Input>(tool: WriteTool<Input>): WriteTool<Input> {
  return tool;
}
