/** Cases in an order: by their time, by how many events they have, or by an attribute that is a number or an instant. */
import { MillwrightError } from "../../errors.ts";
import type { Fact } from "../define.ts";
import type { Column, EventLog } from "../logs/core/event-log.ts";
import { FilterError } from "../logs/core/filters.ts";
import { caseSpans } from "./core/throughput.ts";
import type { Selection } from "./selection.ts";
import { column as columnSql, where } from "./sql.ts";

export const caseOrders = [
  "slowest",
  "fastest",
  "newest",
  "oldest",
  "last-started",
  "first-ended",
  "most-events",
  "fewest-events",
  "highest",
  "lowest",
] as const;
export type CaseOrder = (typeof caseOrders)[number];

export interface CaseRow {
  readonly name: string;
  /** Null without times. */
  readonly seconds: number | null;
  /** Microseconds; null without times. */
  readonly first: number | null;
  readonly last: number | null;
  readonly events: number;
  /** Of the attribute that they are ordered by; instants in microseconds. Null where the case has none. */
  readonly value: number | null;
}

/** The attribute that cases are ordered by. */
export interface OrderedBy {
  readonly name: string;
  readonly kind: "number" | "time";
  readonly ofCase: boolean;
}

/** Nothing says by what, or what was named has no order. */
export class CaseOrderError extends MillwrightError {
  constructor(value: string, known: readonly string[]) {
    super("case-order", 400, value === "" ? "nothing says by what to order" : `"${value}" has no order`, {
      value,
      expected: known.length === 0 ? "none: the log has no numbers and no times" : known.join(", "),
      remedy:
        known.length === 0
          ? "Order the cases by how long they took, or by their events."
          : "Name an attribute that is a number or a time.",
    });
  }
}

const descending: ReadonlySet<CaseOrder> = new Set([
  "slowest",
  "newest",
  "last-started",
  "most-events",
  "highest",
]);
export const isDescending = (order: CaseOrder): boolean => descending.has(order);

const columnsOf = (log: EventLog): [name: string, column: Column, ofCase: boolean][] => [
  ...[...log.attributes].map(([name, column]): [string, Column, boolean] => [name, column, false]),
  ...[...log.caseAttributes].flatMap(([name, column]): [string, Column, boolean][] =>
    log.attributes.has(name) ? [] : [[name, column, true]],
  ),
];

/** Throws `FilterError` for a name that the log does not have, `CaseOrderError` where what is named has no order. */
export function orderedBy(log: EventLog, order: CaseOrder, name: string | undefined): OrderedBy | null {
  if (name === undefined && order !== "highest" && order !== "lowest") return null;
  const columns = columnsOf(log);
  const able = columns.filter(([, { kind }]) => kind === "number" || kind === "time").map(([own]) => own);
  const numbers = columns.filter(([, { kind }]) => kind === "number");
  const found =
    name === undefined
      ? numbers.length === 1
        ? numbers[0]
        : undefined
      : columns.find(([own]) => own === name);
  if (found === undefined && name !== undefined)
    throw new FilterError("attribute", name, able.length > 0 ? able : columns.map(([own]) => own));
  if (found === undefined) throw new CaseOrderError("", able);
  const [own, { kind }, ofCase] = found;
  if (kind !== "number" && kind !== "time") throw new CaseOrderError(own, able);
  return { name: own, kind, ofCase };
}

/** Of an attribute of events, the case has the one that puts it furthest to the front. */
function valuesOf(log: EventLog, by: OrderedBy, order: CaseOrder): (at: number) => number | null {
  const column = (by.ofCase ? log.caseAttributes : log.attributes).get(by.name);
  if (column === undefined || (column.kind !== "number" && column.kind !== "time")) return () => null;
  const { values } = column;
  const known = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : value;
  if (by.ofCase) return (at) => known(values[at]);
  const sign = isDescending(order) ? 1 : -1;
  return (at) => {
    let best: number | null = null;
    for (let event = log.caseStart[at]!; event < log.caseStart[at + 1]!; event++) {
      const value = known(values[event]);
      if (value !== null && (best === null || sign * value > sign * best)) best = value;
    }
    return best;
  };
}

/** Every case of the selection, in its order; those without what they are ordered by come last, ties as in the log. */
export function casesInOrder(selection: Selection, order: CaseOrder, by: OrderedBy | null): CaseRow[] {
  const { log, timed } = selection;
  const spans = caseSpans(log);
  const counted = caseSpans(timed);
  const valueAt = by === null ? () => null : valuesOf(log, by, order);
  const rows = log.caseNames.map(
    (name, at): CaseRow => ({
      name,
      seconds: counted === null ? null : (counted.last[at]! - counted.first[at]!) / 1e6,
      first: spans === null ? null : spans.first[at]!,
      last: spans === null ? null : spans.last[at]!,
      events: log.caseStart[at + 1]! - log.caseStart[at]!,
      value: valueAt(at),
    }),
  );
  const keyOf = by === null ? keys[order] : (row: CaseRow) => row.value;
  const sign = isDescending(order) ? -1 : 1;
  return rows.sort((one, other) => {
    const [left, right] = [keyOf(one), keyOf(other)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return sign * (left - right);
  });
}

const keys: Readonly<Record<CaseOrder, (row: CaseRow) => number | null>> = {
  slowest: ({ seconds }) => seconds,
  fastest: ({ seconds }) => seconds,
  newest: ({ last }) => last,
  oldest: ({ first }) => first,
  "last-started": ({ first }) => first,
  "first-ended": ({ last }) => last,
  "most-events": ({ events }) => events,
  "fewest-events": ({ events }) => events,
  highest: ({ value }) => value,
  lowest: ({ value }) => value,
};

/** What the first of them has of what they are ordered by; null for times, which the table shows. */
export function firstFact(
  selection: Selection,
  rows: readonly CaseRow[],
  order: CaseOrder,
  by: OrderedBy | null,
): Fact | null {
  const [first] = rows;
  const most = isDescending(order);
  const aggregate = most ? "max" : "min";
  const condition = where(selection.condition);
  if (first === undefined) return null;
  if (by?.kind === "number" && first.value !== null) {
    const { name } = by;
    return selection.fact({
      value: first.value,
      unit: "",
      label: most ? `Highest ${name}` : `Lowest ${name}`,
      sql: `select ${aggregate}(${columnSql(name)}) from ${by.ofCase ? "cases" : "events"}${condition}`,
      rows: rows.length,
    });
  }
  if (by !== null || (order !== "most-events" && order !== "fewest-events")) return null;
  return selection.fact({
    value: first.events,
    unit: "events",
    label: most ? "Most events of a case" : "Fewest events of a case",
    sql: `select ${aggregate}(events) from cases${condition}`,
    rows: rows.length,
  });
}
