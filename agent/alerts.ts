/** Alerts go into the thread that asked to be told and into the ledger. */
import { randomUUID } from "node:crypto";
import { storedForm } from "./approvals/digest.ts";
import type { Gate } from "./approvals/gate.ts";
import { appendLedger, publishHead } from "./approvals/ledger.ts";
import { keepFacts } from "./graph/read.ts";
import type { Alert, Transaction } from "./options.ts";
import { appendEvents, storable } from "./threads/events.ts";
import type { Live } from "./threads/live.ts";

/** Writes alerts down as a part of the caller's transaction, the ledger last. */
export async function recordAlerts(
  transaction: Transaction,
  tenant: string,
  alerts: readonly Alert[],
): Promise<void> {
  for (const { thread, watch, title, text, facts } of alerts) {
    await keepFacts({ database: transaction }, tenant, facts, null);
    if (thread === null) continue;
    await appendEvents(transaction, {
      tenant,
      thread,
      turn: `alert:${randomUUID()}`,
      person: null,
      channel: null,
      bodies: [{ type: "alert", title, text, watch, facts }],
    });
  }
  for (const alert of alerts) await recordInLedger(transaction, tenant, alert);
}

async function recordInLedger(transaction: Transaction, tenant: string, alert: Alert): Promise<void> {
  const { watch, title, text, thread } = alert;
  const facts = alert.facts.map(({ id, value, unit, hash }) => ({ id, value, unit, hash }));
  const data = storedForm(storable({ title, text, thread, facts, data: alert.data ?? null }));
  await appendLedger(transaction, {
    tenant,
    kind: "alert-raised",
    actor: "system",
    subject: watch,
    data: data as Record<string, unknown>,
  });
}

/** After that transaction: wakes those who follow the threads. */
export async function announceAlerts(
  { gate, live }: { readonly gate: Gate; readonly live: Live },
  tenant: string,
  alerts: readonly Alert[],
): Promise<void> {
  if (alerts.length === 0) return;
  await publishHead(gate, tenant);
  for (const { thread } of alerts) if (thread !== null) live.wake({ tenant, thread });
}
