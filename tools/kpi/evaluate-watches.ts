/**
 * Runs after every append: limits that are newly broken, promises that can be judged, published rules that fire.
 *
 * What has been said is kept in the watch's `last`; it is written in one transaction with whatever `record` writes, so
 * that after a crash an alert is either recorded or raised again, and never twice.
 */
import { and, eq } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { watches } from "../../db/schema/index.ts";
import type { Fact, FactDraft, LogAccess, OpenLog } from "../define.ts";
import { evaluateLimit } from "./evaluate-limit.ts";
import { evaluatePromise } from "./evaluate-promise.ts";
import { activeWatches, type WatchRow } from "./kpi-store.ts";
import { notifyOfRules } from "./notify-of-rules.ts";

export interface Alert {
  readonly watch: string;
  /** Where to say it; null for none. */
  readonly thread: string | null;
  readonly title: string;
  readonly text: string;
  readonly facts: readonly Fact[];
  readonly verdict: "breach" | "kept" | "missed";
  readonly data?: unknown;
}

export interface EvaluateWatches {
  readonly database: Database;
  readonly logs: LogAccess;
  readonly tenant: string;
  /** Id or name. */
  readonly log: string;
  readonly now: Date;
  newId(): string;
  fact(draft: FactDraft): Fact;
  /** Writes the alerts in the transaction that remembers that they were raised. */
  record?(transaction: Transaction, alerts: readonly Alert[]): Promise<void>;
}
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** What an evaluation comes to: what to say, if anything, and what to remember. */
export interface Evaluation {
  readonly alert: Omit<Alert, "watch" | "thread"> | null;
  readonly last: Readonly<Record<string, unknown>>;
  /** A judged promise is done with. */
  readonly isDone: boolean;
}

const evaluateOne = (row: WatchRow, open: OpenLog, request: EvaluateWatches): Promise<Evaluation> =>
  row.kind === "limit" ? evaluateLimit(row, open, request.fact) : evaluatePromise(row, open, request.fact);

/** Evaluates the watches and published rules of a log. */
export async function evaluateWatches(request: EvaluateWatches): Promise<readonly Alert[]> {
  const { database, tenant } = request;
  const open = await request.logs.open(request.log);
  await notifyOfRules({ database, tenant, open });
  const evaluated = await Promise.all(
    (await activeWatches(database, tenant, open.id)).map(async (row) => ({
      row,
      evaluation: await evaluateOne(row, open, request),
    })),
  );
  return database.transaction(async (transaction) => {
    const alerts: Alert[] = [];
    for (const { row, evaluation } of evaluated) {
      if (!(await remember(transaction, row, evaluation, open.digest))) continue;
      if (evaluation.alert !== null) alerts.push({ ...evaluation.alert, watch: row.id, thread: row.thread });
    }
    await request.record?.(transaction, alerts);
    return alerts;
  });
}

/** False when another process has evaluated the watch meanwhile: then that one speaks. */
async function remember(
  transaction: Transaction,
  row: WatchRow,
  { last, isDone }: Evaluation,
  digest: string,
): Promise<boolean> {
  const [current] = await transaction
    .select({ last: watches.last })
    .from(watches)
    .where(and(eq(watches.tenant, row.tenant), eq(watches.id, row.id), eq(watches.active, true)))
    .for("update");
  if (current === undefined || JSON.stringify(current.last) !== JSON.stringify(row.last)) return false;
  await transaction
    .update(watches)
    .set({ last: { ...last, digest }, ...(isDone ? { active: false, state: String(last["verdict"]) } : {}) })
    .where(and(eq(watches.tenant, row.tenant), eq(watches.id, row.id)));
  return true;
}
