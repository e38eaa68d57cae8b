/** XES (IEEE 1849-2023) from bytes to columns, in one pass, without keeping the text. */
import { type Decode, decodeUtf8 } from "./byte-dictionary.ts";
import {
  BooleanBuilder,
  type ColumnBuilder,
  cellText,
  NumberBuilder,
  TextBuilder,
  TimeBuilder,
  toText,
} from "./column-builders.ts";
import { clip, LogFileError, missingRole, unparsableTimestamp } from "./errors.ts";
import type { Column, LogColumns, TextColumn } from "./event-log.ts";
import { type Element, nameHash, type Token, withLine, XmlTokenizer } from "./xml-tokens.ts";

/** Which event attribute plays which role; null: none. */
export interface XesRoles {
  readonly activity: string;
  readonly timestamp: string | null;
  readonly start: string | null;
  readonly resource: string | null;
  readonly lifecycle: string | null;
  readonly instance: string | null;
}

export const XES_ROLES: XesRoles = {
  activity: "concept:name",
  timestamp: "time:timestamp",
  start: "start_timestamp",
  resource: "org:resource",
  lifecycle: "lifecycle:transition",
  instance: "concept:instance",
};

export interface XesOptions {
  readonly roles?: XesRoles;
  /** `roles` reads nothing but case, activity, times, resource, lifecycle and instance. */
  readonly columns?: "all" | "roles";
  /** Reads local times that carry no zone; as UTC by default. */
  readonly toInstant?: (local: number) => number;
  readonly decode?: Decode;
}

export interface XesResult {
  readonly columns: LogColumns;
  /** Roles that the log really has. */
  readonly present: ReadonlySet<keyof XesRoles>;
  /** Times with and without a zone among completions and starts. */
  readonly zoned: number;
  readonly local: number;
  /** Events directly under <log>, which belong to no case and are left out. */
  readonly orphans: number;
}

const [LOG, TRACE, EVENT] = ["log", "trace", "event"].map(nameHash) as [number, number, number];
const [DATE, INT, FLOAT, BOOLEAN] = ["date", "int", "float", "boolean"].map(nameHash) as [
  number,
  number,
  number,
  number,
];
const [LIST, CONTAINER] = ["list", "container"].map(nameHash) as [number, number];
const bothNumbers = (a: number, b: number) => (a === INT || a === FLOAT) && (b === INT || b === FLOAT);
const MAXIMUM_KEYS = 4096;

/** Feed it chunks of any size, then `finish`. */
export class XesReader {
  readonly #tokens: XmlTokenizer;
  readonly #events: AttributeTable;
  readonly #traces: AttributeTable;
  readonly #roles: XesRoles;
  #cases = new Uint32Array(1024);
  #traceCount = 0;
  #eventCount = 0;
  #traceDepth = -1;
  #eventDepth = -1;
  #orphans = 0;

  constructor(options: XesOptions = {}) {
    this.#roles = options.roles ?? XES_ROLES;
    const toInstant = options.toInstant ?? ((local: number) => local);
    const kinds = { decode: options.decode ?? decodeUtf8, toInstant };
    const rolesOnly = options.columns === "roles";
    this.#events = new AttributeTable(kinds, eventRoles(this.#roles), rolesOnly);
    this.#traces = new AttributeTable(kinds, new Map([["concept:name", "text"]]), rolesOnly);
    this.#tokens = new XmlTokenizer({
      open: (name, element) => this.#open(name, element),
      close: () => this.#close(),
    });
  }

  get line(): number {
    return this.#tokens.line;
  }

  push(chunk: Uint8Array): void {
    this.#tokens.push(chunk);
  }

  finish(): XesResult {
    this.#tokens.finish();
    if (this.#eventCount === 0) {
      throw new LogFileError("log-empty", "the log has no events", { remedy: "Choose a log with events." });
    }
    return this.#result();
  }

  #open(name: number, element: Element): void {
    const { depth } = element;
    if (this.#eventDepth >= 0) {
      if (depth === this.#eventDepth + 1) this.#events.set(this.#eventCount - 1, name, element);
    } else if (name === EVENT && this.#traceDepth >= 0) this.#openEvent(depth);
    else if (this.#traceDepth >= 0) {
      if (depth === this.#traceDepth + 1) this.#traces.set(this.#traceCount - 1, name, element);
    } else if (name === TRACE) {
      this.#traceCount++;
      this.#traceDepth = depth;
    } else if (depth === 0 && name !== LOG) throw notXes(element);
    else if (name === EVENT && depth === 1) this.#orphans++;
  }

  #openEvent(depth: number): void {
    if (this.#eventCount === this.#cases.length) {
      const wider = new Uint32Array(this.#cases.length * 2);
      wider.set(this.#cases);
      this.#cases = wider;
    }
    this.#cases[this.#eventCount++] = this.#traceCount - 1;
    this.#eventDepth = depth;
  }

  #close(): void {
    const depth = this.#tokens.depth;
    if (depth === this.#eventDepth) this.#eventDepth = -1;
    else if (depth === this.#traceDepth) this.#traceDepth = -1;
  }

  #result(): XesResult {
    const { activity, timestamp, start, resource, lifecycle, instance } = this.#roles;
    const rows = this.#eventCount;
    const text = (key: string | null) =>
      key === null ? null : (this.#events.take(key, rows) as TextColumn | null);
    const time = (key: string | null) => {
      const column = key === null ? null : this.#events.take(key, rows);
      return column?.kind === "time" ? column.values : null;
    };
    const activities = text(activity);
    if (!activities) {
      throw missingRole(
        "activity",
        `no event has the attribute "${activity}"`,
        "Name another with --map activity=…",
      );
    }
    const roles = {
      activity: activities,
      completed: time(timestamp),
      started: time(start),
      resource: text(resource),
      lifecycle: text(lifecycle),
      instance: text(instance),
    };
    const names = caseNames(
      this.#traces.take("concept:name", this.#traceCount) as TextColumn | null,
      this.#traceCount,
    );
    const columns: LogColumns = {
      rows,
      case: { kind: "text", codes: this.#cases.slice(0, rows), dictionary: names.unique },
      ...(names.repeated ? { caseNames: names.printed } : {}),
      ...roles,
      attributes: this.#events.rest(rows),
      caseAttributes: this.#traces.rest(this.#traceCount),
    };
    return { columns, present: presentRoles(roles), ...this.#events.zones(), orphans: this.#orphans };
  }
}

type RoleColumns = Pick<
  LogColumns,
  "activity" | "completed" | "started" | "resource" | "lifecycle" | "instance"
>;

function presentRoles(columns: RoleColumns): Set<keyof XesRoles> {
  const present = new Set<keyof XesRoles>(["activity"]);
  if (columns.completed) present.add("timestamp");
  if (columns.started) present.add("start");
  for (const role of ["resource", "lifecycle", "instance"] as const) if (columns[role]) present.add(role);
  return present;
}

function eventRoles(roles: XesRoles): Map<string, "text" | "time"> {
  const kinds = new Map<string, "text" | "time">([[roles.activity, "text"]]);
  for (const key of [roles.resource, roles.lifecycle, roles.instance])
    if (key !== null) kinds.set(key, "text");
  for (const key of [roles.timestamp, roles.start]) if (key !== null) kinds.set(key, "time");
  return kinds;
}

/** One name per trace: what the file says, and the same made distinct. */
function caseNames(column: TextColumn | null, traces: number) {
  if (column?.dictionary.length === traces && column.codes.every((code, trace) => code === trace)) {
    return { printed: column.dictionary, unique: column.dictionary, repeated: false };
  }
  const printed: string[] = [];
  const unique: string[] = [];
  const taken = new Set<string>();
  for (let trace = 0; trace < traces; trace++) {
    const name = (column && cellText(column, trace)) ?? `trace ${trace + 1}`;
    let own = name;
    for (let copy = 2; taken.has(own); copy = Math.max(copy + 1, trace + 1)) own = `${name} (${copy})`;
    taken.add(own);
    printed.push(name);
    unique.push(own);
  }
  return { printed, unique, repeated: printed.some((name, trace) => name !== unique[trace]) };
}

const notXes = (element: Element): LogFileError =>
  new LogFileError("log-format", `the root element is <${clip(element.localName())}>, not <log>`, {
    line: element.line,
    value: clip(element.localName()),
    expected: "<log> (XES, IEEE 1849)",
    remedy: "Export the log as XES or CSV.",
  });

interface Kinds {
  readonly decode: Decode;
  readonly toInstant: (local: number) => number;
}

/** One attribute key: its bytes, its column, and the key that followed it last time. */
class Slot {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly role: "text" | "time" | null;
  builder: ColumnBuilder | null = null;
  /** Name hash of the element the builder is for. */
  tag = 0;
  next: Slot | null = null;
  #source: object | null = null;

  constructor(key: string, bytes: Uint8Array, role: "text" | "time" | null) {
    this.key = key;
    this.bytes = bytes;
    this.role = role;
  }

  matches(token: Token): boolean {
    const { bytes, start, end, source } = token;
    if (source !== null && source === this.#source) return true;
    const own = this.bytes;
    if (own.length !== end - start) return false;
    for (let at = 0; at < own.length; at++) if (own[at] !== bytes[start + at]) return false;
    this.#source = source;
    return true;
  }
}

/** The attributes of one scope (traces or events). */
class AttributeTable {
  readonly #kinds: Kinds;
  readonly #roles: ReadonlyMap<string, "text" | "time">;
  readonly #rolesOnly: boolean;
  readonly #slots = new Map<number, Slot[]>();
  readonly #first = new Slot("", new Uint8Array(0), null);
  #previous: Slot = this.#first;
  #row = -1;
  #count = 0;

  constructor(kinds: Kinds, roles: ReadonlyMap<string, "text" | "time">, rolesOnly: boolean) {
    this.#kinds = kinds;
    this.#roles = roles;
    this.#rolesOnly = rolesOnly;
  }

  set(row: number, tag: number, element: Element): void {
    const { key, value } = element;
    if (key.end < 0 || tag === LIST || tag === CONTAINER) return;
    if (row !== this.#row) {
      this.#row = row;
      this.#previous = this.#first;
    }
    const predicted = this.#previous.next;
    const slot = predicted?.matches(key) ? predicted : this.#find(key, element);
    this.#previous = slot;
    if (value.end < 0 || (this.#rolesOnly && slot.role === null)) return;
    this.#store(slot, row, tag, element);
  }

  #store(slot: Slot, row: number, tag: number, element: Element): void {
    const { value } = element;
    try {
      slot.builder ??= this.#builder(slot, tag);
      if (slot.tag !== tag && slot.role === null && !bothNumbers(slot.tag, tag)) this.#turnToText(slot, row);
      if (slot.builder.set(row, value.bytes, value.start, value.end)) return;
      if (value.end === value.start) return;
      if (slot.role === "time") throw badTime(slot.key, value, element.line);
      this.#turnToText(slot, row);
      slot.builder.set(row, value.bytes, value.start, value.end);
    } catch (error) {
      throw withLine(error, element.line);
    }
  }

  #builder(slot: Slot, tag: number): ColumnBuilder {
    slot.tag = tag;
    const { decode, toInstant } = this.#kinds;
    if (slot.role === "time") return new TimeBuilder(toInstant);
    if (slot.role === "text") return new TextBuilder(decode);
    if (tag === DATE) return new TimeBuilder(toInstant);
    if (tag === INT || tag === FLOAT) return new NumberBuilder();
    if (tag === BOOLEAN) return new BooleanBuilder();
    return new TextBuilder(decode);
  }

  /** Where one key comes with values of several kinds, the column is text. */
  #turnToText(slot: Slot, row: number): void {
    if (slot.builder instanceof TextBuilder) return;
    slot.builder = toText((slot.builder as ColumnBuilder).finish(row + 1), row + 1, this.#kinds.decode);
  }

  #find(key: Token, element: Element): Slot {
    const known = this.#slots.get(key.hash) ?? [];
    let slot = known.find((candidate) => candidate.matches(key));
    if (!slot) {
      slot = this.#create(key, element);
      this.#slots.set(key.hash, [...known, slot]);
    }
    this.#previous.next = slot;
    return slot;
  }

  #create(key: Token, element: Element): Slot {
    if (++this.#count > MAXIMUM_KEYS) {
      throw new LogFileError("log-oversized", `more than ${MAXIMUM_KEYS} different attributes`, {
        line: element.line,
        expected: `at most ${MAXIMUM_KEYS} attribute keys`,
        remedy: "Leave attributes out of the export.",
      });
    }
    const bytes = key.bytes.slice(key.start, key.end);
    const name = this.#kinds.decode(bytes);
    return new Slot(name, bytes, this.#roles.get(name) ?? null);
  }

  #all(): Slot[] {
    return [...this.#slots.values()].flat();
  }

  take(key: string, rows: number): Column | null {
    return (
      this.#all()
        .find((slot) => slot.key === key)
        ?.builder?.finish(rows) ?? null
    );
  }

  /** Every column without a role. */
  rest(rows: number): Map<string, Column> {
    const columns = new Map<string, Column>();
    for (const slot of this.#all()) {
      if (slot.role === null && slot.builder) columns.set(slot.key, slot.builder.finish(rows));
    }
    return columns;
  }

  zones(): { zoned: number; local: number } {
    const times = this.#all().filter((slot) => slot.role === "time" && slot.builder instanceof TimeBuilder);
    const total = (count: (builder: TimeBuilder) => number) =>
      times.reduce((sum, slot) => sum + count(slot.builder as TimeBuilder), 0);
    return { zoned: total((builder) => builder.zoned), local: total((builder) => builder.local) };
  }
}

function badTime(key: string, value: Token, line: number): LogFileError {
  const text = Buffer.from(value.bytes.subarray(value.start, value.end)).toString("utf8");
  return unparsableTimestamp(line, key, text, "ISO 8601, such as 2024-03-01T09:30:00+01:00");
}
