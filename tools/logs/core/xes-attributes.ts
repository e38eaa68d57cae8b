/** The columns of an XES log's attributes: by key for traces and for events, attributes of attributes below them. */
import type { Decode } from "./byte-dictionary.ts";
import { type ColumnBuilder, toText } from "./column-builders.ts";
import { LogFileError, unparsableTimestamp, withLine } from "./errors.ts";
import type { Column } from "./event-log.ts";
import {
  ATTRIBUTE_TYPES,
  type AttributeType,
  type ColumnOrigin,
  type LogOrigin,
  type OriginRole,
} from "./log-origin.ts";
import type { ColumnMaker, TimeCounts } from "./make-columns.ts";
import { PartError } from "./part.ts";
import { type Cells, type PartColumn, ScannedColumn } from "./scanned-columns.ts";
import type { LaneSlot } from "./xes-lane.ts";
import { type Element, keyHash, nameHash, Token } from "./xml-tags.ts";

/** A column of a part of a log. */
export interface PartSlot {
  readonly key: Uint8Array;
  readonly tag: number;
  /** Null for a key that never had a value. */
  readonly column: PartColumn | null;
}
const [DATE, INT, FLOAT, BOOLEAN] = ["date", "int", "float", "boolean"].map(nameHash) as [
  number,
  number,
  number,
  number,
];
const NO_ROLES: ReadonlyMap<string, "text" | "time"> = new Map();
const bothNumbers = (a: number, b: number) => (a === INT || a === FLOAT) && (b === INT || b === FLOAT);
const MAXIMUM_KEYS = 4096;
/** Beyond that many keys a log is read by one reader: not every column is scanned. */
const MOST_KEYS_OF_PARTS = 200;
const TYPE_OF_TAG = new Map<number, AttributeType>(ATTRIBUTE_TYPES.map((type) => [nameHash(type), type]));
/** Elements of other names are read as texts. */
export const typeOf = (tag: number): AttributeType => TYPE_OF_TAG.get(tag) ?? "string";

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
export class AttributeTable {
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
