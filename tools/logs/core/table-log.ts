/** A table of typed columns as a log: the same guess of roles as for text files, over a sample of the rows. */
import { cellText } from "./column-builders.ts";
import { unparsableTimestamp } from "./errors.ts";
import { type Column, type ColumnMapping, type LogColumns, MISSING, type TextColumn } from "./event-log.ts";
import type { Finding } from "./findings.ts";
import { guessMapping, type MappingGuess, type MappingHint } from "./guess-mapping.ts";
import type { ColumnOrigin, LogFormat, OriginRole } from "./log-origin.ts";
import type { Role } from "./role-names.ts";
import { describeFormat, type TimeFormat, timeParser } from "./time-formats.ts";
import { asTextColumn } from "./value-columns.ts";

export interface TableColumn {
  /** Unique among the table's columns. */
  readonly name: string;
  readonly column: Column;
  readonly origin: ColumnOrigin;
  /** Times of the column that carry no zone. */
  readonly local?: number;
}

export interface Table {
  readonly format: LogFormat;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
  /** The line of the file that a row begins on; null where the file has no lines. */
  lineOf(row: number): number | null;
}

export interface TableSettings {
  readonly hint: MappingHint;
  readonly zone: string;
  /** Reads local times in that zone. */
  readonly toInstant: (local: number) => number;
  readonly attributes: boolean;
}

export interface TableLog {
  readonly columns: LogColumns;
  readonly mapping: ColumnMapping;
  readonly findings: Finding[];
}

const SAMPLE_ROWS = 2000;

export function logOfTable(table: Table, settings: TableSettings): TableLog {
  const guess = guessMapping(sampleOf(table), settings.hint);
  const role = (name: Role): TableColumn | null => {
    const index = guess.roles.get(name);
    return index === undefined ? null : (table.columns[index] as TableColumn);
  };
  const text = (name: Role): TextColumn | null => {
    const found = role(name);
    return found && asTextColumn(found.column, table.rows);
  };
  const times = new Times(table, guess, settings);
  const [completed, started] = [times.read("timestamp"), times.read("start")];
  const taken = new Set(guess.roles.values());
  const rest = settings.attributes ? table.columns.filter((_, index) => !taken.has(index)) : [];
  const empty: TextColumn = {
    kind: "text",
    codes: new Uint32Array(table.rows).fill(MISSING),
    dictionary: [],
  };
  const columns: LogColumns = {
    rows: table.rows,
    case: withoutMissing(text("case") ?? empty),
    activity: text("activity") ?? empty,
    completed,
    started,
    resource: text("resource"),
    lifecycle: text("lifecycle"),
    instance: text("instance"),
    attributes: new Map(rest.map(({ name, column }) => [name, column])),
    caseAttributes: new Map(),
    origin: {
      format: table.format,
      roles: Object.fromEntries(
        [...guess.roles].map(([name, index]) => [name, (table.columns[index] as TableColumn).origin]),
      ) as Record<OriginRole, ColumnOrigin>,
      attributes: new Map(rest.map(({ name, origin }) => [name, origin])),
      caseAttributes: new Map(),
      columns: table.columns.map(({ name }) => name),
    },
  };
  const mapping = { ...guess.mapping, ...times.described(), zone: settings.zone };
  return { columns, mapping, findings: times.findings };
}

function sampleOf({ columns, rows }: Table) {
  const count = Math.min(rows, SAMPLE_ROWS);
  const names = columns.map(({ name }) => name);
  const sample = Array.from({ length: count }, (_, row) =>
    columns.map(({ column }) => cellText(column, row) ?? ""),
  );
  return { names, rows: sample };
}

/** Rows without a case are one case with an empty name; nothing is dropped in silence. */
function withoutMissing(column: TextColumn): TextColumn {
  if (!column.codes.includes(MISSING)) return column;
  const known = column.dictionary.indexOf("");
  const dictionary = known < 0 ? [...column.dictionary, ""] : column.dictionary;
  const empty = known < 0 ? dictionary.length - 1 : known;
  return { kind: "text", dictionary, codes: column.codes.map((code) => (code === MISSING ? empty : code)) };
}

/** The columns of times as instants. */
class Times {
  readonly findings: Finding[] = [];
  readonly #table: Table;
  readonly #guess: MappingGuess;
  readonly #settings: TableSettings;
  #dateFormat: string | null = null;

  constructor(table: Table, guess: MappingGuess, settings: TableSettings) {
    this.#table = table;
    this.#guess = guess;
    this.#settings = settings;
  }

  described(): { dateFormat?: string } {
    return this.#dateFormat === null ? {} : { dateFormat: this.#dateFormat };
  }

  read(role: "timestamp" | "start"): Float64Array | null {
    const index = this.#guess.roles.get(role);
    if (index === undefined) return null;
    const { name, column, local = 0 } = this.#table.columns[index] as TableColumn;
    if (column.kind === "time") {
      this.#noteLocal(name, local);
      return column.values;
    }
    const format = this.#guess.times.get(index)?.format ?? "ymd";
    return this.#parse(name, asTextColumn(column, this.#table.rows), format);
  }

  /** Each different text is read once. */
  #parse(name: string, column: TextColumn, format: TimeFormat): Float64Array {
    const { parser, parse } = timeParser(format);
    const unzoned = new Uint8Array(column.dictionary.length);
    const instants = column.dictionary.map((cell, code) => {
      const bytes = Buffer.from(cell);
      if (cell.trim() === "") return Number.NaN;
      const value = parse(bytes, 0, bytes.length);
      if (Number.isNaN(value)) throw this.#unparsable(name, column, code, format);
      unzoned[code] = parser.zoned ? 0 : 1;
      return parser.zoned ? value : this.#settings.toInstant(value);
    });
    this.#dateFormat ??= describeFormat(column.dictionary[0] ?? "", format);
    this.#noteLocal(name, column.codes.filter((code) => code !== MISSING && unzoned[code] === 1).length);
    return Float64Array.from(column.codes, (code) =>
      code === MISSING ? Number.NaN : (instants[code] as number),
    );
  }

  #unparsable(name: string, column: TextColumn, code: number, format: TimeFormat): Error {
    const row = column.codes.indexOf(code);
    const expected = `a date such as ${format.startsWith("epoch") ? "1709285400" : "2024-03-01T09:30:00Z"}`;
    return unparsableTimestamp(
      this.#table.lineOf(row) ?? row + 1,
      name,
      column.dictionary[code] ?? "",
      expected,
    );
  }

  #noteLocal(column: string, count: number): void {
    if (count === 0) return;
    const note = `no zone; read in ${this.#settings.zone}`;
    this.findings.push({ kind: "zone", count, example: { column, note } });
  }
}
