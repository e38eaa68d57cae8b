/** Background jobs in the database (pg-boss), the same on PGlite and Postgres. */
import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import {
  type SendOptions as BossOptions,
  type DrizzleTransactionLike,
  fromDrizzle,
  type Db as JobDatabase,
  PgBoss,
} from "pg-boss";
import { MillwrightError } from "../errors.ts";
import type { OpenDatabase } from "./client.ts";
import { type Executor, rowsOf } from "./rows.ts";

export interface SendOptions {
  /** One waiting job a key: sending again while it waits does nothing. */
  readonly key?: string;
  /** The earliest time it may run, or seconds from now. */
  readonly startAfter?: Date | number;
  /** Enqueues as a part of this transaction: the job is there when, and only when, it commits. Needs `declare` before. */
  readonly transaction?: Executor;
}

export interface Jobs {
  /** Makes a queue; done by `send` and `work` too, but not inside a transaction. */
  declare(name: string): Promise<void>;
  /** The job's id, or null when one with the key waits already. */
  send(name: string, data: object, options?: SendOptions): Promise<string | null>;
  /** Runs `handler` for every job of that name, one at a time, retried twice when it throws. */
  work<Data extends object>(name: string, handler: (data: Data) => Promise<void>): Promise<void>;
  /** Sends a job at every time of a cron expression (UTC). */
  schedule(name: string, cron: string, data?: object): Promise<void>;
  /** Lets running handlers end (at most `seconds`), then stops. */
  stop(seconds?: number): Promise<void>;
}

/** A queue cannot be made inside somebody's transaction: on PGlite that transaction holds the only connection. */
export class QueueNotDeclaredError extends MillwrightError {
  constructor(name: string) {
    super("queue-not-declared", 500, `The queue ${name} was used in a transaction before it was declared.`, {
      value: name,
      remedy: "Call jobs.declare(name) at start.",
    });
  }
}

/** pg-boss's shortest: a person may be waiting. */
const pollingIntervalSeconds = 0.5;
/** No job has it: asking for it only warms pg-boss's cache of queues. */
const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * @param onError receives what goes wrong in the background (a lost connection, maintenance); what a handler throws
 *   leads to a retry and is kept with the job.
 */
export async function openJobs(open: OpenDatabase, onError: (error: Error) => void): Promise<Jobs> {
  const boss = new PgBoss({ db: overPool(open), backend: open.kind, schema: "jobs" });
  boss.on("error", onError);
  await boss.start();
  return new BossJobs(boss);
}

class BossJobs implements Jobs {
  readonly #boss: PgBoss;
  readonly #declared = new Map<string, Promise<void>>();

  constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  declare(name: string): Promise<void> {
    const declared = this.#declared.get(name) ?? this.#make(name);
    this.#declared.set(name, declared);
    return declared;
  }

  async send(name: string, data: object, options: SendOptions = {}): Promise<string | null> {
    if (options.transaction === undefined) await this.declare(name);
    else if (!this.#declared.has(name)) throw new QueueNotDeclaredError(name);
    return this.#boss.send(name, data, bossOptions(options));
  }

  async work<Data extends object>(name: string, handler: (data: Data) => Promise<void>): Promise<void> {
    await this.declare(name);
    await this.#boss.work<Data>(name, { pollingIntervalSeconds, batchSize: 1 }, async ([job]) => {
      if (job !== undefined) await handler(job.data);
    });
  }

  async schedule(name: string, cron: string, data: object = {}): Promise<void> {
    await this.declare(name);
    await this.#boss.schedule(name, cron, data);
  }

  async stop(seconds = 10): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: seconds * 1_000, close: false });
  }

  async #make(name: string): Promise<void> {
    await this.#boss.createQueue(name, { policy: "short", retryLimit: 2, retryBackoff: true });
    await this.#boss.findJobs(name, { id: nobody });
  }
}

/** Under the policy `short` one job a key waits, so a job without a key gets one of its own. */
function bossOptions({ key, startAfter, transaction }: SendOptions): BossOptions {
  return {
    singletonKey: key ?? randomUUID(),
    ...(startAfter === undefined ? {} : { startAfter }),
    ...(transaction === undefined ? {} : { db: fromDrizzle(overTransaction(transaction), sql) }),
  };
}

const overTransaction = (transaction: Executor): DrizzleTransactionLike => ({
  execute: (query) => rowsOf(transaction, query as SQL),
});

function overPool({ pool }: OpenDatabase): JobDatabase {
  return {
    async executeSql(text, values) {
      const result: unknown = await pool.query(text, values);
      return { rows: results(result).flatMap(({ rows }) => rows ?? []) };
    },
  };
}

/** pg answers several statements at once with a list of results. */
const results = (result: unknown): { rows?: unknown[] }[] =>
  Array.isArray(result) ? result : [result as { rows?: unknown[] }];
