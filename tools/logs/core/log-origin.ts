/**
 * What a log file says besides the values of its columns: the names and types its format gave them, and what stands
 * beside the events. It is carried with the columns so that an export gives it back. Figures do not depend on it.
 */
import type { Flattening } from "./flattening.ts";
import type { OcelEvent, OcelObject, OcelRelation, OcelType } from "./ocel.ts";

export type LogFormat =
  | "csv"
  | "xes"
  | "jsonl"
  | "json"
  | "parquet"
  | "ocel-json"
  | "ocel-xml"
  | "ocel-sqlite";

/** Of XES (IEEE 1849-2023, 5.1); `json` is a nested value of another format, kept as its JSON text. */
export const ATTRIBUTE_TYPES = [
  "string",
  "date",
  "int",
  "float",
  "boolean",
  "id",
  "list",
  "container",
  "json",
] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** Where a column comes from. A column without one is called as in the file and has the type of its kind. */
export interface ColumnOrigin {
  /** Keys from the outermost in; more than one for an attribute of an attribute. */
  readonly path: readonly string[];
  readonly type?: AttributeType;
  /** By row (by case, where the file has the column on its cases): 1 + the index in `ATTRIBUTE_TYPES` where a value is of another type than `type`. Rows beyond its end are not. */
  readonly types?: Uint8Array;
  /** A column of cases that the file has on its events. */
  readonly ofEvents?: boolean;
  /** With `ofEvents`, by row: 0 where the file has no value though the case has one. Rows beyond its end have it. */
  readonly presence?: Uint8Array;
  /** The column's type in a Parquet file, as DuckDB writes types. */
  readonly databaseType?: string;
}

export type OriginRole = "case" | "activity" | "timestamp" | "start" | "resource" | "lifecycle" | "instance";

export interface LogOrigin {
  readonly format: LogFormat;
  readonly roles: Readonly<Partial<Record<OriginRole, ColumnOrigin>>>;
  /** By the column's name in `LogColumns.attributes`. */
  readonly attributes: ReadonlyMap<string, ColumnOrigin>;
  readonly caseAttributes: ReadonlyMap<string, ColumnOrigin>;
  /** The header of a text file, in its order. */
  readonly columns?: readonly string[];
  /** Indices of cases that have no name in the file. */
  readonly unnamedCases?: readonly number[];
  readonly xes?: XesHeader;
  /** What an object-centric log lost when it was read by one type of objects. */
  readonly flattening?: Flattening;
  readonly ocel?: OcelRest;
}

/** What the columns of an object-centric log do not hold. Not kept of very large ones, nor of repaired copies. */
export interface OcelRest {
  readonly eventTypes: readonly OcelType[];
  readonly objectTypes: readonly OcelType[];
  readonly objects: readonly OcelObject[];
  /** Of every event by its id, in the order of the file. */
  readonly relations: ReadonlyMap<string, readonly OcelRelation[]>;
  /** Events of no case. */
  readonly events: readonly OcelEvent[];
  /** Columns of events that are attributes of the objects. */
  readonly objectColumns: readonly string[];
}

/** An attribute with all that stands in it. Values are kept as written. */
export interface XesAttribute {
  readonly key: string;
  readonly type: string;
  readonly value?: string;
  readonly attributes?: readonly XesAttribute[];
  /** Of a list: its elements in order. */
  readonly values?: readonly XesAttribute[];
}

export interface XesClassifier {
  readonly name: string;
  /** Keys of attributes, as the file writes them: apart by spaces, in quotes where they have some themselves. */
  readonly keys: string;
  readonly scope?: string;
}

/** What an XES file says before its traces. */
export interface XesHeader {
  readonly version?: string;
  readonly features?: string;
  readonly extensions: readonly { readonly name: string; readonly prefix: string; readonly uri: string }[];
  readonly globals: readonly { readonly scope: string; readonly attributes: readonly XesAttribute[] }[];
  readonly classifiers: readonly XesClassifier[];
  readonly attributes: readonly XesAttribute[];
}

/** An origin under which nothing is known but the format. */
export const originOf = (format: LogFormat): LogOrigin => ({
  format,
  roles: {},
  attributes: new Map(),
  caseAttributes: new Map(),
});

/** The type of the value at a row or case. */
export function typeAt(origin: ColumnOrigin, at: number): AttributeType | undefined {
  const other = origin.types?.[at] ?? 0;
  return other === 0 ? origin.type : ATTRIBUTE_TYPES[other - 1];
}
