import { z } from "zod";
import {
  type Cell,
  type Fact,
  type Message,
  type OpenLog,
  readTool,
  type ToolContext,
  type View,
} from "../define.ts";
import { calendar, filters, limit, log, orderAttribute } from "../inputs.ts";
import { filterWords } from "../logs/core/filter-words.ts";
import {
  type CaseOrder,
  type CaseRow,
  caseOrders,
  casesInOrder,
  firstFact,
  isDescending,
  type OrderedBy,
  orderedBy,
} from "./case-order.ts";
import { NoCasesError } from "./errors.ts";
import { oneCase } from "./one-case.ts";
import { assumptions, casesFact, type Selection, select } from "./selection.ts";
import { where } from "./sql.ts";

const Input = z.object({
  log,
  filters,
  limit: limit.default(20),
  order: z
    .enum(caseOrders)
    .default("slowest")
    .meta({ slot: "order", description: "Which come first; highest and lowest go by an attribute" }),
  by: orderAttribute.optional(),
  calendar: calendar.optional(),
  case: z.string().min(1).max(200).optional().meta({ slot: "case", description: "One case, by its name" }),
});

export default readTool({
  name: "mining.cases",
  version: 1,
  description:
    "Lists single cases that filters select, by duration, begin, end, number of events, or an attribute that is a number " +
    "or a time; or the events of one case.",
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
    const selection = await select(context, input).catch((error: unknown) => {
      if (error instanceof NoCasesError && input.filters.some(({ kind }) => kind === "open")) return null;
      throw error;
    });
    if (selection === null) return noneOpen(await context.logs.open(input.log), context, input);
    if (input.case !== undefined)
      return oneCase(selection, input.case, assumptions(context, selection, input.filters));
    const by = orderedBy(selection.open.log, input.order, input.by);
    const rows = casesInOrder(selection, input.order, by);
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
    const first = firstFact(selection, rows, input.order, by);
    const given = assumptions(context, selection, input.filters);
    const told = { n, all, order: input.order, first: rows[0]!.name, value: first, by };
    return {
      data: {
        cases: rows.slice(0, input.limit).map(({ name, seconds, events, value }) => ({
          case: name,
          seconds,
          events,
          ...(by === null ? {} : { [by.name]: cellOf(value, by) }),
        })),
      },
      facts: [n, all, ...(longest ? [longest] : []), ...(first ? [first] : [])],
      views: [tableOf(rows, input, by)],
      answer: {
        headline: headlineOf(told, input.filters.length > 0),
        figures: first ? [n, first] : longest ? [n, longest] : [n],
        assumptions: given.lines,
        next: {
          label: { text: "See what they have in common" },
          ask: "what separates slow cases from fast ones?",
        },
      },
    };
  },
});

/** That nothing is open is an answer, and no mistake of who asked. */
function noneOpen(open: OpenLog, context: ToolContext, { filters: given }: z.infer<typeof Input>) {
  const all = context.fact({
    value: open.log.cases,
    unit: "cases",
    label: "Cases in the log",
    sql: "select count(*) from cases",
    log: open.id,
    rows: open.log.cases,
  });
  const alone = given.length === 1;
  return {
    data: { cases: [] },
    facts: [all],
    views: [] as View[],
    answer: {
      headline: alone
        ? { text: "None is open: all {all} of {log} have ended.", values: { all, log: open.name } }
        : { text: "None of the cases that were asked for is open." },
      figures: [all],
      assumptions: given.map(filterWords),
      next: { label: { text: "See the slowest cases" }, ask: "show the slowest cases" },
    },
  };
}

interface Told {
  readonly n: Fact;
  readonly all: Fact;
  readonly order: CaseOrder;
  /** The name of the case that comes first. */
  readonly first: string;
  readonly value: Fact | null;
  readonly by: OrderedBy | null;
}

function headlineOf({ n, all, order, first, value, by }: Told, narrowed: boolean): Message {
  const most = isDescending(order);
  if (by !== null && value !== null) {
    const values = { n, case: first, attribute: by.name, value };
    return most
      ? { text: "Of {n}, {case} has the highest {attribute}: {value}.", values }
      : { text: "Of {n}, {case} has the lowest {attribute}: {value}.", values };
  }
  if (by !== null) {
    const values = { n, attribute: by.name };
    return most
      ? { text: "The table lists {n} by {attribute}, the latest first.", values }
      : { text: "The table lists {n} by {attribute}, the earliest first.", values };
  }
  if (value !== null) {
    const values = { n, case: first, value };
    return most
      ? { text: "Of {n}, {case} has the most steps: {value}.", values }
      : { text: "Of {n}, {case} has the fewest steps: {value}.", values };
  }
  return narrowed
    ? {
        text: "{n} of {all} are selected; the table lists the {order} first.",
        values: { n, all, order },
      }
    : { text: "The table lists the {order} of {n} first.", values: { n, order } };
}

function longestFact(selection: Selection, rows: readonly CaseRow[]) {
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

const instant = (microseconds: number | null): string | null =>
  microseconds === null ? null : new Date(microseconds / 1000).toISOString();

const cellOf = (value: number | null, { kind }: OrderedBy): Cell =>
  kind === "time" ? instant(value) : value;

function tableOf(
  rows: readonly CaseRow[],
  { limit: most, order }: z.infer<typeof Input>,
  by: OrderedBy | null,
): View {
  const shown: Record<string, Cell>[] = rows.slice(0, most).map((row) => ({
    case: row.name,
    ...(by === null ? {} : { by: cellOf(row.value, by) }),
    seconds: row.seconds,
    events: row.events,
    first: instant(row.first),
    last: instant(row.last),
  }));
  return {
    kind: "table",
    title: by === null ? `Cases, ${order} first` : `Cases by ${by.name}`,
    columns: [
      { key: "case", label: "Case", kind: "text" },
      ...(by === null ? [] : [{ key: "by", label: by.name, kind: by.kind } as const]),
      { key: "seconds", label: "Took", unit: "s", kind: "number" },
      { key: "events", label: "Events", kind: "number" },
      { key: "first", label: "First event", kind: "time" },
      { key: "last", label: "Last event", kind: "time" },
    ],
    rows: shown,
    total: rows.length,
  };
}
