/** XES (IEEE 1849-2023) from bytes to columns, in one pass, without keeping the text. */
import { type Decode, decodeUtf8 } from "./byte-dictionary.ts";
import { type ColumnBuilder, cellText, toText } from "./column-builders.ts";
import { clip, LogFileError, missingRole, unparsableTimestamp } from "./errors.ts";
import type { Column, LogColumns, TextColumn } from "./event-log.ts";
import {
  ATTRIBUTE_TYPES,
  type AttributeType,
  type ColumnOrigin,
  type LogOrigin,
  type OriginRole,
} from "./log-origin.ts";
import { type ColumnMaker, plainColumns, scannedColumns, type TimeCounts } from "./make-columns.ts";
import { PartError } from "./part.ts";
import { type Cells, type PartColumn, ScannedColumn, type ScannedIndex, Scanner } from "./scanner.ts";
import { AttributeTree, HeaderReader, structureText } from "./xes-header.ts";
import { type LanePosition, type LaneSlot, XesLane } from "./xes-lane.ts";
import { type Element, keyHash, nameHash, Token, withLine, XmlTokenizer } from "./xml-tokens.ts";

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
  /** Reads local times that carry no zone; as UTC by default (null). */
  readonly toInstant?: ((local: number) => number) | null;
  readonly decode?: Decode;
  /** `false` leaves everything to TypeScript, with the same result. */
  readonly fast?: boolean;
  /** How much of the file was read, 0 to 1. */
  readonly share?: () => number;
  /** Reads traces from the middle of a log on, for `part`. */
  readonly part?: boolean;
}

/** A later part of a log that another reader read: plain traces up to the log's end. */
export interface XesPart {
  readonly traceCount: number;
  readonly eventCount: number;
  readonly traceStarts: PartColumn;
  readonly traces: readonly PartSlot[];
  readonly events: readonly PartSlot[];
}

interface PartSlot {
  readonly key: Uint8Array;
  readonly tag: number;
  /** Null for a key that never had a value. */
  readonly column: PartColumn | null;
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
const NO_ROLES: ReadonlyMap<string, "text" | "time"> = new Map();
const bothNumbers = (a: number, b: number) => (a === INT || a === FLOAT) && (b === INT || b === FLOAT);
const MAXIMUM_KEYS = 4096;
/** Beyond that many keys a log is read by one reader: not every column is scanned. */
const MOST_KEYS_OF_PARTS = 200;
const TYPE_OF_TAG = new Map<number, AttributeType>(ATTRIBUTE_TYPES.map((type) => [nameHash(type), type]));
/** Elements of other names are read as texts. */
const typeOf = (tag: number): AttributeType => TYPE_OF_TAG.get(tag) ?? "string";

/** A list or container that is open. */
interface OpenStructure {
  readonly depth: number;
  readonly tree: AttributeTree;
  readonly keep: (text: string) => void;
}

/** Feed it chunks of any size, then `finish`. */
export class XesReader {
  readonly #tokens: XmlTokenizer;
  readonly #events: AttributeTable;
  readonly #traces: AttributeTable;
  readonly #roles: XesRoles;
  readonly #scanner: Scanner | null;
  /** Events before each trace. */
  readonly #traceStarts: ScannedIndex | GrowingIndex;
  readonly #isPart: boolean;
  #traceCount = 0;
  #eventCount = 0;
  #traceDepth = -1;
  #eventDepth = -1;
  /** Where the attributes of the open event stand; -1 without one, and inside of a list. */
  #attributeDepth = -1;
  #orphans = 0;
  #structure: OpenStructure | null = null;
  readonly #header: HeaderReader;
  readonly #rolesOnly: boolean;
  readonly #decode: Decode;

  constructor(options: XesOptions = {}) {
    this.#roles = options.roles ?? XES_ROLES;
    const toInstant = options.toInstant ?? null;
    const decode = options.decode ?? decodeUtf8;
    this.#decode = decode;
    this.#header = new HeaderReader(decode);
    const rolesOnly = options.columns === "roles";
    this.#rolesOnly = rolesOnly;
    const scanner =
      options.fast === false ? null : new Scanner((...cell) => lane?.takeOdd(...cell), options.share);
    this.#scanner = scanner;
    this.#isPart = options.part === true;
    this.#traceStarts = scanner?.traceStarts() ?? new GrowingIndex();
    const nested = plainColumns(decode, toInstant);
    const table = (scope: "trace" | "event", roles: ReadonlyMap<string, "text" | "time">) => {
      const columns = scanner ? scannedColumns(scanner, scope, decode, toInstant) : nested;
      return new AttributeTable({ decode, columns, nested, keys: { count: 0 } }, roles, rolesOnly);
    };
    this.#events = table("event", eventRoles(this.#roles));
    this.#traces = table("trace", new Map([["concept:name", "text"]]));
    const lane = scanner && new XesLane(scanner, this.#position());
    this.#tokens = new XmlTokenizer(
      { open: (name, element) => this.#open(name, element), close: () => this.#close() },
      undefined,
      lane,
    );
    if (this.#isPart) this.#tokens.beginIn(LOG);
  }

  /** Where the reader is among traces and events, for the fast lane to read and to move. */
  #position(): LanePosition {
    const reader = this;
    return {
      get tokens() {
        return reader.#tokens;
      },
      get traces() {
        return reader.#traceCount;
      },
      get events() {
        return reader.#eventCount;
      },
      level: (depth) => this.#level(depth),
      moveTo(level, traces, events) {
        reader.#traceCount = traces;
        reader.#eventCount = events;
        reader.#traceDepth = level > 1 ? 1 : -1;
        reader.#eventDepth = level === 3 ? 2 : -1;
        reader.#attributeDepth = level === 3 ? 3 : -1;
      },
      lastSlot: (level) => (level === 3 ? this.#events : this.#traces).lastSlot,
      inHeader: (depth) => depth > 1 && this.#traceDepth < 0 && !this.#isPart,
      keep: (attributes) => this.#header.keep(attributes),
    };
  }

  #level(depth: number): 1 | 2 | 3 | null {
    if (this.#structure !== null) return null;
    if (this.#eventDepth >= 0) return depth === 3 && this.#eventDepth === 2 ? 3 : null;
    if (this.#traceDepth >= 0) return depth === 2 && this.#traceDepth === 1 ? 2 : null;
    return depth === 1 ? 1 : null;
  }

  get line(): number {
    return this.#tokens.line;
  }

  push(chunk: Uint8Array): void {
    this.#tokens.push(chunk);
  }

  /** Where the next bytes go. */
  room(size: number): Uint8Array {
    return this.#tokens.room(size);
  }

  /** Takes the bytes that were put into `room`. */
  filled(size: number): void {
    this.#tokens.filled(size);
  }

  /** A part that another reader read can follow here. */
  get between(): boolean {
    return this.#tokens.between && this.#level(1) === 1;
  }

  /** Everything that was read, for another reader to append. Throws `PartError` where that needs this reader's state. */
  part(): XesPart {
    this.#tokens.finish();
    const starts = this.#traceStarts;
    if (starts instanceof GrowingIndex) throw new PartError("no scanner");
    return {
      traceCount: this.#traceCount,
      eventCount: this.#eventCount,
      traceStarts: starts.part(this.#traceCount),
      traces: this.#traces.part(this.#traceCount),
      events: this.#events.part(this.#eventCount),
    };
  }

  /** Appends the rest of the log as another reader read it; false where it does not fit, and nothing was done. */
  append(part: XesPart): boolean {
    const scanner = this.#scanner;
    const starts = this.#traceStarts;
    if (scanner === null || starts instanceof GrowingIndex) return false;
    const events = this.#events.fitting(part.events);
    const traces = this.#traces.fitting(part.traces);
    if (events === null || traces === null) return false;
    const shifted = part.traceStarts.values.map((start) => start + this.#eventCount);
    traces.set(starts, { ...part.traceStarts, values: shifted as Uint32Array<ArrayBuffer> });
    scanner.append("event", this.#eventCount, part.eventCount, events);
    scanner.append("trace", this.#traceCount, part.traceCount, traces);
    this.#eventCount += part.eventCount;
    this.#traceCount += part.traceCount;
    this.#tokens.endHere();
    return true;
  }

  finish(): XesResult {
    this.#tokens.finish();
    if (this.#eventCount === 0) {
      throw new LogFileError("log-empty", "the log has no events", { remedy: "Choose a log with events." });
    }
    return this.#result();
  }

  /** Nearly every element is a plain attribute of an event. */
  #open(name: number, element: Element): void {
    if (element.depth === this.#attributeDepth && name !== LIST && name !== CONTAINER)
      this.#events.set(this.#eventCount - 1, name, element);
    else this.#openOther(name, element);
  }

  #openOther(name: number, element: Element): void {
    const { depth } = element;
    if (this.#structure !== null) this.#structure.tree.add(name, element);
    else if (this.#eventDepth >= 0)
      this.#openNested(this.#events, this.#eventCount - 1, depth - this.#eventDepth, name, element);
    else if (name === EVENT && this.#traceDepth >= 0) this.#openEvent(depth);
    else if (this.#traceDepth >= 0)
      this.#openNested(this.#traces, this.#traceCount - 1, depth - this.#traceDepth, name, element);
    else if (name === TRACE) {
      this.#scanner?.begin("trace", this.#traceCount);
      this.#traceStarts.put(this.#traceCount++, this.#eventCount);
      this.#traceDepth = depth;
    } else this.#openHeader(name, element);
  }

  /** An attribute of a trace, a list or container, or an attribute of an attribute (`level` 2 and more). */
  #openNested(scope: AttributeTable, row: number, level: number, name: number, element: Element): void {
    if (element.key.end < 0 || (this.#rolesOnly && level > 1)) return;
    const table = scope.below(level);
    if (name !== LIST && name !== CONTAINER) table.set(row, name, element);
    else {
      const { depth, line } = element;
      const keep = table.setLater(row, name, element);
      const key = this.#decode(element.key.bytes.slice(element.key.start, element.key.end));
      this.#attributeDepth = -1;
      this.#structure = {
        depth,
        tree: new AttributeTree(typeOf(name), key, depth, this.#decode),
        keep: (text) => keep(text, line),
      };
    }
  }

  /** What stands under <log> and belongs to no trace. */
  #openHeader(name: number, element: Element): void {
    const { depth } = element;
    if (this.#isPart) throw new PartError("an element beside the traces");
    if (depth === 0) {
      if (name !== LOG) throw notXes(element);
      this.#header.log(element);
    } else if (name === EVENT && depth === 1) {
      this.#orphans++;
      this.#header.skip();
    } else this.#header.open(name, element);
  }

  #openEvent(depth: number): void {
    this.#scanner?.begin("event", this.#eventCount);
    this.#eventCount++;
    this.#eventDepth = depth;
    this.#attributeDepth = depth + 1;
  }

  #close(): void {
    const depth = this.#tokens.depth;
    if (depth === this.#attributeDepth) return;
    if (this.#structure !== null) this.#closeStructure(depth);
    else if (depth === this.#eventDepth) this.#eventDepth = this.#attributeDepth = -1;
    else if (depth === this.#traceDepth) this.#traceDepth = -1;
  }

  #closeStructure(depth: number): void {
    const structure = this.#structure as OpenStructure;
    if (depth > structure.depth) return;
    this.#structure = null;
    if (this.#eventDepth >= 0) this.#attributeDepth = this.#eventDepth + 1;
    structure.keep(structureText(structure.tree.root));
  }

  /** The trace of each event. */
  #cases(): Uint32Array {
    const starts = this.#traceStarts.values(this.#traceCount);
    const codes = new Uint32Array(this.#eventCount);
    for (let trace = 0; trace < starts.length; trace++) {
      codes.fill(trace, starts[trace], starts[trace + 1] ?? codes.length);
    }
    return codes;
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
    const { columns: attributes, origins } = this.#events.rest(rows);
    const ofTraces = this.#traces.rest(this.#traceCount);
    const origin: LogOrigin = {
      format: "xes",
      roles: {
        ...this.#traces.roleOrigins({ case: "concept:name" }),
        ...this.#events.roleOrigins(rolePlaces(this.#roles)),
      },
      attributes: origins,
      caseAttributes: ofTraces.origins,
      ...(names.unnamed.length > 0 ? { unnamedCases: names.unnamed } : {}),
      xes: this.#header.finish(),
    };
    const columns: LogColumns = {
      rows,
      case: { kind: "text", codes: this.#cases(), dictionary: names.unique },
      ...(names.repeated ? { caseNames: names.printed } : {}),
      ...roles,
      attributes,
      caseAttributes: ofTraces.columns,
      ...(this.#rolesOnly ? {} : { origin }),
    };
    return { columns, present: presentRoles(roles), ...this.#events.zones(), orphans: this.#orphans };
  }
}

/** A list of numbers without a scanner. */
class GrowingIndex {
  readonly #values: number[] = [];
  put(row: number, value: number): void {
    this.#values[row] = value;
  }
  values(): Uint32Array {
    return Uint32Array.from(this.#values);
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

const rolePlaces = ({ activity, timestamp, start, resource, lifecycle, instance }: XesRoles) => ({
  activity,
  timestamp,
  start,
  resource,
  lifecycle,
  instance,
});

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
    return { printed: column.dictionary, unique: column.dictionary, repeated: false, unnamed: [] };
  }
  const unnamed: number[] = [];
  const printed: string[] = [];
  const unique: string[] = [];
  const taken = new Set<string>();
  for (let trace = 0; trace < traces; trace++) {
    const given = column && cellText(column, trace);
    if (given === null) unnamed.push(trace);
    const name = given ?? `trace ${trace + 1}`;
    let own = name;
    for (let copy = 2; taken.has(own); copy = Math.max(copy + 1, trace + 1)) own = `${name} (${copy})`;
    taken.add(own);
    printed.push(name);
    unique.push(own);
  }
  return { printed, unique, repeated: printed.some((name, trace) => name !== unique[trace]), unnamed };
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
  readonly columns: ColumnMaker;
  /** For attributes of attributes. */
  readonly nested: ColumnMaker;
  /** Different keys so far, attributes of attributes included. */
  readonly keys: { count: number };
}

/** One attribute key: its bytes, its column, and the key that followed it last time. */
class Slot implements LaneSlot {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly role: "text" | "time" | null;
  builder: ColumnBuilder | null = null;
  /** Name hash of the element the builder is for. */
  tag = 0;
  /** Its values are not wanted. */
  readonly ignored: boolean;
  next: Slot | null = null;
  /** The attributes of this attribute. */
  children: AttributeTable | null = null;
  /** Rows whose value is of another type than the first one's (`ColumnOrigin.types`). */
  types: Uint8Array<ArrayBuffer> | null = null;
  #source: object | null = null;

  constructor(key: string, bytes: Uint8Array, role: "text" | "time" | null, ignored = false) {
    this.ignored = ignored;
    this.key = key;
    this.bytes = bytes;
    this.role = role;
  }

  noteType(row: number, tag: number): void {
    const types = this.types ?? new Uint8Array(1024);
    this.types = row < types.length ? types : grownTo(types, row);
    this.types[row] = 1 + ATTRIBUTE_TYPES.indexOf(typeOf(tag));
  }

  origin(above: readonly string[]): ColumnOrigin {
    return {
      path: [...above, this.key],
      type: typeOf(this.tag),
      ...(this.types ? { types: this.types } : {}),
    };
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

function grownTo(types: Uint8Array, row: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(Math.max(types.length * 2, row + 1));
  longer.set(types);
  return longer;
}

/** The attributes of one scope (traces or events), or those of an attribute of it. */
class AttributeTable {
  readonly #kinds: Kinds;
  readonly #roles: ReadonlyMap<string, "text" | "time">;
  readonly #rolesOnly: boolean;
  readonly #slots = new Map<number, Slot[]>();
  readonly #first = new Slot("", new Uint8Array(0), null);
  #previous: Slot = this.#first;
  #row = -1;
  /** Of the attribute that was set last; null where it had no key. */
  lastSlot: Slot | null = null;

  constructor(kinds: Kinds, roles: ReadonlyMap<string, "text" | "time">, rolesOnly: boolean) {
    this.#kinds = kinds;
    this.#roles = roles;
    this.#rolesOnly = rolesOnly;
  }

  set(row: number, tag: number, element: Element): void {
    const { key, value } = element;
    this.lastSlot = null;
    if (key.end < 0) {
      this.#previous = this.#first;
      return;
    }
    if (row !== this.#row) {
      this.#row = row;
      this.#previous = this.#first;
    }
    const predicted = this.#previous.next;
    const slot = predicted?.matches(key) ? predicted : this.#find(key, element);
    this.#previous = slot;
    this.lastSlot = slot;
    if (value.end < 0 || slot.ignored) return;
    this.#store(slot, row, tag, element);
  }

  /** Takes the text of a list or container when it is closed. */
  setLater(row: number, tag: number, element: Element): (text: string, line: number) => void {
    this.set(row, tag, element);
    const slot = this.#previous;
    return (text, line) => {
      const value = new Token();
      value.bytes = Buffer.from(text);
      value.end = value.bytes.length;
      if (slot.role === null) this.#store(slot, row, tag, { value, line });
    };
  }

  /** The table of attributes `level` deep below the scope's element: of the attribute that was set last. */
  below(level: number): AttributeTable {
    if (level <= 1) return this;
    const slot = this.#previous;
    const { nested } = this.#kinds;
    slot.children ??= new AttributeTable({ ...this.#kinds, columns: nested }, NO_ROLES, this.#rolesOnly);
    return slot.children.below(level - 1);
  }

  #store(slot: Slot, row: number, tag: number, element: Pick<Element, "value" | "line">): void {
    const { value } = element;
    try {
      slot.builder ??= this.#builder(slot, tag);
      if (slot.tag !== tag) this.#otherType(slot, row, tag);
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
    const { columns } = this.#kinds;
    if (slot.role === "time") return columns.time();
    if (slot.role === "text") return columns.text();
    if (tag === DATE) return columns.time();
    if (tag === INT || tag === FLOAT) return columns.number();
    return tag === BOOLEAN ? columns.boolean() : columns.text();
  }

  #otherType(slot: Slot, row: number, tag: number): void {
    slot.noteType(row, tag);
    if (slot.role === null && !bothNumbers(slot.tag, tag)) this.#turnToText(slot, row);
  }

  /** Where one key comes with values of several kinds, the column is text. */
  #turnToText(slot: Slot, row: number): void {
    if (slot.builder?.kind === "text") return;
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
    if (++this.#kinds.keys.count > MAXIMUM_KEYS) {
      throw new LogFileError("log-oversized", `more than ${MAXIMUM_KEYS} different attributes`, {
        line: element.line,
        expected: `at most ${MAXIMUM_KEYS} attribute keys`,
        remedy: "Leave attributes out of the export.",
      });
    }
    return this.#slotOf(key.bytes.slice(key.start, key.end));
  }

  #slotOf(bytes: Uint8Array): Slot {
    const name = this.#kinds.decode(bytes);
    const role = this.#roles.get(name) ?? null;
    return new Slot(name, bytes, role, this.#rolesOnly && role === null);
  }

  /** This table's columns for another reader's table. */
  part(rows: number): PartSlot[] {
    return this.#all().map((slot) => {
      const { builder } = slot;
      if (slot.children !== null || slot.types !== null) throw new PartError("nested or mixed values");
      if (builder === null) return { key: slot.bytes, tag: slot.tag, column: null };
      if (!(builder instanceof ScannedColumn)) throw new PartError("a column that was not scanned");
      return { key: slot.bytes, tag: slot.tag, column: builder.part(rows) };
    });
  }

  /** The columns here by which another table's can be continued, made where they are new; null where one cannot. */
  fitting(parts: readonly PartSlot[]): Map<ScannedColumn<Cells>, PartColumn> | null {
    const known = parts.map(({ key }) => this.#known(key));
    const added = known.filter((slot) => slot === null).length;
    if (this.#kinds.keys.count + added > MOST_KEYS_OF_PARTS) return null;
    for (const [at, { tag, column }] of parts.entries()) {
      const slot = known[at];
      const builder = slot?.builder;
      if (!slot || !builder || column === null) continue;
      const continues = builder instanceof ScannedColumn && builder.open && builder.kind === column.kind;
      if (!continues || slot.tag !== tag) return null;
    }
    const fitting = new Map<ScannedColumn<Cells>, PartColumn>();
    for (const [at, { key, tag, column }] of parts.entries()) {
      const slot = known[at] ?? this.#added(key);
      if (column === null) continue;
      slot.builder ??= this.#builder(slot, tag);
      fitting.set(slot.builder as unknown as ScannedColumn<Cells>, column);
    }
    return fitting;
  }

  #known(key: Uint8Array): Slot | null {
    const candidates = this.#slots.get(keyHash(key, 0, key.length)) ?? [];
    return candidates.find(({ bytes }) => Buffer.compare(bytes, key) === 0) ?? null;
  }

  #added(key: Uint8Array): Slot {
    const hash = keyHash(key, 0, key.length);
    const slot = this.#slotOf(key);
    this.#kinds.keys.count++;
    this.#slots.set(hash, [...(this.#slots.get(hash) ?? []), slot]);
    return slot;
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

  /** Every column without a role, and what it is in the file; attributes of attributes by their path. */
  rest(rows: number): { columns: Map<string, Column>; origins: Map<string, ColumnOrigin> } {
    const columns = new Map<string, Column>();
    const origins = new Map<string, ColumnOrigin>();
    for (const { slot, above } of this.#deep([])) {
      if (!slot.builder || (slot.role !== null && above.length === 0)) continue;
      const origin = slot.origin(above);
      let name = origin.path.join(".");
      for (let copy = 2; columns.has(name); copy++) name = `${origin.path.join(".")} (${copy})`;
      columns.set(name, slot.builder.finish(rows));
      origins.set(name, origin);
    }
    return { columns, origins };
  }

  /** This scope's own attributes first, then those of each of them. */
  #deep(above: readonly string[]): { slot: Slot; above: readonly string[] }[] {
    const own = this.#all().map((slot) => ({ slot, above }));
    return [
      ...own,
      ...own.flatMap(({ slot }) => (slot.children ? slot.children.#deep([...above, slot.key]) : [])),
    ];
  }

  roleOrigins(keys: Readonly<Partial<Record<OriginRole, string | null>>>): LogOrigin["roles"] {
    const slots = this.#all();
    return Object.fromEntries(
      Object.entries(keys).flatMap(([role, key]) => {
        const slot = slots.find((candidate) => candidate.key === key && candidate.builder);
        return slot ? [[role, slot.origin([])]] : [];
      }),
    );
  }

  zones(): { zoned: number; local: number } {
    const times = this.#all().filter((slot) => slot.role === "time" && slot.builder?.kind === "time");
    const total = (count: (builder: TimeCounts) => number) =>
      times.reduce((sum, slot) => sum + count(slot.builder as ColumnBuilder & TimeCounts), 0);
    return { zoned: total((builder) => builder.zoned), local: total((builder) => builder.local) };
  }
}

function badTime(key: string, value: Token, line: number): LogFileError {
  const text = Buffer.from(value.bytes.subarray(value.start, value.end)).toString("utf8");
  return unparsableTimestamp(line, key, text, "ISO 8601, such as 2024-03-01T09:30:00+01:00");
}
