/** A later part of a CSV file, read on its own after the plan of its first rows. */
import type { ByteSink } from "./byte-source.ts";
import type { Decode } from "./core/byte-dictionary.ts";
import type { ColumnBuilder } from "./core/column-builders.ts";
import { CsvReader } from "./core/csv.ts";
import type { Kind } from "./core/csv-kinds.ts";
import { PartError } from "./core/part.ts";
import { type PartColumn, ScannedColumn } from "./core/scanned-columns.ts";
import { Scanner } from "./core/scanner.ts";

export interface CsvPlan {
  readonly separator: string;
  readonly width: number;
  readonly kinds: readonly Kind[];
  /** Columns that are read at all. */
  readonly wanted: readonly boolean[];
}

export interface CsvPart {
  readonly rows: number;
  /** By column of the file; null where it is not wanted. */
  readonly columns: readonly (PartColumn | null)[];
}

export interface CsvPartSettings {
  readonly decode: Decode;
  readonly toInstant: ((local: number) => number) | null;
  readonly share: () => number;
}

/** A column of the scanner, where it knows how to read such cells; `toInstant` null: local times are UTC. */
export function scannedBuilder(
  scanner: Scanner,
  kind: Kind,
  decode: Decode,
  toInstant: CsvPartSettings["toInstant"],
): ColumnBuilder | null {
  if (kind.kind === "text") return scanner.text("event", decode);
  if (kind.kind === "boolean") return scanner.boolean("event");
  if (kind.kind === "number")
    return kind.decimalComma || kind.thousands !== undefined ? null : scanner.number("event");
  return kind.format === "ymd" ? scanner.time("event", toInstant) : null;
}

/** Reads plain records. A cell that belies the plan is for the reader of the whole: `PartError`. */
export class CsvPartReader implements ByteSink {
  readonly #reader: CsvReader;
  readonly #builders: readonly (ColumnBuilder | null)[];

  constructor({ separator, width, kinds, wanted }: CsvPlan, { decode, toInstant, share }: CsvPartSettings) {
    const scanner = new Scanner((...cell) => this.#reader.takeOdd(...cell), share);
    this.#builders = kinds.map((kind, index) => {
      if (wanted[index]) return scannedBuilder(scanner, kind, decode, toInstant);
      scanner.unscanned("skip");
      return null;
    });
    const sinks = this.#builders.map(
      (builder) =>
        builder &&
        ((row: number, bytes: Uint8Array, start: number, end: number) => {
          if (!builder.set(row, bytes, start, end))
            throw new PartError("a cell of another kind than planned");
        }),
    );
    this.#reader = new CsvReader({ separator, width, skip: 0, middle: true, sinks, lane: scanner });
  }

  room(size: number): Uint8Array {
    return this.#reader.room(size);
  }

  filled(size: number): void {
    this.#reader.filled(size);
  }

  part(): CsvPart {
    this.#reader.finish();
    const { rows } = this.#reader;
    return {
      rows,
      columns: this.#builders.map((builder) =>
        builder instanceof ScannedColumn ? builder.part(rows) : null,
      ),
    };
  }
}
