/** Reads of a thread's record, and of the names that must not leave it. */
import { and, asc, eq, isNotNull } from "drizzle-orm";
import { findThread, ThreadNotFoundError } from "../../db/queries/threads.ts";
import { events, logs, people } from "../../db/schema/index.ts";
import type { ToolContext } from "../define.ts";
import type { RecordedTurn } from "./core/case-of-thread.ts";

type Scope = Pick<ToolContext, "database" | "tenant" | "person">;

interface SavedThread {
  readonly log: string | null;
  readonly turns: readonly RecordedTurn[];
}

interface RecordedReply {
  readonly language: string;
  readonly calls: readonly { readonly tool: string; readonly input: unknown }[];
  readonly proposals: readonly { readonly tool: string }[];
  readonly clarification: unknown;
}

/**
 * The turns of a thread that were answered, but for the one that asks (`open`).
 * @throws ThreadNotFoundError where it is not there or somebody else's
 */
export async function readThread({ database, tenant, person }: Scope, thread: string): Promise<SavedThread> {
  const row = await findThread(database, { tenant, person: person?.id ?? null }, thread);
  if (row === null) throw new ThreadNotFoundError(thread);
  const recorded = await database
    .select({ turn: events.turn, type: events.type, data: events.data })
    .from(events)
    .where(and(eq(events.tenant, tenant), eq(events.thread, thread)))
    .orderBy(asc(events.seq));
  const turns = [...Map.groupBy(recorded, ({ turn }) => turn).values()].flatMap((own) => {
    const message = own.find(({ type }) => type === "message")?.data as { text: string } | undefined;
    const reply = own.find(({ type }) => type === "reply")?.data as { reply: RecordedReply } | undefined;
    return message && reply ? [turnOf(message.text, reply.reply)] : [];
  });
  return { log: await logName({ database, tenant }, row.log), turns };
}

const turnOf = (say: string, { language, calls, proposals, clarification }: RecordedReply): RecordedTurn => ({
  say,
  language,
  calls: calls.map(({ tool, input }) => ({ tool, input })),
  proposes: proposals.map(({ tool }) => tool),
  clarifies: clarification !== null,
});

async function logName(
  { database, tenant }: Pick<Scope, "database" | "tenant">,
  id: string | null,
): Promise<string | null> {
  if (id === null) return null;
  const [row] = await database
    .select({ name: logs.name })
    .from(logs)
    .where(and(eq(logs.tenant, tenant), eq(logs.id, id)));
  return row?.name ?? null;
}

/** Attributes of logs that hold people. */
const personLike = /resource|user|employee|owner|customer|client|agent|clerk|person|name|requester|approver/i;

interface Vocabulary {
  readonly attributes?: readonly { readonly name: string; readonly values?: readonly string[] }[];
}

/** Everybody of the tenant, and the people that its logs name. */
export async function namesOfPeople({ database, tenant }: Scope): Promise<string[]> {
  const [persons, known] = await Promise.all([
    database.select({ id: people.id, name: people.name }).from(people).where(eq(people.tenant, tenant)),
    database
      .select({ vocabulary: logs.vocabulary })
      .from(logs)
      .where(and(eq(logs.tenant, tenant), isNotNull(logs.vocabulary))),
  ]);
  const inLogs = known.flatMap(({ vocabulary }) =>
    ((vocabulary as Vocabulary).attributes ?? [])
      .filter(({ name }) => personLike.test(name))
      .flatMap(({ values }) => values ?? []),
  );
  return [...persons.flatMap(({ id, name }) => [id, name]), ...inLogs];
}
