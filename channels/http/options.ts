import type { Context, Hono } from "hono";
import type { AgentService, LogSummary, UploadRequest } from "../../agent/service.ts";
import type { Calendars, MineRequest, Person } from "../contract.ts";
import type { Callers } from "./authenticate.ts";

export interface HttpOptions {
  readonly tenant: string;
  /**
   * The embedded database behind a loopback address: people sign in by choosing a name, and without any credential one
   * reads as a viewer. Elsewhere every request needs a token.
   */
  readonly local: boolean;
  /** Host names, with or without a port, that requests may name besides loopback's. */
  readonly hosts?: readonly string[];
  /** The secret of this start that lies beside the lock (mode 0600): who can read it is the same OS user. */
  readonly secret?: string;
  /** Cookies only over HTTPS. */
  readonly secure?: boolean;
  /** Bytes; 4 GiB by default. */
  readonly uploadLimit?: number;
  /** The contract's `mine`, without agent or database. */
  readonly mine?: (request: MineRequest) => Promise<unknown>;
  /** Makes a token for a person; shown once, only its hash is kept. */
  readonly issueToken?: (caller: Person, owner: string, label: string) => Promise<string>;
  /** Maps who somebody is in a channel, such as ("slack", "T1/U2"), to a person. */
  readonly linkIdentity?: (person: string, channel: string, subject: string) => Promise<void>;
  /** The contract's `--kpis`: adds or replaces KPIs by name. */
  readonly setKpis?: (kpis: readonly unknown[]) => Promise<number>;
  /** Business calendars of the tenant. */
  readonly calendars?: Calendars;
  /** The command line's `--log FILE`: the same file is stored once. */
  readonly importLog?: (request: Omit<UploadRequest, "tenant">) => Promise<LogSummary>;
  /** Whether the agent has been loaded; `GET /health` says it. */
  readonly ready?: () => boolean;
  /** Shared with the web chat, so that one sign-in serves both; made here when absent. */
  readonly callers?: Callers;
  /** Other channels' routes (web, Slack), behind this one's host check. */
  readonly mounts?: readonly Hono[];
  /** Where errors that are not a person's go. */
  readonly onError?: (error: unknown) => void;
}

/** Who calls. `person` is null for a viewer without a name. */
export interface Caller {
  readonly person: Person | null;
  readonly tenant: string;
}

export type Environment = { Variables: { caller: Caller; sameUser: boolean } };
export type HttpContext = Context<Environment>;

/** What every group of routes gets. */
export interface Room {
  readonly service: AgentService;
  readonly options: HttpOptions;
}
