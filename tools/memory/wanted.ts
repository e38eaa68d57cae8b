/** What a person wants kept: checked before it is. */
import { and, desc, eq, or } from "drizzle-orm";
import { z } from "zod";
import { events, kpis, logs } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import type { ToolContext } from "../define.ts";
import { isSaidIn, longestText, Meaning } from "./core/meaning.ts";
import { type MemoryDraft, NotTheirWordsError } from "./port.ts";

export const wantedFields = {
  text: z.string().min(1).max(longestText).describe("Exactly as the person wrote it"),
  kind: z.enum(["definition", "preference", "pinned-kpi", "note"]).default("note"),
  term: z.string().min(1).max(80).optional().describe("What a definition or a preference is of: `late`"),
  meaning: Meaning.default({}),
  log: z.string().optional().describe("Only for this log, by id or name"),
  until: z.iso.datetime({ offset: true }).optional().describe("It is forgotten by itself at this instant"),
};
const Wanted = z.object(wantedFields);
export type Wanted = z.infer<typeof Wanted>;

class PastExpiryError extends MillwrightError {
  constructor(until: string) {
    super("past-expiry", 422, `${until} has passed, so nothing can be remembered until then`, {
      value: until,
      expected: "a time to come",
      remedy: "Say until when it is to be remembered.",
    });
  }
}

/** When it is forgotten by itself; null: never. @throws PastExpiryError */
export function expiryOf(
  { until }: { readonly until?: string | undefined },
  { now }: ToolContext,
): Date | null {
  if (until === undefined) return null;
  const at = new Date(until);
  if (at.getTime() <= now.getTime()) throw new PastExpiryError(until);
  return at;
}

class MeaningUnknownError extends MillwrightError {
  constructor(deadline: string, log: string, known: readonly string[]) {
    super("meaning-unknown", 422, `${log} has no time attribute "${deadline}" of its cases`, {
      value: deadline,
      expected: known.length > 0 ? `one of: ${known.join(", ")}` : "a log with a time attribute",
      remedy: "Say which date makes a case late.",
    });
  }
}

/**
 * The draft of it, without scope. A definition by a deadline is of the log that has it. Throws what is wrong with it:
 * words that the person did not write in the thread, a log or an attribute that is not there.
 */
export async function draftOf(wanted: Wanted, context: ToolContext): Promise<Omit<MemoryDraft, "scope">> {
  if (wanted.kind === "pinned-kpi") return pinOf(wanted, context);
  if (context.thread !== null && !isSaidIn(wanted.text, await saidBy(context)))
    throw new NotTheirWordsError(wanted.text);
  const { kind, term, text, meaning } = wanted;
  if (meaning.zone !== undefined) checkZone(meaning.zone);
  const log = await logOf(wanted, context);
  const expiresAt = expiryOf(wanted, context);
  return { kind, text: text.trim(), meaning, log, expiresAt, ...(term === undefined ? {} : { term }) };
}

class UnknownZoneError extends MillwrightError {
  constructor(zone: string) {
    super("unknown-zone", 422, `There is no time zone "${zone}"`, {
      value: zone,
      expected: "an IANA time zone such as Europe/Berlin",
      remedy: "Name the zone, or a large city in it.",
    });
  }
}

/** @throws UnknownZoneError */
function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    throw new UnknownZoneError(zone);
  }
}

class NoKpiError extends MillwrightError {
  constructor(kpi: string, known: readonly string[]) {
    super("no-kpi", 422, `There is no KPI "${kpi}" to pin`, {
      value: kpi,
      expected: known.length > 0 ? `one of: ${known.join(", ")}` : "a KPI that is defined",
      remedy: "Name one of the KPIs.",
    });
  }
}

/** A KPI is pinned under its own name. @throws NoKpiError */
async function pinOf(wanted: Wanted, context: ToolContext): Promise<Omit<MemoryDraft, "scope">> {
  const asked = wanted.meaning.kpi ?? wanted.text;
  const rows = await context.database
    .select({ name: kpis.name })
    .from(kpis)
    .where(eq(kpis.tenant, context.tenant));
  const names = [...new Set(rows.map(({ name }) => name))].toSorted();
  const name = names.find((each) => each.toLowerCase() === asked.toLowerCase().trim());
  if (name === undefined) throw new NoKpiError(asked, names);
  const expiresAt = expiryOf(wanted, context);
  return { kind: "pinned-kpi", text: name, term: name, meaning: { kpi: name }, log: null, expiresAt };
}

/** The last messages of whoever asks, in the thread. */
async function saidBy({ database, tenant, thread, person }: ToolContext): Promise<string[]> {
  const rows = await database
    .select({ data: events.data })
    .from(events)
    .where(
      and(
        eq(events.tenant, tenant),
        eq(events.thread, thread ?? ""),
        eq(events.type, "message"),
        eq(events.person, person?.id ?? ""),
      ),
    )
    .orderBy(desc(events.seq))
    .limit(50);
  return rows.map(({ data }) => Said.parse(data).text);
}
const Said = z.object({ text: z.string() });

/** Id of the log it is for; null for any. */
async function logOf({ log, meaning }: Wanted, context: ToolContext): Promise<string | null> {
  if (log === undefined && meaning.deadline === undefined) return null;
  const { id, name } = log === undefined ? await context.logs.open() : await context.logs.open(log);
  if (meaning.deadline !== undefined) await checkDeadline(meaning.deadline, { id, name }, context);
  return id;
}

const Vocabulary = z.object({ attributes: z.array(z.object({ name: z.string(), kind: z.string() })) });

async function checkDeadline(
  deadline: string,
  log: { id: string; name: string },
  { database, tenant }: ToolContext,
): Promise<void> {
  const [row] = await database
    .select({ vocabulary: logs.vocabulary })
    .from(logs)
    .where(and(eq(logs.tenant, tenant), or(eq(logs.id, log.id), eq(logs.name, log.name))));
  const times = Vocabulary.parse(row?.vocabulary).attributes.filter(({ kind }) => kind === "time");
  if (!times.some(({ name }) => name === deadline)) {
    throw new MeaningUnknownError(
      deadline,
      log.name,
      times.map(({ name }) => name),
    );
  }
}
