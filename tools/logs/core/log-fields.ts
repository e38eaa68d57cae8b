/** What a log has to say about each of its rows and cases, for the writers of file formats. */
import { cellText } from "./column-builders.ts";
import type { Column, ColumnMapping, LogColumns } from "./event-log.ts";
import {
  type AttributeType,
  type ColumnOrigin,
  type LogOrigin,
  type OriginRole,
  typeAt,
} from "./log-origin.ts";

/** A log to be written: its rows, and which of them plays which role. */
export interface WrittenLog {
  /** What people call it. */
  readonly name: string;
  readonly columns: LogColumns;
  readonly mapping: ColumnMapping;
}

export interface Field {
  readonly role: OriginRole | null;
  /** Its name, from the outermost in. */
  readonly path: readonly string[];
  readonly column: Column;
  readonly origin: ColumnOrigin | null;
  /** One value for each case, not for each row. */
  readonly ofCase: boolean;
}

/** Where the value of a row stands in the field's column; -1 where the row has none of its own. */
export function placeOf({ ofCase, origin }: Field, row: number, ownCase: number): number {
  return origin?.presence?.[row] === 0 ? -1 : ofCase ? ownCase : row;
}

/** The value of a row as a person would write it; null where there is none. */
export function textOf(field: Field, row: number, ownCase: number): string | null {
  const place = placeOf(field, row, ownCase);
  return place < 0 ? null : cellText(field.column, place);
}

/** The type that the file gave to the value of a row. */
export function typeOf({ origin, ofCase }: Field, row: number, ownCase: number): AttributeType | undefined {
  return origin ? typeAt(origin, ofCase && !origin.ofEvents ? ownCase : row) : undefined;
}

const ROLES = ["activity", "timestamp", "start", "resource", "lifecycle", "instance"] as const;
const COLUMN_OF_ROLE = { timestamp: "completed", start: "started" } as const;

/** The columns of the roles that the log has, events only. */
export function roleFields(log: WrittenLog, nameOf: (role: OriginRole) => string): Field[] {
  return ROLES.flatMap((role) => {
    const column = roleColumn(log.columns, role);
    const origin = log.columns.origin?.roles[role] ?? null;
    return column ? [{ role, path: [nameOf(role)], column, origin, ofCase: false }] : [];
  });
}

function roleColumn(columns: LogColumns, role: (typeof ROLES)[number]): Column | null {
  if (role !== "timestamp" && role !== "start") return columns[role];
  const values = columns[COLUMN_OF_ROLE[role]];
  return values && { kind: "time", values };
}

/** What each case is called, by its code; null for cases without a name. */
export function caseNames({ columns }: WrittenLog): readonly (string | null)[] {
  const names: (string | null)[] = [...(columns.caseNames ?? columns.case.dictionary)];
  for (const unnamed of columns.origin?.unnamedCases ?? []) names[unnamed] = null;
  return names;
}

/** Attributes on the events of the file. */
export const eventFields = ({ columns }: WrittenLog): Field[] => [
  ...fieldsOf(columns.attributes, columns.origin?.attributes, false),
  ...fieldsOf(columns.caseAttributes, columns.origin?.caseAttributes, true).filter(
    ({ origin }) => origin?.ofEvents === true,
  ),
];

/** Attributes on the cases of the file. */
export const caseFields = ({ columns }: WrittenLog): Field[] =>
  fieldsOf(columns.caseAttributes, columns.origin?.caseAttributes, true).filter(
    ({ origin }) => origin?.ofEvents !== true,
  );

function fieldsOf(
  columns: ReadonlyMap<string, Column>,
  origins: LogOrigin["attributes"] | undefined,
  ofCase: boolean,
): Field[] {
  return Array.from(columns, ([name, column]) => {
    const origin = origins?.get(name) ?? null;
    return { role: null, path: origin?.path ?? [name], column, origin, ofCase };
  });
}

/**
 * All that a row of a table says, under names that are all different, in the order of the file where that was a table.
 * Attributes of cases of an XES log are called `case:…`, as is usual.
 */
export function rowFields(log: WrittenLog): Field[] {
  const { columns, mapping } = log;
  const traces = columns.origin?.format === "xes";
  const known = columns.origin?.roles.case ?? null;
  const caseField: Field = {
    role: "case",
    path: [traces ? `case:${mapping.case}` : mapping.case],
    column: namedCases(log),
    origin: known && (traces ? known : { ...known, ofEvents: true }),
    ofCase: true,
  };
  const cases = caseFields(log).map((field) => ({
    ...field,
    path: traces ? [`case:${field.path.join(".")}`] : field.path,
  }));
  const nameOf = (role: OriginRole) => mapping[role as "start"] ?? role;
  const fields = [caseField, ...roleFields(log, nameOf), ...cases, ...eventFields(log)];
  return inOrder(withOwnPaths(fields), columns.origin?.columns ?? []);
}

/** The names of cases as a column with one entry for each case. */
function namedCases(log: WrittenLog): Column {
  const names = caseNames(log);
  const dictionary = names.map((name) => name ?? "");
  const codes = Uint32Array.from(names, (name, code) => (name === null ? 0xffffffff : code));
  return { kind: "text", codes, dictionary };
}

function withOwnPaths(fields: readonly Field[]): Field[] {
  const taken = new Set<string>();
  return fields.map((field) => {
    let path = field.path;
    for (let copy = 2; taken.has(JSON.stringify(path)); copy++)
      path = [...field.path.slice(0, -1), `${field.path.at(-1)} (${copy})`];
    taken.add(JSON.stringify(path));
    return path === field.path ? field : { ...field, path };
  });
}

function inOrder(fields: readonly Field[], header: readonly string[]): Field[] {
  const place = new Map(header.map((name, at) => [name, at]));
  const at = (field: Field) => place.get(field.path.join(".")) ?? header.length;
  return [...fields].sort((a, b) => at(a) - at(b));
}
