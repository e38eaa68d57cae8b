/** CSV: a sample gives separator, mapping and kinds; one pass reads; a column that belies the sample starts it anew. */
import type { ByteSource } from "./byte-source.ts";
import { type Decode, decodeUtf8, decodeWindows1252 } from "./core/byte-dictionary.ts";
import {
  BooleanBuilder,
  type ColumnBuilder,
  NumberBuilder,
  TextBuilder,
  TimeBuilder,
} from "./core/column-builders.ts";
import { type CellSink, CsvReader } from "./core/csv.ts";
import { type Kind, NOT_AVAILABLE, planKinds } from "./core/csv-kinds.ts";
import { LogFileError, unparsableTimestamp, withLine } from "./core/errors.ts";
import {
  type Column,
  type ColumnMapping,
  type LogColumns,
  MISSING,
  type TextColumn,
} from "./core/event-log.ts";
import type { Finding } from "./core/findings.ts";
import { groupedNumber } from "./core/grouped-numbers.ts";
import { guessMapping, type MappingGuess, type MappingHint } from "./core/guess-mapping.ts";
import { originOf } from "./core/log-origin.ts";
import type { TimeCounts } from "./core/make-columns.ts";
import type { Role } from "./core/role-names.ts";
import { type Cells, type PartColumn, ScannedColumn, ScannedTime } from "./core/scanned-columns.ts";
import { Scanner } from "./core/scanner.ts";
import { describeFormat, type TimeFormat, timeParser } from "./core/time-formats.ts";
import { isUtc } from "./core/zones.ts";
import { findLayout, type Layout, type LayoutSettings } from "./csv-layout.ts";
import { type CsvPart, type CsvPlan, scannedBuilder } from "./read-csv-part.ts";
import { feedInTwo, type InTwoOptions } from "./read-in-two.ts";

export interface CsvRead {
  readonly columns: LogColumns;
  readonly mapping: ColumnMapping;
  readonly findings: Finding[];
}

export interface CsvSettings extends LayoutSettings {
  readonly hint: MappingHint;
  /** The zone that `toInstant` reads local times in, for the mapping. */
  readonly zone: string;
  readonly toInstant: (local: number) => number;
  readonly attributes: boolean;
  /** `false` leaves everything to TypeScript, with the same result. */
  readonly fast?: boolean;
  readonly inTwo?: InTwoOptions;
}

/** Columns whose cells a pass found to be of another kind than planned. */
class ReplanError extends Error {
  readonly changes: ReadonlyMap<number, Kind>;
  constructor(changes: ReadonlyMap<number, Kind>) {
    super("the sample was not telling");
    this.changes = changes;
  }
}
/** Wider files are read in TypeScript: a batch of each column takes memory. */
const MOST_SCANNED = 256;

export async function readCsv(source: ByteSource, settings: CsvSettings): Promise<CsvRead> {
  const layout = findLayout(source, settings);
  const guess = guessMapping(layout.sample, settings.hint);
  const kinds = planKinds(layout.sample, guess);
  let decode: Decode = settings.encoding === "utf-8" ? decodeUtf8 : decodeWindows1252;
  for (let pass = 0; ; pass++) {
    try {
      const reading = new CsvPass(layout, guess, kinds, settings, decode, () => source.share);
      const encoding = decode === decodeUtf8 ? "utf-8" : "windows-1252";
      const { plan } = reading;
      if (plan === null) await source.feed(reading);
      else {
        const request = { format: "csv", plan, encoding, zone: settings.zone } as const;
        await feedInTwo(source, reading, { text: "\n", skip: 1 }, request, settings.inTwo ?? {});
      }
      return reading.finish(encoding);
    } catch (error) {
      if (error instanceof ReplanError && pass < 4)
        for (const [index, kind] of error.changes) kinds[index] = kind;
      else if (isNotUtf8(error) && decode === decodeUtf8) decode = decodeWindows1252;
      else throw error;
    }
  }
}

const isNotUtf8 = (error: unknown): boolean =>
  error instanceof LogFileError && error.code === "log-encoding" && error.details.expected === "UTF-8";

/** One reading of the whole file after one plan. */
class CsvPass {
  readonly #layout: Layout;
  readonly #guess: MappingGuess;
  readonly #kinds: readonly Kind[];
  readonly #settings: CsvSettings;
  readonly #builders: (ColumnBuilder | null)[];
  readonly #reader: CsvReader;
  readonly #changes = new Map<number, Kind>();
  readonly #roleOf: ReadonlyMap<number, string>;
  readonly #scanner: Scanner | null;
  readonly #wanted: readonly boolean[];
  #unavailable: { count: number; example: Finding["example"] } = { count: 0, example: null };

  constructor(
    layout: Layout,
    guess: MappingGuess,
    kinds: readonly Kind[],
    settings: CsvSettings,
    decode: Decode,
    share: () => number,
  ) {
    this.#layout = layout;
    this.#guess = guess;
    this.#kinds = kinds;
    this.#settings = settings;
    this.#roleOf = new Map([...guess.roles].map(([role, index]) => [index, role]));
    const toInstant = isUtc(settings.zone) ? null : settings.toInstant;
    const wanted = kinds.map((_, index) => settings.attributes || this.#roleOf.has(index));
    const scanner =
      settings.fast === false || layout.backslash || kinds.length > MOST_SCANNED
        ? null
        : new Scanner((...cell) => this.#reader.takeOdd(...cell), share);
    this.#builders = kinds.map((kind, index) => {
      const scanned = wanted[index] && scanner ? scannedBuilder(scanner, kind, decode, toInstant) : null;
      if (scanner && scanned === null) scanner.unscanned(wanted[index] ? "host" : "skip");
      return wanted[index] ? (scanned ?? makeBuilder(kind, decode, settings.toInstant)) : null;
    });
    this.#scanner = scanner;
    this.#wanted = wanted;
    this.#reader = new CsvReader({
      separator: layout.separator,
      width: layout.sample.names.length,
      preamble: layout.preamble,
      skip: 1,
      backslash: layout.backslash,
      sinks: this.#builders.map((builder, index) => builder && this.#sink(builder, index)),
      ...(scanner ? { lane: scanner } : {}),
    });
  }

  /** What another thread has to know to read a later part; null where only this one can. */
  get plan(): CsvPlan | null {
    const scanned = this.#builders.every((builder) => builder === null || builder instanceof ScannedColumn);
    if (this.#scanner === null || !scanned) return null;
    const { separator, sample } = this.#layout;
    return { separator, width: sample.names.length, kinds: this.#kinds, wanted: this.#wanted };
  }

  get between(): boolean {
    return this.#reader.between;
  }

  append({ rows, columns }: CsvPart): boolean {
    const parts = new Map<ScannedColumn<Cells>, PartColumn>();
    this.#builders.forEach((builder, index) => {
      const part = columns[index];
      if (part) parts.set(builder as unknown as ScannedColumn<Cells>, part);
    });
    this.#scanner?.append("event", this.#reader.rows, rows, parts);
    this.#reader.rows += rows;
    return true;
  }

  room(size: number): Uint8Array {
    return this.#reader.room(size);
  }

  filled(size: number): void {
    try {
      this.#reader.filled(size);
    } catch (error) {
      throw withLine(error, this.#reader.line);
    }
  }

  finish(encoding: string): CsvRead {
    try {
      this.#reader.finish();
    } catch (error) {
      throw withLine(error, this.#reader.line);
    }
    if (this.#changes.size > 0) throw new ReplanError(this.#changes);
    const columns = this.#columns();
    return { columns, mapping: this.#mapping(encoding), findings: this.#findings() };
  }

  #sink(builder: ColumnBuilder, index: number): CellSink {
    if (builder.kind === "text") {
      return (row, bytes, start, end) => {
        builder.set(row, bytes, start, end);
      };
    }
    return (row, bytes, start, end) => {
      if (!builder.set(row, bytes, start, end)) this.#belied(index, row, bytes.slice(start, end));
    };
  }

  /** A cell that is not of the column's kind: another plan, or the person's mistake. */
  #belied(index: number, row: number, cell: Uint8Array): void {
    const text = Buffer.from(cell).toString("utf8");
    if (text.trim() === "") return;
    const role = this.#roleOf.get(index);
    const planned = this.#kinds[index] as Kind;
    if (role !== "timestamp" && NOT_AVAILABLE.test(text)) {
      this.#noteUnavailable(index, row, text);
      return;
    }
    if (role === undefined) {
      this.#changes.set(
        index,
        planned.kind === "number" &&
          !planned.decimalComma &&
          planned.thousands === undefined &&
          text.includes(",") &&
          this.#layout.separator !== ","
          ? { kind: "number", decimalComma: true }
          : { kind: "text" },
      );
      if (this.#isReplanned(index)) this.#changes.set(index, { kind: "text" });
      return;
    }
    if (planned.kind === "time") this.#otherOrder(index, cell, planned.format, text);
  }

  #isReplanned(index: number): boolean {
    const planned = this.#kinds[index] as Kind;
    return planned.kind === "number" && planned.decimalComma;
  }

  #noteUnavailable(index: number, row: number, value: string): void {
    const column = this.#layout.sample.names[index] as string;
    this.#unavailable.example ??= {
      line: this.#reader.line,
      row: row + 1,
      column,
      value,
      note: "read as no value",
    };
    this.#unavailable.count++;
  }

  /** Day first and month first are tried in turn; what fits neither is refused. */
  #otherOrder(index: number, cell: Uint8Array, format: TimeFormat, text: string): void {
    const column = this.#layout.sample.names[index] as string;
    const other = format === "dmy" ? "mdy" : format === "mdy" ? "dmy" : null;
    const builder = this.#builders[index] as AnyTimes;
    const fitsOther = other !== null && !Number.isNaN(timeParser(other).parse(cell, 0, cell.length));
    if (other !== null && fitsOther && !builder.parser.proven) {
      this.#changes.set(index, { kind: "time", format: other });
      return;
    }
    const expected = fitsOther
      ? "dates like the others of this column: here day and month stand the other way round"
      : `a date such as ${this.#example(index)}`;
    throw unparsableTimestamp(this.#reader.line, column, text, expected);
  }

  #example(index: number): string {
    const { parse } = timeParser((this.#kinds[index] as Extract<Kind, { kind: "time" }>).format);
    const good = this.#layout.sample.rows.find((row) => {
      const bytes = Buffer.from(row[index] ?? "");
      return !Number.isNaN(parse(bytes, 0, bytes.length));
    });
    return good?.[index] || "2024-03-01 09:30:00";
  }

  #columns(): LogColumns {
    const rows = this.#reader.rows;
    const finished = this.#builders.map((builder) => builder?.finish(rows) ?? null);
    const role = (name: Role): Column | null => {
      const index = this.#guess.roles.get(name);
      return index === undefined ? null : (finished[index] ?? null);
    };
    const time = (column: Column | null) => (column?.kind === "time" ? column.values : null);
    const attributes = new Map<string, Column>();
    this.#layout.sample.names.forEach((name, index) => {
      const column = finished[index];
      if (column && !this.#roleOf.has(index)) attributes.set(name, column);
    });
    return {
      rows,
      case: withoutMissing(role("case") as TextColumn),
      activity: role("activity") as TextColumn,
      completed: time(role("timestamp")),
      started: time(role("start")),
      resource: withoutDecimals(role("resource") as TextColumn | null),
      lifecycle: role("lifecycle") as TextColumn | null,
      instance: role("instance") as TextColumn | null,
      attributes,
      caseAttributes: new Map(),
      origin: { ...originOf("csv"), columns: this.#layout.sample.names },
    };
  }

  #mapping(encoding: string): ColumnMapping {
    const { mapping, roles } = this.#guess;
    const time = roles.get("timestamp");
    const kind = time === undefined ? undefined : this.#kinds[time];
    const reasons: Record<string, string> = { ...mapping.reasons };
    reasons["separator"] = this.#settings.separator
      ? "given"
      : "it splits every line into the same number of cells";
    let dateFormat: string | null = null;
    if (time !== undefined && kind?.kind === "time") {
      dateFormat = describeFormat(this.#example(time), kind.format);
      reasons["dateFormat"] = this.#orderReason(time, kind.format);
    }
    return {
      ...mapping,
      separator: this.#layout.separator,
      dateFormat,
      encoding,
      zone: this.#settings.zone,
      reasons,
    };
  }

  #orderReason(index: number, format: TimeFormat): string {
    if (format !== "dmy" && format !== "mdy") return "every cell reads so";
    if ((this.#builders[index] as AnyTimes).parser.proven)
      return "some day is beyond 12, so the order is certain";
    return `no day is beyond 12, so the order is not certain; read as ${format === "dmy" ? "day" : "month"} first`;
  }

  #findings(): Finding[] {
    const findings: Finding[] = [];
    if (this.#unavailable.count > 0) findings.push({ kind: "na-text", ...this.#unavailable });
    for (const role of ["timestamp", "start"] as const) {
      const index = this.#guess.roles.get(role);
      const builder = index === undefined ? null : this.#builders[index];
      if (index === undefined || !(builder instanceof TimeBuilder || builder instanceof ScannedTime))
        continue;
      findings.push(...this.#zoneFinding(index, builder), ...this.#orderFinding(index, builder));
    }
    return findings;
  }

  #zoneFinding(index: number, { local, zoned }: TimeCounts): Finding[] {
    if (local === 0) return [];
    const note = zoned > 0 ? "some times of this column carry a zone and some do not" : "no zone";
    const column = this.#layout.sample.names[index] as string;
    return [
      {
        kind: "zone",
        count: local,
        example: {
          line: this.#layout.preamble + 2,
          column,
          value: this.#example(index),
          note: `${note}; read in ${this.#settings.zone}`,
        },
      },
    ];
  }

  #orderFinding(index: number, { parser }: AnyTimes): Finding[] {
    if (parser.order === "ymd" || parser.proven) return [];
    const column = this.#layout.sample.names[index] as string;
    const note = `no day is beyond 12: could be day first or month first; read as ${parser.order === "dmy" ? "day" : "month"} first`;
    return [
      {
        kind: "day-month",
        count: this.#reader.rows,
        example: { line: this.#layout.preamble + 2, column, value: this.#example(index), note },
      },
    ];
  }
}

type AnyTimes = TimeBuilder | ScannedTime;

function makeBuilder(kind: Kind, decode: Decode, toInstant: (local: number) => number): ColumnBuilder {
  switch (kind.kind) {
    case "text":
      return new TextBuilder(decode);
    case "number":
      return kind.thousands === undefined
        ? new NumberBuilder(kind.decimalComma)
        : new NumberBuilder(groupedNumber(kind.thousands, kind.decimalComma, decode));
    case "boolean":
      return new BooleanBuilder();
    case "time": {
      const { parser, parse } = timeParser(kind.format);
      return new TimeBuilder(toInstant, parser, parse);
    }
  }
}

/** Rows with an empty case cell are one case with an empty name; nothing is dropped in silence. */
function withoutMissing(column: TextColumn): TextColumn {
  if (!column.codes.includes(MISSING)) return column;
  const dictionary = [...column.dictionary, ""];
  return {
    kind: "text",
    dictionary,
    codes: column.codes.map((code) => (code === MISSING ? dictionary.length - 1 : code)),
  };
}

/** `10861.0`, as some programs write whole numbers, is resource 10861. */
function withoutDecimals(column: TextColumn | null): TextColumn | null {
  if (!column?.dictionary.every((value) => /^\d+\.0$/.test(value))) return column;
  return { ...column, dictionary: column.dictionary.map((value) => value.slice(0, -2)) };
}
