/** What the model is told about the thread, its log, the waiting proposals and the KPIs before it plans. */
import { and, desc, eq, or } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { findThread, type ThreadRow } from "../db/queries/threads.ts";
import { kpis, logs, people } from "../db/schema/index.ts";
import type { Person } from "../tools/define.ts";
import { connectedSystems } from "./connected-systems.ts";
import { NotFoundError } from "./errors.ts";
import type { LiveTurn } from "./graph/run.ts";
import type { TurnRequest } from "./graph/state.ts";
import type { Briefing, LogBriefing, Vocabulary } from "./model/provider.ts";
import type { ServiceOptions } from "./options.ts";
import { waitingFor } from "./proposals.ts";
import { rememberedFor } from "./remembered.ts";
import type { Reply, ThreadEvent } from "./service.ts";
import { newestEventsOfTypes, turnsBefore } from "./threads/events.ts";
import { historyFor, historyLimits, type PastTurn } from "./threads/history.ts";

type LogRow = typeof logs.$inferSelect;

const toBriefing = (row: LogRow): LogBriefing => ({
  id: row.id,
  name: row.name,
  cases: row.cases,
  events: row.events,
  first: row.firstEvent?.toISOString() ?? null,
  last: row.lastEvent?.toISOString() ?? null,
  vocabulary: row.vocabulary as Vocabulary,
});

/** A log of the tenant by id or name. Throws `NotFoundError`. */
export async function findLog(database: Database, tenant: string, idOrName: string): Promise<LogRow> {
  const rows = await database
    .select()
    .from(logs)
    .where(and(eq(logs.tenant, tenant), or(eq(logs.id, idOrName), eq(logs.name, idOrName))));
  const row = rows.find(({ id }) => id === idOrName) ?? rows[0];
  if (row === undefined) throw new NotFoundError("log", idOrName);
  return row;
}

export async function briefingFor(
  options: ServiceOptions,
  request: TurnRequest,
  person: Person | null,
): Promise<Briefing> {
  const { database } = options;
  const { tenant, thread } = request;
  const asking = { tenant, person: person?.id ?? null };
  const row = await findThread(database, asking, thread);
  if (row === null) throw new NotFoundError("thread", thread);
  const all = await database.select().from(logs).where(eq(logs.tenant, tenant)).orderBy(desc(logs.createdAt));
  const log = await chosenLog(database, request, row, all);
  const place = { ...asking, thread };
  return {
    tenant,
    person,
    thread,
    now: new Date(request.now),
    zone: request.zone,
    language: row.language,
    text: request.text,
    tools: options.registry.forPerson(person),
    log,
    logs: all.map(toBriefing),
    proposals: await waitingFor(database, tenant, thread, person),
    kpis: await kpisOf(database, tenant),
    people: await peopleOf(database, tenant),
    systems: await connectedSystems(database, tenant),
    remembered: await rememberedFor(options.memory, place, { text: request.text, log: log?.id ?? null }),
    state: row.state as Briefing["state"],
  };
}

/** The log that was named, else the thread's, else the only one. */
async function chosenLog(
  database: Database,
  request: TurnRequest,
  thread: ThreadRow,
  all: readonly LogRow[],
): Promise<LogBriefing | null> {
  if (request.log !== null) return toBriefing(await findLog(database, request.tenant, request.log));
  const remembered = all.find(({ id }) => id === thread.log);
  const only = all.length === 1 ? all[0] : undefined;
  const chosen = remembered ?? only;
  return chosen === undefined ? null : toBriefing(chosen);
}

/** Those who left as well: what they decided still stands in the ledger. */
const peopleOf = (database: Database, tenant: string): Promise<NonNullable<Briefing["people"]>> =>
  database
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(eq(people.tenant, tenant))
    .orderBy(people.id);

async function kpisOf(database: Database, tenant: string): Promise<Briefing["kpis"]> {
  const rows = await database.select().from(kpis).where(eq(kpis.tenant, tenant)).orderBy(kpis.name);
  return rows.map(({ name, log, metric, activity, limit, deadline }) => ({
    name,
    log,
    metric,
    activity,
    limit,
    deadline,
  }));
}

/** A reply as a template again, so that a model sees figures as holes. */
function asTemplate(reply: Reply): string {
  let text = reply.reply;
  for (const mark of [...reply.marks].sort((a, b) => b.start - a.start)) {
    text = `${text.slice(0, mark.start)}{{${mark.fact}}}${text.slice(mark.end)}`;
  }
  return text;
}

/** What was said in the thread before this turn, in short, and the facts of those replies. */
export async function historyOf(
  database: Database,
  request: TurnRequest,
): Promise<Pick<LiveTurn, "history" | "earlierFacts">> {
  const newest = 2 * (historyLimits.turns + 1);
  const found = await newestEventsOfTypes(database, request, ["message", "reply"], newest);
  const began = found.findIndex((event) => event.turn === request.turn);
  const before = began === -1 ? found : found.slice(0, began);
  const past = pastTurns(before);
  const turns = past.slice(-historyLimits.turns);
  const older = found.length < newest ? 0 : await turnsBefore(database, request, before[0]?.seq ?? 0);
  const earlier = older + past.length - turns.length;
  const facts = before.flatMap(({ body }) => (body.type === "reply" ? body.reply.facts : []));
  return { history: historyFor(turns, earlier), earlierFacts: facts };
}

function pastTurns(found: readonly ThreadEvent[]): PastTurn[] {
  const replies = new Map(
    found.flatMap(({ turn, body }) => (body.type === "reply" ? [[turn, body.reply] as const] : [])),
  );
  return found.flatMap(({ turn, body }): PastTurn[] => {
    if (body.type !== "message") return [];
    const reply = replies.get(turn);
    if (reply === undefined) return [{ question: body.text, reply: "", headline: "", facts: [] }];
    const text = asTemplate(reply);
    return [{ question: body.text, reply: text, headline: firstLine(text), facts: reply.facts }];
  });
}

const firstLine = (text: string): string => text.split("\n")[0]!;
