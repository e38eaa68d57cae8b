import { type Column, type LogColumns, MISSING } from "./event-log.ts";
import type { LogOrigin } from "./log-origin.ts";

/**
 * Moves attributes that never change within a case from the events to the cases: those whose name says so
 * (`case:…`), and those that every case has from its first row on, or on none of its rows.
 */
export function promoteCaseAttributes(columns: LogColumns): LogColumns {
  const cases = columns.case.dictionary.length;
  if (cases === columns.rows) return columns;
  const attributes = new Map<string, Column>();
  const caseAttributes = new Map(columns.caseAttributes);
  const moved = new Map<string, Uint8Array | null>();
  for (const [name, column] of columns.attributes) {
    const values = caseAttributes.has(name)
      ? null
      : perCase(column, columns.case.codes, cases, isAboutCase(name));
    if (!values) attributes.set(name, column);
    else {
      caseAttributes.set(name, values.column);
      moved.set(name, values.gaps ? presenceOf(column) : null);
    }
  }
  const { origin } = columns;
  return {
    ...columns,
    attributes,
    caseAttributes,
    ...(origin ? { origin: movedOrigins(origin, moved) } : {}),
  };
}

/** Rows that have a value. */
function presenceOf(column: Column): Uint8Array {
  const raw: Float64Array | Uint32Array | Uint8Array = column.kind === "text" ? column.codes : column.values;
  const missing = missingOf(column);
  return Uint8Array.from(raw, (value) => (value === missing || Number.isNaN(value) ? 0 : 1));
}

/** The file has these on its events: an export writes them there again, on the rows that had them. */
function movedOrigins(origin: LogOrigin, moved: ReadonlyMap<string, Uint8Array | null>): LogOrigin {
  const attributes = new Map(origin.attributes);
  const caseAttributes = new Map(origin.caseAttributes);
  for (const [name, presence] of moved) {
    const known = attributes.get(name) ?? { path: [name] };
    attributes.delete(name);
    caseAttributes.set(name, { ...known, ofEvents: true, ...(presence ? { presence } : {}) });
  }
  return { ...origin, attributes, caseAttributes };
}

const isAboutCase = (name: string): boolean => /^(case:|\(case\))/i.test(name);

/**
 * The column by case, or null where a case has two values (or, unless `late`, gets its value after its first row).
 * `gaps`: a row of a case that has a value has none.
 */
function perCase(
  column: Column,
  codes: Uint32Array,
  cases: number,
  late: boolean,
): { column: Column; gaps: boolean } | null {
  const raw: Float64Array | Uint32Array | Uint8Array = column.kind === "text" ? column.codes : column.values;
  const missing = missingOf(column);
  const values = new Float64Array(cases).fill(Number.NaN);
  const seen = new Uint8Array(cases);
  let [lastCase, lastValue, filled, gaps] = [-1, Number.NaN, false, false];
  for (let row = 0; row < codes.length; row++) {
    const own = codes[row] as number;
    const value = raw[row] as number;
    if (own === lastCase && value === lastValue) continue;
    lastCase = own;
    lastValue = value;
    const known = values[own] as number;
    if (value === missing || Number.isNaN(value)) {
      seen[own] = 1;
      gaps ||= !Number.isNaN(known);
      continue;
    }
    if (Number.isNaN(known)) {
      if (seen[own] && !late) return null;
      gaps ||= seen[own] === 1;
      values[own] = value;
      filled = true;
    } else if (known !== value) return null;
    seen[own] = 1;
  }
  return filled ? { column: rebuild(column, values), gaps } : null;
}

/** What stands for "none" in a column, besides NaN. */
const missingOf = ({ kind }: Column): number =>
  kind === "text" ? MISSING : kind === "boolean" ? 2 : Number.NaN;

function rebuild(column: Column, values: Float64Array): Column {
  switch (column.kind) {
    case "text":
      return {
        ...column,
        codes: Uint32Array.from(values, (value) => (Number.isNaN(value) ? MISSING : value)),
      };
    case "boolean":
      return {
        kind: "boolean",
        values: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 2 : value)),
      };
    default:
      return { kind: column.kind, values: values as Float64Array<ArrayBuffer> };
  }
}
