/** What the composition root gives to the channels and to the command line. */
import type { AgentService, LogSummary } from "../agent/service.ts";
import type { Database } from "../db/client.ts";
import type { Calendars, MineRequest, Person } from "./contract.ts";
import type { DataFolder } from "./data-folder.ts";

export interface OpenMillwrightOptions {
  /** `--data`; MILLWRIGHT_DATA or `./.millwright` by default. */
  readonly data?: string;
  /** postgres:// address; the embedded database in the data folder when absent. */
  readonly databaseUrl?: string;
  /** `--now`: the clock for words and windows. */
  readonly now?: Date;
  readonly environment?: NodeJS.ProcessEnv;
  /** `host:port` of private addresses that connectors may reach, besides MILLWRIGHT_ALLOW_HOSTS. */
  readonly allowedHosts?: readonly string[];
  /** Imports the sample processes when the embedded database is new. */
  readonly samples?: boolean;
  /** Computes in worker threads, so that the process goes on answering: for servers, which answer many at once. */
  readonly threads?: boolean;
  /** Gets failures that nobody waits for. Standard error when absent. */
  readonly report?: Report;
}

export type Report = (error: unknown, where: string) => void;

export interface ImportRequest {
  /** Null only where the database is this OS user's own. */
  readonly person: Person | null;
  readonly name: string;
  readonly path: string;
  readonly mapping?: Readonly<Record<string, string>>;
  readonly zone?: string;
  readonly thread?: string;
  readonly onProgress?: (message: string, share: number | null) => void;
  readonly signal?: AbortSignal;
}

export interface Millwright {
  readonly service: AgentService;
  readonly tenant: string;
  readonly folder: DataFolder;
  /** The embedded database: it belongs to this OS user. */
  readonly embedded: boolean;
  /** For who looks at what is kept from outside of the agent, such as the evals. Channels go through the service. */
  readonly database: Database;
  /** The same content under the same name is stored once. */
  importLog(request: ImportRequest): Promise<LogSummary>;
  /** The contract's `mine`: what a log file says, without agent or database. */
  mine(request: MineRequest): Promise<unknown>;
  /** Adds or replaces KPIs by name; returns how many. */
  setKpis(kpis: readonly unknown[]): Promise<number>;
  /** Business calendars of the tenant. */
  readonly calendars: Calendars;
  /** A token of `owner`: oneself, or anybody when the caller is an administrator. */
  issueToken(caller: Person, owner: string, label: string): Promise<string>;
  /** The administrator's token on a database where nobody has one; null afterwards. */
  firstToken(): Promise<string | null>;
  /** Maps who somebody is in a channel, such as ("slack", "T1/U2"), to a person. */
  linkIdentity(person: string, channel: string, subject: string): Promise<void>;
  /** True once per message and channel, in all processes over this database. */
  claim(channel: string, key: string): Promise<boolean>;
  /** Loads what the first turn needs. */
  warm(): Promise<void>;
  /** Whether that has been loaded. */
  isWarm(): boolean;
  /** Does the work once a minute, in one of all processes over this database. Returns what ends it. */
  everyMinute(name: string, work: () => Promise<void>): Promise<() => Promise<void>>;
  /** Marks what waited too long. */
  expire(): Promise<void>;
  /** Writes where this process listens into the lock. */
  listensAt(address: string | null): Promise<void>;
  close(): Promise<void>;
}

export interface ServeOptions extends OpenMillwrightOptions {
  /** 4117 by default (PORT); 0 for any free one. */
  readonly port?: number;
  /** 127.0.0.1 by default (HOST). */
  readonly host?: string;
  /** Opens the browser where there is a desktop. */
  readonly open?: boolean;
  /** Starts the sample processes' ticket system, a process of its own, and connects it (embedded database only). */
  readonly tickets?: boolean;
  /** Folder of a built web app; this repository's own, built when it is stale, by default. */
  readonly site?: string;
  /** Gets each line that `serve` prints. */
  readonly say?: (line: string) => unknown;
}

export interface Served {
  readonly address: string;
  readonly millwright: Millwright;
  /** Answers what is under way, then closes everything. */
  close(): Promise<void>;
}
