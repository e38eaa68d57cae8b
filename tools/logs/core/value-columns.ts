/** Typed columns of values that come as numbers, texts and truth values (JSON, Parquet, SQLite), one row after another. */
import { cellText, sized } from "./column-builders.ts";
import { type Column, MISSING, type TextColumn } from "./event-log.ts";
import { ATTRIBUTE_TYPES, type AttributeType } from "./log-origin.ts";

export type Scalar = string | number | boolean;

const TYPE_OF_KIND = { text: "string", number: "float", boolean: "boolean", time: "date" } as const;

/** Takes the kind of its first value; a value of another kind makes it a column of texts that knows the type of each. */
export class ValueColumn {
  #kind: Column["kind"] | null = null;
  #codes = new Uint32Array(0);
  #numbers = new Float64Array(0);
  #flags = new Uint8Array(0);
  #dictionary = new Map<string, number>();
  #types: Uint8Array<ArrayBuffer> | null = null;
  /** The type of the first value. */
  type: AttributeType = "string";

  get types(): Uint8Array | undefined {
    return this.#types ?? undefined;
  }

  set(row: number, value: Scalar, type?: AttributeType): void {
    const kind = typeof value === "string" ? "text" : (typeof value as "number" | "boolean");
    const own = type ?? TYPE_OF_KIND[kind];
    if (this.#kind === null) {
      this.#kind = kind;
      this.type = own;
    }
    if (own !== this.type) this.#noteType(row, own);
    if (this.#kind !== kind) this.#turnToText(row);
    this.#put(row, this.#kind === kind ? value : String(value));
  }

  /** An instant in microseconds; a column has nothing but these, or none. */
  setTime(row: number, microseconds: number): void {
    this.#kind ??= "time";
    this.type = "date";
    this.#put(row, microseconds);
  }

  #put(row: number, value: Scalar): void {
    if (typeof value === "string") {
      if (row >= this.#codes.length) this.#codes = wider(this.#codes, row, MISSING);
      this.#codes[row] = this.#code(value);
    } else if (typeof value === "number") {
      if (row >= this.#numbers.length) this.#numbers = wider(this.#numbers, row, Number.NaN);
      this.#numbers[row] = value;
    } else {
      if (row >= this.#flags.length) this.#flags = wider(this.#flags, row, 2);
      this.#flags[row] = value ? 1 : 0;
    }
  }

  #code(text: string): number {
    const known = this.#dictionary.get(text);
    if (known !== undefined) return known;
    this.#dictionary.set(text, this.#dictionary.size);
    return this.#dictionary.size - 1;
  }

  #noteType(row: number, type: AttributeType): void {
    const types = this.#types ?? new Uint8Array(0);
    this.#types = row < types.length ? types : wider(types, row, 0);
    this.#types[row] = 1 + ATTRIBUTE_TYPES.indexOf(type);
  }

  #turnToText(rows: number): void {
    if (this.#kind === "text") return;
    const before = this.finish(rows);
    this.#kind = "text";
    for (let row = 0; row < rows; row++) {
      const text = cellText(before, row);
      if (text !== null) this.#put(row, text);
    }
  }

  finish(rows: number): Column {
    switch (this.#kind) {
      case "number":
      case "time":
        return { kind: this.#kind, values: sized(this.#numbers, rows, Number.NaN) };
      case "boolean":
        return { kind: "boolean", values: sized(this.#flags, rows, 2) };
      default:
        return {
          kind: "text",
          codes: sized(this.#codes, rows, MISSING),
          dictionary: [...this.#dictionary.keys()],
        };
    }
  }
}

type Values = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

function wider<Kind extends Values>(values: Kind, row: number, missing: number): Kind {
  const longer = new (values.constructor as new (length: number) => Kind)(
    Math.max(1024, values.length * 2, row + 1),
  );
  longer.fill(missing);
  longer.set(values);
  return longer;
}

/** Any column as texts. */
export function asTextColumn(column: Column, rows: number): TextColumn {
  if (column.kind === "text") return column;
  const texts = new ValueColumn();
  for (let row = 0; row < rows; row++) {
    const text = cellText(column, row);
    if (text !== null) texts.set(row, text);
  }
  return texts.finish(rows) as TextColumn;
}
