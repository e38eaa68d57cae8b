/** What is watched, and the record of everything that was done. */
import { and, asc, desc, eq, gt } from "drizzle-orm";
import { kpis, ledger, watches } from "../db/schema/index.ts";
import type { Gate } from "./approvals/gate.ts";
import { verifyLedger } from "./approvals/ledger.ts";
import type { AgentServiceOptions } from "./options.ts";
import type { AgentService } from "./service.ts";
import { resolveSpeaker } from "./speaker.ts";

const mostEntries = 1000;

export function createOversight(services: {
  readonly options: AgentServiceOptions;
  readonly gate: Gate;
}): Pick<AgentService, "monitor" | "ledger"> {
  const { gate } = services;
  const { database } = gate;
  const alertsOf = async (tenant: string) => {
    const rows = await database
      .select({ seq: ledger.seq, at: ledger.at, watch: ledger.subject, data: ledger.data })
      .from(ledger)
      .where(and(eq(ledger.tenant, tenant), eq(ledger.kind, "alert-raised")))
      .orderBy(desc(ledger.seq))
      .limit(100);
    return rows.map(({ data, ...row }) => ({ ...row, ...(data as object) }));
  };
  return {
    async monitor({ person, tenant }) {
      await resolveSpeaker(database, tenant, person);
      const named = await database.select().from(kpis).where(eq(kpis.tenant, tenant)).orderBy(asc(kpis.name));
      const watched = await database
        .select()
        .from(watches)
        .where(eq(watches.tenant, tenant))
        .orderBy(asc(watches.createdAt));
      const limits = watched.filter(({ kind }) => kind === "limit");
      return {
        kpis: named.map(({ name, log, metric, activity, limit, deadline }) => {
          const watch = limits.find(({ kpi }) => kpi === name);
          return {
            name,
            log,
            metric,
            activity,
            limit,
            deadline,
            watch: watch?.id ?? null,
            last: watch?.last ?? null,
          };
        }),
        alerts: await alertsOf(tenant),
        promises: watched
          .filter(({ kind }) => kind === "promise")
          .map(({ id, log, proposal, thread, definition, since, state, last }) => ({
            id,
            log,
            proposal,
            thread,
            promise: definition,
            since: since?.toISOString() ?? null,
            state,
            last,
          })),
      };
    },
    /** Anybody may have the chain verified; its entries are for people with a name. */
    async ledger({ person, tenant, verify = false, after = 0, limit = mostEntries }) {
      const reader = await resolveSpeaker(database, tenant, person);
      const entries =
        reader === null
          ? []
          : await database
              .select()
              .from(ledger)
              .where(and(eq(ledger.tenant, tenant), gt(ledger.seq, after)))
              .orderBy(asc(ledger.seq))
              .limit(Math.min(limit, mostEntries));
      if (!verify) return { entries, verified: null };
      const { ok, entries: read, problem } = await verifyLedger(database, tenant, gate.head);
      return { entries, verified: { ok, entries: read, problem } };
    },
  };
}
