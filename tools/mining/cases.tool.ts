import { z } from "zod";
import { type Cell, readTool, type View } from "../define.ts";
import { calendar, filters, limit, log } from "../inputs.ts";
import { caseSpans } from "./core/throughput.ts";
import { oneCase } from "./one-case.ts";
import { assumptions, casesFact, type Selection, select } from "./selection.ts";
import { where } from "./sql.ts";

const Input = z.object({
  log,
  filters,
  limit: limit.default(20),
  order: z
    .enum(["slowest", "fastest", "newest"])
    .default("slowest")
    .meta({ slot: "order", description: "Which come first" }),
  calendar: calendar.optional(),
  case: z.string().min(1).max(200).optional().meta({ slot: "case", description: "One case, by its name" }),
});

export default readTool({
  name: "mining.cases",
  version: 1,
  description:
    "Lists single cases that filters select, with how long each took: the slowest, fastest or newest first; or shows the events of one case.",
  examples: {
    en: [
      "show cases longer than 30 days",
      "list the slowest cases",
      "list the cases over two weeks",
      "show me the ten longest cases",
      "show the individual cases",
      "list the fastest cases",
      "give me examples of slow cases",
      "list the cases with this step",
      "show the newest cases",
      "which cases are affected?",
    ],
  },
  computes: true,
  input: Input,
  async execute(input, context) {
    const selection = await select(context, input);
    if (input.case !== undefined)
      return oneCase(selection, input.case, assumptions(context, selection, input.filters));
    const rows = casesOf(selection);
    const first = [...rows].sort(by[input.order]);
    const n = casesFact(selection);
    const all = context.fact({
      value: selection.open.log.cases,
      unit: "cases",
      label: "Cases in the log",
      sql: "select count(*) from cases",
      log: selection.open.id,
      rows: selection.open.log.cases,
    });
    const longest = longestFact(selection, rows);
    const given = assumptions(context, selection, input.filters);
    const narrowed = input.filters.length > 0;
    return {
      data: {
        cases: first
          .slice(0, input.limit)
          .map(({ name, seconds, events }) => ({ case: name, seconds, events })),
      },
      facts: [n, all, ...(longest ? [longest] : [])],
      views: [tableOf(first, input)],
      answer: {
        headline: narrowed
          ? {
              text: "{n} of {all} are selected; the table lists the {order} first.",
              values: { n, all, order: input.order },
            }
          : { text: "The table lists the {order} of {n} first.", values: { n, order: input.order } },
        figures: longest ? [n, longest] : [n],
        assumptions: given.lines,
        next: {
          label: { text: "See what they have in common" },
          ask: "what separates slow cases from fast ones?",
        },
      },
    };
  },
});

interface Row {
  readonly name: string;
  /** Null without times. */
  readonly seconds: number | null;
  readonly last: number;
  readonly events: number;
}

const by: Readonly<Record<z.infer<typeof Input>["order"], (a: Row, b: Row) => number>> = {
  slowest: (a, b) => (b.seconds ?? 0) - (a.seconds ?? 0),
  fastest: (a, b) => (a.seconds ?? 0) - (b.seconds ?? 0),
  newest: (a, b) => b.last - a.last,
};

function casesOf({ log: events, timed }: Selection): Row[] {
  const spans = caseSpans(events);
  const counted = caseSpans(timed);
  return events.caseNames.map((name, c) => ({
    name,
    seconds: counted === null ? null : (counted.last[c]! - counted.first[c]!) / 1e6,
    last: spans === null ? 0 : spans.last[c]!,
    events: events.caseStart[c + 1]! - events.caseStart[c]!,
  }));
}

function longestFact(selection: Selection, rows: readonly Row[]) {
  const seconds = rows.flatMap((row) => (row.seconds === null ? [] : [row.seconds]));
  if (seconds.length === 0) return null;
  return selection.fact({
    value: seconds.reduce((most, value) => Math.max(most, value), 0),
    unit: "s",
    label: "Longest of them",
    sql: `select max(duration_s) from cases${where(selection.condition)}`,
    rows: rows.length,
  });
}

function tableOf(rows: readonly Row[], { limit: most, order }: z.infer<typeof Input>): View {
  const shown: Record<string, Cell>[] = rows.slice(0, most).map(({ name, seconds, last, events }) => ({
    case: name,
    seconds,
    events,
    last: seconds === null ? null : new Date(last / 1000).toISOString(),
  }));
  return {
    kind: "table",
    title: `Cases, ${order} first`,
    columns: [
      { key: "case", label: "Case", kind: "text" },
      { key: "seconds", label: "Took", unit: "s", kind: "number" },
      { key: "events", label: "Events", kind: "number" },
      { key: "last", label: "Last event", kind: "time" },
    ],
    rows: shown,
    total: rows.length,
  };
}
