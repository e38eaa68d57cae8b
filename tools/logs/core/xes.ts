/** XES (IEEE 1849-2023) from bytes to columns, in one pass, without keeping the text. */
import { type Decode, decodeUtf8 } from "./byte-dictionary.ts";
import { cellText } from "./column-builders.ts";
import { clip, LogFileError, missingRole } from "./errors.ts";
import type { LogColumns, TextColumn } from "./event-log.ts";
import type { LogOrigin } from "./log-origin.ts";
import { plainColumns, scannedColumns } from "./make-columns.ts";
import { PartError } from "./part.ts";
import type { PartColumn, ScannedIndex } from "./scanned-columns.ts";
import { Scanner } from "./scanner.ts";
import { AttributeTable, type PartSlot, typeOf } from "./xes-attributes.ts";
import { AttributeTree, HeaderReader, structureText } from "./xes-header.ts";
import { type LanePosition, XesLane } from "./xes-lane.ts";
import { type Element, nameHash } from "./xml-tags.ts";
import { XmlTokenizer } from "./xml-tokens.ts";

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
const [LIST, CONTAINER] = ["list", "container"].map(nameHash) as [number, number];

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
