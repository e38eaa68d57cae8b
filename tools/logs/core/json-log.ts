/** Events as JSON records become a table: nested objects as columns by path, lists as their JSON text. */
import { LogFileError } from "./errors.ts";
import { type Column, MISSING } from "./event-log.ts";
import { InstantParser } from "./instants.ts";
import { isExactNumber, type JsonRecord } from "./json-records.ts";
import type { Table, TableColumn } from "./table-log.ts";
import { ValueColumn } from "./value-columns.ts";

const MOST_COLUMNS = 4096;

interface Keyed {
  readonly path: readonly string[];
  readonly values: ValueColumn;
}

/** Columns by the steps of their paths. */
interface Branch {
  values: Keyed | null;
  readonly below: Map<string, Branch>;
}

export class JsonTable {
  readonly #root: Branch = { values: null, below: new Map() };
  readonly #columns: Keyed[] = [];
  #lines = new Uint32Array(1024);
  #rows = 0;

  add(record: JsonRecord, line: number): void {
    if (this.#rows === this.#lines.length) {
      const longer = new Uint32Array(this.#rows * 2);
      longer.set(this.#lines);
      this.#lines = longer;
    }
    this.#lines[this.#rows++] = line;
    this.#members(this.#root, record, []);
  }

  #members(branch: Branch, record: object, path: readonly string[]): void {
    for (const [key, value] of Object.entries(record)) {
      if (value === null) continue;
      let next = branch.below.get(key);
      if (!next) {
        next = { values: null, below: new Map() };
        branch.below.set(key, next);
      }
      if (isObject(value)) this.#members(next, value, [...path, key]);
      else this.#set(next, value, [...path, key]);
    }
  }

  #set(branch: Branch, value: unknown, path: readonly string[]): void {
    branch.values ??= this.#column(path);
    const { values } = branch.values;
    const row = this.#rows - 1;
    if (isExactNumber(value)) values.set(row, value.rawJSON, "int");
    else if (typeof value === "object") values.set(row, JSON.stringify(value), "json");
    else values.set(row, value as string | number | boolean);
  }

  #column(path: readonly string[]): Keyed {
    if (this.#columns.length === MOST_COLUMNS) {
      throw new LogFileError("log-oversized", `more than ${MOST_COLUMNS} different attributes`, {
        expected: `at most ${MOST_COLUMNS} attributes`,
        remedy: "Leave attributes out of the export.",
      });
    }
    const keyed = { path, values: new ValueColumn() };
    this.#columns.push(keyed);
    return keyed;
  }

  finish(list: boolean): Table {
    if (this.#rows === 0) {
      throw new LogFileError("log-empty", "the log has no events", { remedy: "Choose a log with events." });
    }
    const rows = this.#rows;
    const lines = this.#lines;
    const taken = new Set<string>();
    const columns = this.#columns.map(({ path, values }): TableColumn => {
      let name = path.join(".");
      for (let copy = 2; taken.has(name); copy++) name = `${path.join(".")} (${copy})`;
      taken.add(name);
      const { type, types } = values;
      const column = types ? values.finish(rows) : withInstants(values.finish(rows));
      return { name, column, origin: { path, type, ...(types ? { types } : {}) } };
    });
    return { format: list ? "json" : "jsonl", rows, columns, lineOf: (row) => lines[row] ?? null };
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !isExactNumber(value) &&
  Object.keys(value).length > 0;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;

/** JSON has no instants; a column of nothing else than texts that are whole ones (date, time, zone) holds them. */
function withInstants(column: Column): Column {
  if (column.kind !== "text" || column.dictionary.length === 0) return column;
  if (!column.dictionary.every((text) => INSTANT.test(text))) return column;
  const parser = new InstantParser("ymd");
  const instants = column.dictionary.map((text) => parser.text(text));
  if (instants.some((instant) => Number.isNaN(instant))) return column;
  const values = Float64Array.from(column.codes, (code) =>
    code === MISSING ? Number.NaN : (instants[code] as number),
  );
  return { kind: "time", values };
}
