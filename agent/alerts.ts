/** Alerts go into the ledger and into the thread that asked to be told. */
import { randomUUID } from "node:crypto";
import { storedForm } from "./approvals/digest.ts";
import type { Gate } from "./approvals/gate.ts";
import { appendLedger, publishHead } from "./approvals/ledger.ts";
import { keepFacts } from "./graph/read.ts";
import type { AgentServiceOptions, Alert } from "./options.ts";
import { appendEvents, storable } from "./threads/events.ts";
import type { Live } from "./threads/live.ts";

export interface AlertServices {
  readonly options: AgentServiceOptions;
  readonly gate: Gate;
  readonly live: Live;
}

export async function raiseAlerts(
  services: AlertServices,
  tenant: string,
  alerts: readonly Alert[],
): Promise<void> {
  for (const alert of alerts) await raise(services, tenant, alert);
  if (alerts.length > 0) await publishHead(services.gate, tenant);
}

async function raise({ options, gate, live }: AlertServices, tenant: string, alert: Alert): Promise<void> {
  const { watch, title, text, facts, thread } = alert;
  await keepFacts(options, tenant, facts, null);
  await gate.database.transaction(async (transaction) => {
    await appendLedger(transaction, {
      tenant,
      kind: "alert-raised",
      actor: "system",
      subject: watch,
      data: storedForm(
        storable({
          title,
          text,
          thread,
          facts: facts.map(({ id, value, unit }) => ({ id, value, unit })),
          data: alert.data ?? null,
        }),
      ) as Record<string, unknown>,
    });
  });
  if (thread === null) return;
  const key = { tenant, thread };
  await appendEvents(gate.database, {
    ...key,
    turn: `alert:${randomUUID()}`,
    person: null,
    channel: null,
    bodies: [{ type: "alert", title, text, watch, facts }],
  });
  live.wake(key);
}
