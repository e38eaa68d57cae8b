/** Logs: which there are, uploads, events that are added; and the facts that were found in them. */
import { and, asc, eq } from "drizzle-orm";
import { openThread, updateThread } from "../db/queries/threads.ts";
import { facts, logs } from "../db/schema/index.ts";
import type { Fact } from "../tools/define.ts";
import { announceAlerts, recordAlerts } from "./alerts.ts";
import type { Gate } from "./approvals/gate.ts";
import { findLog } from "./briefing.ts";
import { NotAllowedError, NotFoundError } from "./errors.ts";
import { createFactory, rememberDigests } from "./evidence/facts.ts";
import type { AgentServiceOptions } from "./options.ts";
import { rerun } from "./rerun.ts";
import type { AgentService, LogSummary } from "./service.ts";
import { requirePerson, resolveSpeaker } from "./speaker.ts";
import type { Live } from "./threads/live.ts";

export interface LibraryServices {
  readonly options: AgentServiceOptions;
  readonly gate: Gate;
  readonly live: Live;
}

const never = new AbortController().signal;

export const toSummary = (row: typeof logs.$inferSelect): LogSummary => ({
  id: row.id,
  name: row.name,
  cases: row.cases,
  events: row.events,
  first: row.firstEvent?.toISOString() ?? null,
  last: row.lastEvent?.toISOString() ?? null,
  mapping: row.mapping,
  findings: row.findings as LogSummary["findings"],
});

export function createLibrary(
  services: LibraryServices,
): Pick<AgentService, "logs" | "upload" | "exportLog" | "models" | "uploadModel" | "append" | "fact"> {
  const { options } = services;
  const { database } = options;
  return {
    async logs({ person, tenant }) {
      await resolveSpeaker(database, tenant, person);
      const rows = await database.select().from(logs).where(eq(logs.tenant, tenant)).orderBy(asc(logs.name));
      return rows.map(toSummary);
    },
    async upload(request) {
      const { tenant, thread, name, path, mapping, zone } = request;
      const person = await requirePerson(database, tenant, request.person, "upload a log");
      refuseViewers(person.roles, "upload a log");
      const summary = await options.importLog({
        tenant,
        person: person.id,
        name,
        path,
        signal: request.signal ?? never,
        progress: (message, share) => request.onProgress?.(message, share),
        ...(mapping === undefined ? {} : { mapping }),
        ...(zone === undefined ? {} : { zone }),
      });
      if (thread !== undefined) {
        await openThread(database, { tenant, person: person.id }, thread);
        await updateThread(database, tenant, thread, { log: summary.id });
      }
      return summary;
    },
    async exportLog({ person, tenant, log, format, path, signal }) {
      await resolveSpeaker(database, tenant, person);
      return options.exportLog({ tenant, log, format, path, signal: signal ?? never });
    },
    async models({ person, tenant, log }) {
      await resolveSpeaker(database, tenant, person);
      const { id } = await findLog(database, tenant, log);
      return options.listModels(tenant, id);
    },
    async uploadModel({ tenant, log, name, document, ...request }) {
      const person = await requirePerson(database, tenant, request.person, "upload a model");
      refuseViewers(person.roles, "upload a model");
      const { id } = await findLog(database, tenant, log);
      return options.storeModel({ tenant, log: id, name, document, person: person.id });
    },
    async append(request) {
      const { tenant, events } = request;
      const person = await requirePerson(database, tenant, request.person, "add events");
      refuseViewers(person.roles, "add events");
      const { id } = await findLog(database, tenant, request.log);
      const { added, log } = await options.appendEvents({ tenant, log: id, events });
      const { logs: access, digestOf } = rememberDigests(options.logAccess(tenant, id));
      const now = request.now ?? options.clock();
      const fact = createFactory(digestOf);
      const record: Parameters<typeof options.evaluateWatches>[0]["record"] = (transaction, raised) =>
        recordAlerts(transaction, tenant, raised);
      const alerts = await options.evaluateWatches({ tenant, log: id, now, logs: access, fact, record });
      await announceAlerts(services, tenant, alerts);
      return { added, alerts: alerts.length, log };
    },
    async fact({ person: speaker, tenant, id }) {
      const person = await resolveSpeaker(database, tenant, speaker);
      const [row] = await database
        .select()
        .from(facts)
        .where(and(eq(facts.tenant, tenant), eq(facts.id, id)));
      if (row === undefined) throw new NotFoundError("fact", id);
      const fact = toFact(row);
      return { fact, rerun: await rerun(options, { tenant, person, fact, signal: never }) };
    },
  };
}

function refuseViewers(roles: readonly string[], what: string): void {
  if (roles.every((role) => role === "viewer")) {
    throw new NotAllowedError(`A viewer may not ${what}`, "any role but viewer");
  }
}

const toFact = (row: typeof facts.$inferSelect): Fact => ({
  id: row.id,
  value: row.value,
  unit: row.unit,
  label: row.label,
  sql: row.sql,
  source: row.source as Fact["source"],
  rows: row.rows,
  hash: row.hash,
});
