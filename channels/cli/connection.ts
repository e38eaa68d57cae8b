/** The agent as a command reaches it: in this process, or in the server that holds the embedded database. */
import type { AgentService } from "../../agent/service.ts";
import type { Calendars, LogSummary, Person } from "../contract.ts";
import type { ImportRequest } from "../main.ts";

export type CommandService = Pick<
  AgentService,
  "ask" | "call" | "decide" | "ledger" | "logs" | "proposals" | "run" | "stop"
>;

export interface Connection {
  readonly service: CommandService;
  readonly tenant: string;
  /** The person who speaks: by token where there is one, else by name; null without a name. Throws when unknown. */
  person(name: string | undefined): Promise<Person | null>;
  /** Stores a log; the same file is stored once. */
  importLog(request: ImportRequest): Promise<LogSummary>;
  /** Writes a stored log to a file that is not there yet. */
  exportLog(request: {
    person: Person | null;
    log: string;
    format: string;
    path: string;
    signal: AbortSignal;
  }): Promise<unknown>;
  /** Adds or replaces KPIs by name. */
  setKpis(person: Person | null, kpis: readonly unknown[]): Promise<number>;
  /** Business calendars of the tenant. */
  readonly calendars: Calendars;
  /** A token of `owner`: oneself, or anybody when the caller is an administrator. */
  issueToken(caller: Person, owner: string, label: string): Promise<string>;
  close(): Promise<void>;
}

export interface ConnectRequest {
  /** `--data`. */
  readonly data: string;
  readonly zone: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

export type Connector = (request: ConnectRequest) => Promise<Connection>;
