/**
 * The file format of a part of a log: a JSON header (names, kinds, dictionaries, offsets), then the typed arrays as
 * they lie in memory, each aligned to eight bytes. Little endian. Reading back is a copy, not a parse.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { MillwrightError } from "../../errors.ts";
import type { StoredColumn, StoredColumns } from "./log-store.ts";

export class DamagedLogError extends MillwrightError {
  constructor(log: string, what: string, options?: ErrorOptions) {
    super(
      "log-damaged",
      500,
      `the stored log ${log} is damaged: ${what}`,
      { remedy: "Import the log again." },
      options,
    );
  }
}

const MAGIC = Buffer.from("MILLWRT1");
type Values = Uint32Array | Float64Array | Uint8Array;
type Role = "case" | "activity" | "completed" | "started" | "resource" | "lifecycle" | "instance";
const ROLES: readonly Role[] = [
  "case",
  "activity",
  "completed",
  "started",
  "resource",
  "lifecycle",
  "instance",
];

interface Entry {
  readonly scope: "role" | "event" | "case";
  readonly name: string;
  readonly kind: StoredColumn["kind"];
  readonly offset: number;
  readonly length: number;
  readonly dictionary?: readonly string[];
}

interface Header {
  readonly rows: number;
  readonly caseNames?: readonly string[];
  readonly columns: readonly Entry[];
  /** JSON, deflated, in base64: the header of an XES file may be megabytes. Parts of before have none. */
  readonly origin?: string;
}

export function encodeColumns(columns: StoredColumns): Buffer[] {
  const entries: Entry[] = [];
  const arrays: Values[] = [];
  let offset = 0;
  const add = (scope: Entry["scope"], name: string, column: StoredColumn): void => {
    const values = column.kind === "text" ? column.codes : column.values;
    entries.push({
      scope,
      name,
      kind: column.kind,
      offset,
      length: values.length,
      ...(column.kind === "text" ? { dictionary: column.dictionary } : {}),
    });
    arrays.push(values);
    offset += aligned(values.byteLength);
  };
  for (const role of ROLES) {
    const column = roleColumn(columns, role);
    if (column) add("role", role, column);
  }
  for (const [name, column] of columns.attributes) add("event", name, column);
  for (const [name, column] of columns.caseAttributes) add("case", name, column);
  const { rows, caseNames, origin } = columns;
  const described: Header = {
    rows,
    ...(caseNames ? { caseNames } : {}),
    columns: entries,
    ...(origin === undefined ? {} : { origin: packed(origin) }),
  };
  const header = Buffer.from(JSON.stringify(described));
  const start = aligned(MAGIC.length + 8 + header.length);
  const front = Buffer.alloc(start);
  MAGIC.copy(front);
  front.writeBigUInt64LE(BigInt(header.length), MAGIC.length);
  header.copy(front, MAGIC.length + 8);
  return [front, ...arrays.map(padded)];
}

export function decodeColumns(log: string, file: Buffer): StoredColumns {
  const { header, start } = decodeHeader(log, file);
  const take = (entry: Entry): StoredColumn => {
    const bytes = entry.kind === "text" ? 4 : entry.kind === "boolean" ? 1 : 8;
    const from = start + entry.offset;
    if (from + entry.length * bytes > file.length) throw new DamagedLogError(log, "a part is cut off");
    const buffer = new ArrayBuffer(entry.length * bytes);
    new Uint8Array(buffer).set(file.subarray(from, from + entry.length * bytes));
    if (entry.kind === "text") {
      return { kind: "text", codes: new Uint32Array(buffer), dictionary: entry.dictionary ?? [] };
    }
    if (entry.kind === "boolean") return { kind: "boolean", values: new Uint8Array(buffer) };
    return { kind: entry.kind, values: new Float64Array(buffer) };
  };
  const byScope = (scope: Entry["scope"]) =>
    new Map(
      header.columns.filter((entry) => entry.scope === scope).map((entry) => [entry.name, take(entry)]),
    );
  return assemble(log, header, byScope("role"), byScope("event"), byScope("case"));
}

function assemble(
  log: string,
  { rows, caseNames, origin }: Header,
  roles: ReadonlyMap<string, StoredColumn>,
  attributes: ReadonlyMap<string, StoredColumn>,
  caseAttributes: ReadonlyMap<string, StoredColumn>,
): StoredColumns {
  const text = (role: Role) => {
    const column = roles.get(role);
    return column?.kind === "text" ? column : null;
  };
  const time = (role: Role) => {
    const column = roles.get(role);
    return column?.kind === "time" ? column.values : null;
  };
  const [cases, activity] = [text("case"), text("activity")];
  if (!cases || !activity) throw new DamagedLogError(log, "a part has no cases or no activities");
  return {
    rows,
    case: cases,
    ...(caseNames ? { caseNames } : {}),
    activity,
    completed: time("completed"),
    started: time("started"),
    resource: text("resource"),
    lifecycle: text("lifecycle"),
    instance: text("instance"),
    attributes,
    caseAttributes,
    ...(origin === undefined ? {} : { origin: unpacked(origin) }),
  };
}

const packed = (origin: object): string =>
  deflateRawSync(JSON.stringify(origin, toPlain), { level: 1 }).toString("base64");
const unpacked = (text: string): object =>
  JSON.parse(inflateRawSync(Buffer.from(text, "base64")).toString(), fromPlain) as object;

/** Maps and byte arrays as JSON. */
function toPlain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  return value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString("base64") } : value;
}

/** Undoes `toPlain`. Only it makes such objects: keys that come from a file are those of maps. */
function fromPlain(_key: string, value: unknown): unknown {
  const { $map, $bytes } = (value ?? {}) as { $map?: [unknown, unknown][]; $bytes?: string };
  if (Array.isArray($map)) return new Map($map);
  return typeof $bytes === "string" ? new Uint8Array(Buffer.from($bytes, "base64")) : value;
}

function decodeHeader(log: string, file: Buffer): { header: Header; start: number } {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC))
    throw new DamagedLogError(log, "a part has another format");
  const length = Number(file.readBigUInt64LE(MAGIC.length));
  const from = MAGIC.length + 8;
  if (from + length > file.length) throw new DamagedLogError(log, "a part is cut off");
  try {
    const header = JSON.parse(file.toString("utf8", from, from + length)) as Header;
    return { header, start: aligned(from + length) };
  } catch (cause) {
    throw new DamagedLogError(log, "a part's header cannot be read", { cause });
  }
}

function roleColumn(columns: StoredColumns, role: Role): StoredColumn | null {
  const column = columns[role];
  return column instanceof Float64Array ? { kind: "time", values: column } : column;
}

const aligned = (length: number): number => Math.ceil(length / 8) * 8;

function padded(values: Values): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const rest = aligned(bytes.length) - bytes.length;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(rest)]);
}
