import { and, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { ledger, people, proposals } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { type Message, readTool, type ToolContext, type View } from "../define.ts";
import { filters, limit } from "../inputs.ts";
import { dayIn } from "../kpi/core/assumptions.ts";
import { decisionKinds, decisions, didWords } from "./decisions.ts";

const Input = z.object({
  filters,
  limit: limit.default(50),
  actor: z.string().optional().describe("Only what this person or part did, by id"),
  person: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ slot: "person", description: "Only what this person did, by name or id" }),
  decision: z
    .enum(decisions)
    .optional()
    .meta({ slot: "decision", description: "Only what was decided or done so" }),
  subject: z.string().optional().describe("Only entries about this proposal, watch or log, by id"),
  kind: z
    .string()
    .optional()
    .describe("Only entries of this kind, or kinds that begin so (decision, execution)"),
});
type Input = z.infer<typeof Input>;
type Entry = typeof ledger.$inferSelect;

/** Nobody is called so, or more than one. */
export class UnknownPersonError extends MillwrightError {
  constructor(person: string, known: readonly string[]) {
    super("unknown-person", 404, `nobody here, or more than one, is called "${person}"`, {
      value: person,
      expected: known.length === 0 ? "nobody is known" : known.join(", "),
      remedy: "Name a person by their id.",
    });
  }
}

export default readTool({
  name: "audit.ledger",
  version: 1,
  description:
    "The ledger: what was proposed, decided, executed, alerted, by whom and when, newest first. Append-only, hash-chained.",
  examples: {
    en: [
      "who approved what yesterday?",
      "show the audit trail",
      "what was executed last week?",
      "what has been done so far?",
      "who decided that?",
      "show the ledger",
      "which changes were made this month?",
      "what happened while I was away?",
      "list all decisions of today",
      "what did millwright do yesterday?",
    ],
    de: [
      "wer hat gestern was freigegeben?",
      "zeig mir das Protokoll",
      "was wurde letzte Woche ausgeführt?",
      "wer hat das entschieden?",
    ],
  },
  input: Input,
  async execute(input, context) {
    const named = await peopleOf(context);
    const person = input.person === undefined ? undefined : idOf(input.person, named);
    const where = conditions(input, person, context.tenant);
    const [counted] = await context.database
      .select({ entries: sql<number>`count(*)::int` })
      .from(ledger)
      .where(where);
    const rows = await context.database
      .select()
      .from(ledger)
      .where(where)
      .orderBy(desc(ledger.seq))
      .limit(input.limit);
    const total = counted?.entries ?? 0;
    const told: Told = { named, summaries: await summariesOf(rows, context) };
    const entries = context.fact({
      value: total,
      unit: "entries",
      label: "ledger entries",
      rows: total,
      call: { tool: "audit.ledger", input },
    });
    return {
      data: rows,
      facts: [entries],
      views: total > 0 ? [tableOf(rows, total, told)] : [],
      answer: {
        headline:
          total === 0
            ? { text: "The ledger has nothing of that." }
            : {
                text: "{entries} in the ledger; the latest: {what}, {did} by {who} on {day}.",
                values: { entries, ...latest(rows[0]!, told, context) },
              },
        figures: [],
        assumptions: [
          windowOf(input, context),
          ...(person === undefined
            ? []
            : [{ text: "Only what {who} did.", values: { who: told.named.get(person) ?? person } }]),
          ...(input.decision === undefined
            ? []
            : [{ text: "Only entries of this kind: {did}.", values: { did: input.decision } }]),
          { text: "Newest first." },
          { text: "The ledger only grows: no entry of it is ever changed or taken out." },
        ],
      },
    };
  },
});

async function peopleOf({ database, tenant }: ToolContext): Promise<ReadonlyMap<string, string>> {
  const rows = await database
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(eq(people.tenant, tenant));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** By id, by name, or by the first name where only one is called so. Throws `UnknownPersonError`. */
function idOf(person: string, named: ReadonlyMap<string, string>): string {
  const wanted = person.trim().toLowerCase();
  if (named.has(wanted)) return wanted;
  const whole = [...named].filter(([id, name]) => [id, name].some((own) => own.toLowerCase() === wanted));
  const first = [...named].filter(([, name]) => name.toLowerCase().split(/\s+/u)[0] === wanted);
  const [only, more] = whole.length > 0 ? whole : first;
  if (only === undefined || more !== undefined) throw new UnknownPersonError(person, [...named.values()]);
  return only[0];
}

/** The window filters hold the entry's instant; other filters are about cases, of which the ledger has none. */
function conditions(input: Input, person: string | undefined, tenant: string): SQL {
  const at = sql`${ledger.at}::timestamptz`;
  const windows = input.filters.flatMap((filter) => (filter.kind === "window" ? [filter] : []));
  const kinds = input.decision === undefined ? [] : decisionKinds[input.decision];
  return and(
    eq(ledger.tenant, tenant),
    ...windows.flatMap(({ from, to }) => [from ? gte(at, from) : undefined, to ? lt(at, to) : undefined]),
    person === undefined ? undefined : eq(ledger.actor, person),
    input.actor === undefined ? undefined : eq(ledger.actor, input.actor),
    input.subject === undefined ? undefined : eq(ledger.subject, input.subject),
    input.decision === undefined ? undefined : inArray(ledger.kind, [...kinds]),
    input.kind === undefined ? undefined : sql`starts_with(${ledger.kind}, ${input.kind})`,
  )!;
}

interface Told {
  readonly named: ReadonlyMap<string, string>;
  /** What the proposals among the subjects are about. */
  readonly summaries: ReadonlyMap<string, string>;
}

async function summariesOf(
  rows: readonly Entry[],
  { database, tenant }: ToolContext,
): Promise<Told["summaries"]> {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  if (subjects.length === 0) return new Map();
  const found = await database
    .select({ id: proposals.id, summary: proposals.summary })
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), inArray(proposals.id, subjects)));
  return new Map(found.map(({ id, summary }) => [id, summary]));
}

/** A summary up to its first colon or full stop: what is done, without what it would have hit. */
const briefly = (summary: string): string => /^.{12,}?(?=[:.](?:\s|$))/u.exec(summary)?.[0] ?? summary;

function latest({ actor, kind, subject, at }: Entry, { named, summaries }: Told, { zone }: ToolContext) {
  const summary = summaries.get(subject);
  return {
    what: summary === undefined ? subject : briefly(summary),
    did: didWords[kind] ?? kind,
    who: named.get(actor) ?? actor,
    day: dayIn(zone, Date.parse(at) * 1000),
  };
}

function windowOf({ filters: given }: Input, { zone }: ToolContext): Message {
  const label = given
    .map((filter) => (filter.kind === "window" ? filter.label : undefined))
    .find((text) => text);
  return label ? { text: "{label}, {zone}.", values: { label, zone } } : { text: "Since the beginning." };
}

const tableOf = (rows: readonly Entry[], total: number, { named, summaries }: Told): View => ({
  kind: "table",
  title: "Ledger",
  columns: [
    { key: "seq", label: "entry", kind: "number" },
    { key: "at", label: "when", kind: "time" },
    { key: "actor", label: "who", kind: "text" },
    { key: "kind", label: "what", kind: "text" },
    { key: "subject", label: "about", kind: "text" },
    { key: "summary", label: "proposal", kind: "text" },
    { key: "details", label: "details", kind: "text" },
  ],
  rows: rows.map(({ seq, at, actor, kind, subject, data }) => ({
    seq,
    at,
    actor: named.get(actor) ?? actor,
    kind,
    subject,
    summary: summaries.get(subject) ?? null,
    details: JSON.stringify(data).slice(0, 300),
  })),
  total,
});
