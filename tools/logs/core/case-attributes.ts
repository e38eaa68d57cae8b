import { type Column, type LogColumns, MISSING } from "./event-log.ts";

/**
 * Moves attributes that never change within a case from the events to the cases: those whose name says so
 * (`case:…`), and those that every case has from its first row on, or on none of its rows.
 */
export function promoteCaseAttributes(columns: LogColumns): LogColumns {
  const cases = columns.case.dictionary.length;
  if (cases === columns.rows) return columns;
  const attributes = new Map<string, Column>();
  const caseAttributes = new Map(columns.caseAttributes);
  for (const [name, column] of columns.attributes) {
    const values = caseAttributes.has(name)
      ? null
      : perCase(column, columns.case.codes, cases, isAboutCase(name));
    if (values) caseAttributes.set(name, values);
    else attributes.set(name, column);
  }
  return { ...columns, attributes, caseAttributes };
}

const isAboutCase = (name: string): boolean => /^(case:|\(case\))/i.test(name);

/** The column by case, or null where a case has two values (or, unless `late`, gets its value after its first row). */
function perCase(column: Column, codes: Uint32Array, cases: number, late: boolean): Column | null {
  const raw: Float64Array | Uint32Array | Uint8Array = column.kind === "text" ? column.codes : column.values;
  const missing = missingOf(column);
  const values = new Float64Array(cases).fill(Number.NaN);
  const seen = new Uint8Array(cases);
  let [lastCase, lastValue, filled] = [-1, Number.NaN, false];
  for (let row = 0; row < codes.length; row++) {
    const own = codes[row] as number;
    const value = raw[row] as number;
    if (own === lastCase && value === lastValue) continue;
    lastCase = own;
    lastValue = value;
    const known = values[own] as number;
    if (value === missing || Number.isNaN(value)) {
      seen[own] = 1;
      continue;
    }
    if (Number.isNaN(known)) {
      if (seen[own] && !late) return null;
      values[own] = value;
      filled = true;
    } else if (known !== value) return null;
    seen[own] = 1;
  }
  return filled ? rebuild(column, values) : null;
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
