/** Events that come one by one, as records, become columns of the log they are added to. */
import { MillwrightError } from "../../../errors.ts";
import { decodeUtf8 } from "./byte-dictionary.ts";
import {
  BooleanBuilder,
  type ColumnBuilder,
  isLongIdentifier,
  NumberBuilder,
  TextBuilder,
  TimeBuilder,
} from "./column-builders.ts";
import { clip } from "./errors.ts";
import { type Column, type ColumnMapping, type LogColumns, MISSING, type TextColumn } from "./event-log.ts";

/** An event that cannot be added. None of its batch was. */
export class EventRowError extends MillwrightError {
  constructor(
    index: number,
    column: string,
    what: string,
    expected: string,
    role?: "case" | "activity" | "timestamp",
  ) {
    super("event-row", 422, `event ${index + 1}: ${what}`, {
      line: index + 1,
      column,
      ...(role ? { role } : {}),
      expected,
      remedy: "Correct the event and send all of them again; none was added.",
    });
  }
}

type EventRecord = Readonly<Record<string, unknown>>;
const ROLES = ["case", "activity", "timestamp", "start", "resource", "lifecycle", "instance"] as const;
type RoleName = (typeof ROLES)[number];

/**
 * Columns of their own for new events of `log`. Cells go by the log's own column names or by roles. Attributes keep
 * the kind they have in the log; new ones get the kind of their first value.
 */
export function columnsOfEvents(
  events: readonly EventRecord[],
  mapping: ColumnMapping,
  log: LogColumns,
  toInstant: (local: number) => number,
): LogColumns {
  const rows = new RowsBuilder(mapping, log, toInstant);
  events.forEach((event, index) => {
    rows.add(index, event);
  });
  return rows.finish(events.length);
}

class RowsBuilder {
  readonly #log: LogColumns;
  readonly #toInstant: (local: number) => number;
  readonly #roleOf = new Map<string, RoleName>();
  readonly #roles = new Map<RoleName, ColumnBuilder>();
  readonly #attributes = new Map<string, ColumnBuilder>();
  readonly #caseValues = new Map<string, { builder: ColumnBuilder; set: Set<number> }>();
  readonly #cases = new Map<string, number>();

  constructor(mapping: ColumnMapping, log: LogColumns, toInstant: (local: number) => number) {
    this.#log = log;
    this.#toInstant = toInstant;
    for (const role of ROLES) {
      this.#roleOf.set(role, role);
      const time = role === "timestamp" || role === "start";
      this.#roles.set(role, time ? new TimeBuilder(toInstant) : new TextBuilder(decodeUtf8));
    }
    for (const role of ROLES) {
      const column = mapping[role];
      if (typeof column === "string") this.#roleOf.set(column, role);
    }
  }

  add(index: number, event: EventRecord): void {
    if (typeof event !== "object" || event === null || Array.isArray(event)) {
      throw new EventRowError(index, "", "is not a record of columns and values", "a JSON object");
    }
    const given = new Map<RoleName, [column: string, text: string]>();
    const rest: [string, string][] = [];
    for (const [column, value] of Object.entries(event)) {
      const text = cellOf(index, column, value);
      if (text === null) continue;
      const role = this.#roleOf.get(column);
      if (role) given.set(role, [column, text]);
      else rest.push([column, text]);
    }
    this.#requireRoles(index, given);
    for (const [role, [column, text]] of given)
      this.#set(this.#roles.get(role) as ColumnBuilder, index, index, column, text);
    const own = this.#caseOf(given.get("case")?.[1] as string);
    for (const [column, text] of rest) this.#setAttribute(index, own, column, text);
  }

  #requireRoles(index: number, given: ReadonlyMap<RoleName, unknown>): void {
    for (const role of ["case", "activity", "timestamp"] as const) {
      if (role === "timestamp" && this.#log.completed === null) continue;
      if (!given.has(role))
        throw new EventRowError(index, role, `has no ${role}`, `a value for the ${role}`, role);
    }
  }

  #caseOf(name: string): number {
    const known = this.#cases.get(name);
    if (known !== undefined) return known;
    this.#cases.set(name, this.#cases.size);
    return this.#cases.size - 1;
  }

  /** A case keeps the first value of an attribute of cases. */
  #setAttribute(index: number, own: number, column: string, text: string): void {
    const ofCase = this.#log.caseAttributes.get(column);
    if (!ofCase) {
      const builder =
        this.#attributes.get(column) ?? this.#builderLike(this.#log.attributes.get(column), text);
      this.#attributes.set(column, builder);
      this.#set(builder, index, index, column, text);
      return;
    }
    const values = this.#caseValues.get(column) ?? {
      builder: this.#builderLike(ofCase, text),
      set: new Set<number>(),
    };
    this.#caseValues.set(column, values);
    if (values.set.has(own)) return;
    values.set.add(own);
    this.#set(values.builder, index, own, column, text);
  }

  #set(builder: ColumnBuilder, index: number, row: number, column: string, text: string): void {
    if (builder instanceof TextBuilder) {
      builder.setText(row, text);
      return;
    }
    const bytes = Buffer.from(text);
    if (builder.set(row, bytes, 0, bytes.length)) return;
    const expected =
      builder instanceof TimeBuilder
        ? "a date such as 2024-03-01T09:30:00Z"
        : builder instanceof NumberBuilder
          ? "a number"
          : "true or false";
    throw new EventRowError(index, column, `"${clip(text)}" in "${column}" is not ${expected}`, expected);
  }

  #builderLike(column: Column | undefined, text: string): ColumnBuilder {
    const kind =
      column?.kind ??
      (/^[+-]?(0|[1-9]\d*)(\.\d+)?$/.test(text) && !isLongIdentifier(text)
        ? "number"
        : /^(true|false)$/.test(text)
          ? "boolean"
          : "text");
    if (kind === "number") return new NumberBuilder();
    if (kind === "boolean") return new BooleanBuilder();
    return kind === "time" ? new TimeBuilder(this.#toInstant) : new TextBuilder(decodeUtf8);
  }

  finish(rows: number): LogColumns {
    const text = (role: RoleName): TextColumn | null => {
      const column = this.#roles.get(role)?.finish(rows) as TextColumn;
      return column.codes.every((code) => code === MISSING) ? null : column;
    };
    const time = (role: RoleName): Float64Array | null => {
      const column = this.#roles.get(role)?.finish(rows) as Extract<Column, { kind: "time" }>;
      return column.values.every((value) => Number.isNaN(value)) ? null : column.values;
    };
    const empty: TextColumn = { kind: "text", codes: new Uint32Array(0), dictionary: [] };
    const cases = this.#cases.size;
    return {
      rows,
      case: text("case") ?? empty,
      activity: text("activity") ?? empty,
      completed: time("timestamp"),
      started: time("start"),
      resource: text("resource"),
      lifecycle: text("lifecycle"),
      instance: text("instance"),
      attributes: new Map(
        Array.from(this.#attributes, ([name, builder]) => [name, builder.finish(rows)] as const),
      ),
      caseAttributes: new Map(
        Array.from(this.#caseValues, ([name, { builder }]) => [name, builder.finish(cases)] as const),
      ),
    };
  }
}

/** A cell as text; null for none. */
function cellOf(index: number, column: string, value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new EventRowError(index, column, `"${column}" holds a nested value`, "text, a number, true or false");
}
