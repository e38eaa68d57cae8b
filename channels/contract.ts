/** The wire types that web, HTTP and other clients share. */
import type { PlanReport, PlanStep, Reply, ThreadEvent } from "../agent/service.ts";
import type { Fact, Person, ProposalCard, View } from "../tools/define.ts";

export type {
  DecideResult,
  LogSummary,
  Mark,
  ModelSummary,
  PlanReport,
  PlanStep,
  ProposalSummary,
  Reading,
  RenderedAnswer,
  Reply,
  RunResult,
  Steering,
  ThreadEvent,
} from "../agent/service.ts";
export type { Problem } from "../errors.ts";
export type {
  Change,
  Fact,
  Person,
  Preview,
  ProposalCard,
  Risk,
  Role,
  TableColumn,
  View,
} from "../tools/define.ts";

type EventBody<Type extends ThreadEvent["body"]["type"]> = Extract<ThreadEvent["body"], { type: Type }>;

/** The data parts (`data-<name>`) of the web chat's UI message stream. A part with the same id replaces the earlier one. */
export type ChatParts = {
  plan: EventBody<"plan">;
  /** Its id is the call's. */
  progress: EventBody<"progress">;
  view: { readonly call: string; readonly tool: string; readonly view: View };
  fact: Fact;
  /** Its id is the proposal's: a receipt replaces the card. */
  proposal: ProposalCard;
  decision: EventBody<"decision">;
  alert: EventBody<"alert">;
  reply: Reply;
  problem: unknown;
  stopped: { readonly at: string; readonly plan?: PlanReport };
  /** Its id is the step's: a later state replaces the earlier one. */
  step: PlanStep;
  steered: EventBody<"steered">;
  resumed: EventBody<"resumed">;
};

/** What every chat message knows of the event it began with. */
export interface ChatMetadata {
  readonly turn: string;
  readonly seq: number;
  readonly at: string;
  readonly person: string | null;
}

/** What `POST /mine` asks for: what a log file says, without agent or database. */
export interface MineRequest {
  /** A file that the channel has written. */
  readonly path: string;
  /** As the person named it: errors name it so. */
  readonly name: string;
  readonly mapping?: Readonly<Record<string, string>>;
  readonly lifecycle?: "all" | "complete";
  /** `name`, `name+lifecycle`, or a classifier of the XES file. */
  readonly classifier?: string;
  readonly model: boolean;
  readonly zone?: string;
  readonly signal?: AbortSignal;
}

/** A calendar as it is kept, and its hours in words. */
export interface Calendar {
  readonly name: string;
  readonly hours: string;
  /** What `PUT /v1/calendars/{name}` takes; docs/definitions.md, "Business time". */
  readonly definition: unknown;
}

/** A log's id, and the name of the calendar that "business hours" mean on it; null for the usual ones. */
export interface LogCalendar {
  readonly log: string;
  readonly calendar: string | null;
}

/** `caller` is null only for the OS user whom the embedded database belongs to. */
export interface Calendars {
  list(): Promise<readonly Calendar[]>;
  /** By name; whichever case its letters have. */
  show(name: string): Promise<Calendar>;
  /** Adds it, or replaces the one of that name. */
  set(caller: Person | null, name: string, definition: unknown): Promise<Calendar>;
  remove(caller: Person | null, name: string): Promise<void>;
  /** Of a log by id or name. */
  defaultOf(log: string): Promise<LogCalendar>;
  setDefault(caller: Person | null, log: string, name: string | null): Promise<LogCalendar>;
}
