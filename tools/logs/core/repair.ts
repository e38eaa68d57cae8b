/**
 * Repairs of a log: each takes a log's columns and gives new ones; the columns that it was given stay as they are. What
 * a repair changed is marked in columns of its own (`imputed:resource`, `repaired:activity`), which filters, SQL and
 * exports see like any attribute.
 */
import { z } from "zod";
import { MillwrightError } from "../../../errors.ts";
import { buildEventLog, gather } from "./build-event-log.ts";
import { type Column, type LogColumns, MISSING, type TextColumn } from "./event-log.ts";
import { type Filled, imputable, impute, imputeMethods } from "./impute.ts";
import type { ColumnOrigin, LogOrigin } from "./log-origin.ts";
import { duplicateRows, isNotAvailable } from "./quality/cells.ts";
import { dayMonthExchange } from "./quality/times.ts";
import { instantToLocal, localToInstant } from "./zones.ts";

export const RepairSchema = z.discriminatedUnion("kind", [
  /** Rows that repeat another row of their case in every column go; the first stays. */
  z.object({ kind: z.literal("drop-duplicates") }),
  /** Activities take other names: rare spelling → the usual one. */
  z.object({ kind: z.literal("merge-names"), names: z.record(z.string(), z.string()) }),
  /** Day and month change places wherever the day is at most 12. */
  z.object({ kind: z.literal("swap-day-month") }),
  /** Times without a zone are read in another one than at import. */
  z.object({ kind: z.literal("set-zone"), zone: z.string() }),
  /** Texts that stand for nothing ("NA", "-") become missing, in these columns or in all but the case. */
  z.object({ kind: z.literal("clear-na"), columns: z.array(z.string()).optional() }),
  /** Missing cells are filled. */
  z.object({
    kind: z.literal("impute"),
    column: z.enum(imputable),
    method: z.enum(imputeMethods).default("neighbours"),
  }),
]);
export type Repair = z.infer<typeof RepairSchema>;

export class RepairError extends MillwrightError {
  constructor(message: string, expected: string, remedy: string) {
    super("repair", 422, message, { expected, remedy });
  }
}

export interface RepairStep {
  readonly repair: Repair;
  /** How many rows, cells or times it changed. */
  readonly changed: number;
  /** What is counted. */
  readonly unit: "rows" | "cells" | "times";
}

export interface Repaired {
  readonly columns: LogColumns;
  readonly steps: readonly RepairStep[];
}

export interface RepairContext {
  /** The zone in which times without one were read. */
  readonly zone: string;
  /** Whether the file's times carry no zone at all. */
  readonly isZoneless: boolean;
}

/** One repair after the other. O(rows) each. Throws `RepairError` where one does not fit the log. */
export function repairLog(columns: LogColumns, repairs: readonly Repair[], context: RepairContext): Repaired {
  let current = columns;
  const steps: RepairStep[] = [];
  for (const repair of repairs) {
    const { columns: next, ...step } = apply(current, repair, context);
    steps.push({ repair, ...step });
    current = next;
  }
  return { columns: current, steps };
}

type Applied = { readonly columns: LogColumns } & Pick<RepairStep, "changed" | "unit">;

function apply(columns: LogColumns, repair: Repair, context: RepairContext): Applied {
  switch (repair.kind) {
    case "drop-duplicates":
      return dropDuplicates(columns);
    case "merge-names":
      return mergeNames(columns, repair.names);
    case "swap-day-month":
      return swapDayMonth(columns, context.zone);
    case "set-zone":
      return setZone(columns, context, repair.zone);
    case "clear-na":
      return clearNotAvailable(columns, repair.columns);
    case "impute":
      return marked(impute(columns, repair.column, repair.method), repair.column);
  }
}

function dropDuplicates(columns: LogColumns): Applied {
  const dropped = new Set(duplicateRows(buildEventLog(columns)));
  if (dropped.size === 0) return { columns, changed: 0, unit: "rows" };
  const kept = Uint32Array.from({ length: columns.rows - dropped.size });
  for (let row = 0, at = 0; row < columns.rows; row++) if (!dropped.has(row)) kept[at++] = row;
  return { columns: takeRows(columns, kept), changed: dropped.size, unit: "rows" };
}

function takeRows(columns: LogColumns, rows: Uint32Array): LogColumns {
  const text = <Own extends TextColumn | null>(column: Own): Own =>
    (column && { ...column, codes: gather(column.codes, rows) }) as Own;
  return {
    ...columns,
    rows: rows.length,
    case: text(columns.case),
    activity: text(columns.activity),
    completed: columns.completed && gather(columns.completed, rows),
    started: columns.started && gather(columns.started, rows),
    resource: text(columns.resource),
    lifecycle: text(columns.lifecycle),
    instance: text(columns.instance),
    ...(columns.origin && { origin: originOfRows(columns.origin, rows) }),
    attributes: new Map(
      Array.from(columns.attributes, ([name, column]): [string, Column] => [
        name,
        column.kind === "text"
          ? { ...column, codes: gather(column.codes, rows) }
          : ({ ...column, values: gather(column.values, rows) } as Column),
      ]),
    ),
  };
}

/** What the file says of single rows, for those that are left. */
function originOfRows(origin: LogOrigin, rows: Uint32Array): LogOrigin {
  const take = (values: Uint8Array, beyond: number) => Uint8Array.from(rows, (row) => values[row] ?? beyond);
  const ofRows = (own: ColumnOrigin, isOfCases: boolean): ColumnOrigin => ({
    ...own,
    ...(own.types && !(isOfCases && !own.ofEvents) ? { types: take(own.types, 0) } : {}),
    ...(own.presence ? { presence: take(own.presence, 1) } : {}),
  });
  const each = (all: ReadonlyMap<string, ColumnOrigin>, isOfCases: boolean) =>
    new Map(Array.from(all, ([name, own]) => [name, ofRows(own, isOfCases)] as const));
  const roles = Object.entries(origin.roles).map(([role, own]) => [role, ofRows(own, role === "case")]);
  return {
    ...origin,
    roles: Object.fromEntries(roles),
    attributes: each(origin.attributes, false),
    caseAttributes: each(origin.caseAttributes, true),
  };
}

function mergeNames(columns: LogColumns, names: Readonly<Record<string, string>>): Applied {
  const { codes, dictionary } = columns.activity;
  const known = new Set(dictionary);
  for (const name of Object.keys(names)) {
    if (known.has(name)) continue;
    throw new RepairError(
      `the log has no activity "${name}" to rename`,
      `one of: ${dictionary.slice(0, 20).join(", ")}`,
      "Name the activity as it stands in the log.",
    );
  }
  const all = [...new Set([...dictionary, ...Object.values(names)])];
  const target = Uint32Array.from(dictionary, (name) => all.indexOf(names[name] ?? name));
  const marks = Uint8Array.from(codes, (code) => (dictionary[code]! in names ? 1 : 0));
  const activity: TextColumn = {
    kind: "text",
    codes: codes.map((code) => (code === MISSING ? MISSING : target[code]!)),
    dictionary: all,
  };
  const renamed = { ...columns, activity };
  return { columns: withMark(renamed, "repaired:activity", marks), changed: sum(marks), unit: "cells" };
}

/** As a spreadsheet of another country would have read the dates, in the zone in which they were read. */
function swapDayMonth(columns: LogColumns, zone: string): Applied {
  const [toLocal, toInstant] = [instantToLocal(zone), localToInstant(zone)];
  const exchange = dayMonthExchange();
  const marks = new Uint8Array(columns.rows);
  let changed = 0;
  const swapped = (values: Float64Array | null): Float64Array | null =>
    values?.map((time, row) => {
      const shift = exchange(toLocal(time)) ?? 0;
      if (shift === 0 || Number.isNaN(shift)) return time;
      marks[row] = 1;
      changed++;
      return toInstant(toLocal(time) + shift);
    }) ?? null;
  const times = { completed: swapped(columns.completed), started: swapped(columns.started) };
  return { columns: withMark({ ...columns, ...times }, "repaired:timestamp", marks), changed, unit: "times" };
}

function setZone(columns: LogColumns, context: RepairContext, zone: string): Applied {
  if (!context.isZoneless) {
    throw new RepairError(
      "some times of the log carry a zone, so they cannot be read in another",
      "a log whose times carry no zone",
      "Import the file again with --tz.",
    );
  }
  const [toLocal, toInstant] = [instantToLocal(context.zone), localToInstant(zone)];
  const marks = new Uint8Array(columns.rows);
  let changed = 0;
  const moved = (values: Float64Array | null): Float64Array | null =>
    values?.map((time, row) => {
      const own = toInstant(toLocal(time));
      if (own === time || Number.isNaN(time)) return time;
      marks[row] = 1;
      changed++;
      return own;
    }) ?? null;
  const times = { completed: moved(columns.completed), started: moved(columns.started) };
  return { columns: withMark({ ...columns, ...times }, "repaired:timestamp", marks), changed, unit: "times" };
}

function clearNotAvailable(columns: LogColumns, wanted?: readonly string[]): Applied {
  let changed = 0;
  const clear = (name: string, column: TextColumn, nothing: number): TextColumn => {
    if (wanted !== undefined && !wanted.includes(name)) return column;
    const suspects = column.dictionary.map(isNotAvailable);
    if (!suspects.includes(true)) return column;
    const codes = column.codes.map((code) => {
      if (code === MISSING || !suspects[code]) return code;
      changed++;
      return nothing;
    });
    return { ...column, codes };
  };
  const attributes = (all: ReadonlyMap<string, Column>) =>
    new Map(
      Array.from(all, ([name, column]): [string, Column] => [
        name,
        column.kind === "text" ? clear(name, column, MISSING) : column,
      ]),
    );
  const unnamed = withUnnamed(columns.activity);
  const cleared = {
    ...columns,
    activity: clear("activity", unnamed, unnamed.dictionary.indexOf("")),
    resource: columns.resource && clear("resource", columns.resource, MISSING),
    attributes: attributes(columns.attributes),
    caseAttributes: attributes(columns.caseAttributes),
  };
  return { columns: changed === 0 ? columns : cleared, changed, unit: "cells" };
}

/** An activity without a name is the empty one. */
const withUnnamed = (column: TextColumn): TextColumn =>
  column.dictionary.includes("") ? column : { ...column, dictionary: [...column.dictionary, ""] };

function marked({ columns, marks, confidence, count }: Filled, column: string): Applied {
  if (count === 0) return { columns, changed: 0, unit: "cells" };
  const withMarks = withMark(columns, `imputed:${column}`, marks);
  const sure = confidence.some((share) => !Number.isNaN(share));
  const attributes = new Map(withMarks.attributes);
  if (sure) attributes.set(`confidence:${column}`, { kind: "number", values: confidence });
  return { columns: { ...withMarks, attributes }, changed: count, unit: "cells" };
}

/** Marks rows in a boolean attribute; one that is there already keeps its marks. */
function withMark(columns: LogColumns, name: string, marks: Uint8Array): LogColumns {
  if (!marks.includes(1)) return columns;
  const before = columns.attributes.get(name);
  const values =
    before?.kind === "boolean" ? marks.map((mark, row) => (before.values[row] === 1 ? 1 : mark)) : marks;
  return { ...columns, attributes: new Map(columns.attributes).set(name, { kind: "boolean", values }) };
}

const sum = (marks: Uint8Array): number => marks.reduce((total, mark) => total + mark, 0);
