import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { ledger } from "../../db/schema/index.ts";
import { type Message, readTool, type ToolContext, type View } from "../define.ts";
import { filters, limit } from "../inputs.ts";

const Input = z.object({
  filters,
  limit: limit.default(50),
  actor: z.string().optional().describe("Only what this person or part did, by id"),
  subject: z.string().optional().describe("Only entries about this proposal, watch or log, by id"),
  kind: z
    .string()
    .optional()
    .describe("Only entries of this kind, or kinds that begin so (decision, execution)"),
});
type Input = z.infer<typeof Input>;

export default readTool({
  name: "audit.ledger",
  version: 1,
  description:
    "The ledger: what was proposed, decided, executed, alerted, by whom and when, newest first. Append-only and " +
    "hash-chained; `millwright ledger verify` checks the chain.",
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
    const where = conditions(input, context.tenant);
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
      views: total > 0 ? [tableOf(rows, total)] : [],
      answer: {
        headline:
          total === 0
            ? { text: "The ledger has nothing of that." }
            : {
                text: "{entries} in the ledger; the latest: {latest}.",
                values: { entries, latest: told(rows[0]!) },
              },
        figures: [],
        assumptions: [
          windowOf(input, context),
          { text: "Newest first." },
          { text: "The ledger only grows: no entry of it is ever changed or taken out." },
        ],
      },
    };
  },
});

/** The window filters hold the entry's instant; other filters are about cases, of which the ledger has none. */
function conditions(input: Input, tenant: string): SQL {
  const at = sql`${ledger.at}::timestamptz`;
  const windows = input.filters.flatMap((filter) => (filter.kind === "window" ? [filter] : []));
  return and(
    eq(ledger.tenant, tenant),
    ...windows.flatMap(({ from, to }) => [from ? gte(at, from) : undefined, to ? lt(at, to) : undefined]),
    input.actor === undefined ? undefined : eq(ledger.actor, input.actor),
    input.subject === undefined ? undefined : eq(ledger.subject, input.subject),
    input.kind === undefined ? undefined : sql`starts_with(${ledger.kind}, ${input.kind})`,
  )!;
}

const told = ({ actor, kind, subject, at }: typeof ledger.$inferSelect): string =>
  `${actor}, ${kind}, ${subject}, ${at}`;

function windowOf({ filters: given }: Input, { zone }: ToolContext): Message {
  const label = given
    .map((filter) => (filter.kind === "window" ? filter.label : undefined))
    .find((text) => text);
  return label ? { text: "{label}, {zone}.", values: { label, zone } } : { text: "Since the beginning." };
}

const tableOf = (rows: readonly (typeof ledger.$inferSelect)[], total: number): View => ({
  kind: "table",
  title: "Ledger",
  columns: [
    { key: "seq", label: "entry", kind: "number" },
    { key: "at", label: "when", kind: "time" },
    { key: "actor", label: "who", kind: "text" },
    { key: "kind", label: "what", kind: "text" },
    { key: "subject", label: "about", kind: "text" },
    { key: "details", label: "details", kind: "text" },
  ],
  rows: rows.map(({ seq, at, actor, kind, subject, data }) => ({
    seq,
    at,
    actor,
    kind,
    subject,
    details: JSON.stringify(data).slice(0, 300),
  })),
  total,
});
