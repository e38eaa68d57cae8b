/** Several parts of one log as one, in order: dictionaries united, rows one after another. */
import type { StoredColumn, StoredColumns } from "./log-store.ts";

const MISSING = 0xffffffff;
type StoredText = Extract<StoredColumn, { kind: "text" }>;

export function mergeColumns(parts: readonly StoredColumns[]): StoredColumns {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const sizes = parts.map((part) => part.rows);
  const cases = requiredText(
    parts.map((part) => part.case),
    sizes,
  );
  return {
    rows,
    case: cases,
    ...caseNames(parts, cases),
    activity: requiredText(
      parts.map((part) => part.activity),
      sizes,
    ),
    completed: mergeTimes(
      parts.map((part) => part.completed),
      sizes,
    ),
    started: mergeTimes(
      parts.map((part) => part.started),
      sizes,
    ),
    resource: mergeText(
      parts.map((part) => part.resource),
      sizes,
    ),
    lifecycle: mergeText(
      parts.map((part) => part.lifecycle),
      sizes,
    ),
    instance: mergeText(
      parts.map((part) => part.instance),
      sizes,
    ),
    attributes: mergeMaps(
      parts.map((part) => part.attributes),
      sizes,
    ),
    caseAttributes: mergeCaseAttributes(parts, cases),
    ...(first?.origin === undefined ? {} : { origin: first.origin }),
  };
}

function requiredText(columns: readonly StoredText[], sizes: readonly number[]): StoredText {
  return mergeText(columns, sizes) ?? { kind: "text", codes: new Uint32Array(0), dictionary: [] };
}

function mergeText(columns: readonly (StoredText | null)[], sizes: readonly number[]): StoredText | null {
  if (columns.every((column) => column === null)) return null;
  const known = new Map<string, number>();
  const codes = new Uint32Array(sizes.reduce((sum, size) => sum + size, 0)).fill(MISSING);
  let offset = 0;
  columns.forEach((column, part) => {
    if (column) {
      const renumbered = column.dictionary.map((text) => {
        if (!known.has(text)) known.set(text, known.size);
        return known.get(text) as number;
      });
      column.codes.forEach((code, row) => {
        codes[offset + row] = renumbered[code] ?? MISSING;
      });
    }
    offset += sizes[part] as number;
  });
  return { kind: "text", codes, dictionary: [...known.keys()] };
}

function mergeTimes(
  columns: readonly (Float64Array | null)[],
  sizes: readonly number[],
): Float64Array | null {
  if (columns.every((column) => column === null)) return null;
  const values = new Float64Array(sizes.reduce((sum, size) => sum + size, 0)).fill(Number.NaN);
  let offset = 0;
  columns.forEach((column, part) => {
    if (column) values.set(column, offset);
    offset += sizes[part] as number;
  });
  return values;
}

function mergeMaps(
  maps: readonly ReadonlyMap<string, StoredColumn>[],
  sizes: readonly number[],
): Map<string, StoredColumn> {
  const names = new Set(maps.flatMap((map) => [...map.keys()]));
  return new Map(
    [...names].map(
      (name) =>
        [
          name,
          mergeColumn(
            maps.map((map) => map.get(name) ?? null),
            sizes,
          ),
        ] as const,
    ),
  );
}

/** Columns of one kind keep it; of several kinds become text. */
function mergeColumn(columns: readonly (StoredColumn | null)[], sizes: readonly number[]): StoredColumn {
  const kinds = new Set(columns.flatMap((column) => (column ? [column.kind] : [])));
  const [kind] = kinds;
  if (kinds.size > 1 || kind === "text" || kind === undefined) {
    return requiredText(columns.map((column) => column && asText(column)) as StoredText[], sizes);
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const values =
    kind === "boolean" ? new Uint8Array(total).fill(2) : new Float64Array(total).fill(Number.NaN);
  let offset = 0;
  columns.forEach((column, part) => {
    if (column && column.kind !== "text") values.set(column.values, offset);
    offset += sizes[part] as number;
  });
  return { kind, values } as StoredColumn;
}

export function asText(column: StoredColumn): StoredText {
  if (column.kind === "text") return column;
  const known = new Map<string, number>();
  const codes = Uint32Array.from(column.values, (value) => {
    const text = cellText(column.kind, value);
    if (text === null) return MISSING;
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text) as number;
  });
  return { kind: "text", codes, dictionary: [...known.keys()] };
}

function cellText(kind: StoredColumn["kind"], value: number): string | null {
  if (kind === "boolean") return value === 2 ? null : String(value === 1);
  if (Number.isNaN(value)) return null;
  return kind === "time" ? new Date(value / 1000).toISOString() : String(value);
}

function caseNames(
  parts: readonly StoredColumns[],
  cases: StoredText,
): { caseNames: readonly string[] } | Record<string, never> {
  if (parts.every((part) => part.caseNames === undefined)) return {};
  const printed = new Map<string, string>();
  for (const part of parts) {
    part.case.dictionary.forEach((id, code) => {
      if (!printed.has(id)) printed.set(id, part.caseNames?.[code] ?? id);
    });
  }
  return { caseNames: cases.dictionary.map((id) => printed.get(id) ?? id) };
}

/** A case keeps the first value it got. */
function mergeCaseAttributes(parts: readonly StoredColumns[], cases: StoredText): Map<string, StoredColumn> {
  const place = new Map(cases.dictionary.map((id, code) => [id, code]));
  const size = cases.dictionary.length;
  const names = new Set(parts.flatMap((part) => [...part.caseAttributes.keys()]));
  return new Map(
    [...names].map((name) => {
      const spread = parts.map((part) => spreadOver(part, name, place, size));
      return [
        name,
        firstOf(
          spread.filter((column) => column !== null),
          size,
        ),
      ] as const;
    }),
  );
}

function spreadOver(
  part: StoredColumns,
  name: string,
  place: ReadonlyMap<string, number>,
  size: number,
): StoredColumn | null {
  const column = part.caseAttributes.get(name);
  if (!column) return null;
  const target = part.case.dictionary.map((id) => place.get(id) as number);
  if (column.kind === "text") {
    const codes = new Uint32Array(size).fill(MISSING);
    column.codes.forEach((code, at) => {
      codes[target[at] as number] = code;
    });
    return { ...column, codes };
  }
  const values =
    column.kind === "boolean" ? new Uint8Array(size).fill(2) : new Float64Array(size).fill(Number.NaN);
  column.values.forEach((value, at) => {
    values[target[at] as number] = value;
  });
  return { kind: column.kind, values } as StoredColumn;
}

function firstOf(columns: readonly StoredColumn[], size: number): StoredColumn {
  const kinds = new Set(columns.map((column) => column.kind));
  const [first] = columns;
  if (first && columns.length === 1) return first;
  if (kinds.size > 1 || first?.kind === "text") return firstText(columns.map(asText), size);
  const values = (first as Exclude<StoredColumn, StoredText>).values.slice();
  for (const column of columns.slice(1)) {
    if (column.kind === "text") continue;
    column.values.forEach((value, at) => {
      const empty = column.kind === "boolean" ? values[at] === 2 : Number.isNaN(values[at]);
      if (empty) values[at] = value;
    });
  }
  return { kind: (first as StoredColumn).kind, values } as StoredColumn;
}

function firstText(columns: readonly StoredText[], size: number): StoredText {
  const merged = requiredText(
    columns,
    columns.map(() => size),
  );
  const codes = merged.codes.slice(0, size);
  for (let part = 1; part < columns.length; part++) {
    for (let at = 0; at < size; at++) {
      if (codes[at] === MISSING) codes[at] = merged.codes[part * size + at] as number;
    }
  }
  return { kind: "text", codes, dictionary: merged.dictionary };
}
