/** The fast lane of XES: hands plain stretches to the scanner, and takes back what is not plain. */
import type { ColumnBuilder } from "./column-builders.ts";
import { ScannedColumn } from "./scanned-columns.ts";
import { type Level, NESTED_TYPES, type NestedAttributes, type Scanner } from "./scanner.ts";
import { type FastLane, type Header, nameHash, type Place } from "./xml-tags.ts";
import type { XmlTokenizer } from "./xml-tokens.ts";

const [TRACE, EVENT] = ["trace", "event"].map(nameHash) as [number, number];
/** Name hashes of the elements that `Scanner.nested` takes, from 1 on. */
const NESTED: readonly number[] = [0, ...NESTED_TYPES.map(nameHash)];
const STRUCTURES: readonly number[] = ["list", "container"].map(nameHash);

/** An attribute's column, as far as the fast lane is concerned. */
export interface LaneSlot {
  readonly builder: ColumnBuilder | null;
  /** Name hash of its first element. */
  readonly tag: number;
  readonly ignored: boolean;
}

/** What the fast lane has to know of the reader. */
export interface LanePosition {
  readonly tokens: XmlTokenizer;
  readonly traces: number;
  readonly events: number;
  /** Null where there is nothing plain: outside of <log>, or inside of an attribute. */
  level(depth: number): Level | null;
  moveTo(level: Level, traces: number, events: number): void;
  lastSlot(level: Level): LaneSlot | null;
  /** Whether the open element is an attribute of the log, or below one. */
  inHeader(depth: number): boolean;
  /** Takes attributes of the header; false where they are too many, and nothing was taken. */
  keep(attributes: NestedAttributes): boolean;
}

export class XesLane implements FastLane {
  readonly input: Uint8Array;
  readonly capacity: number;
  readonly #scanner: Scanner;
  readonly #position: LanePosition;
  /** By the scanner's numbers. */
  readonly #headers: Header[] = [];
  readonly #host: number;
  readonly #skip: number;

  constructor(scanner: Scanner, position: LanePosition) {
    this.#scanner = scanner;
    this.#position = position;
    this.input = scanner.input;
    this.capacity = scanner.capacity;
    this.#host = scanner.unscanned("host");
    this.#skip = scanner.unscanned("skip");
  }

  take(at: number, end: number, place: Place): number {
    const position = this.#position;
    const level = position.level(place.depth);
    if (level === null) return position.inHeader(place.depth) ? this.#nested(at, end, place) : at;
    const reached = this.#scanner.xes(at, end, place.line, level, position.traces, position.events);
    this.#follow(place);
    return reached;
  }

  /** Attributes below those of the log, of which some headers have megabytes. */
  #nested(from: number, end: number, place: Place): number {
    const scanner = this.#scanner;
    const { openTypes } = scanner;
    for (let depth = 0; depth < place.depth; depth++)
      openTypes[depth] = Math.max(0, NESTED.indexOf(place.open[depth] as number));
    for (let at = from; ; ) {
      const reached = scanner.nested(at, end, place.line, place.depth);
      const taken = scanner.taken(at, reached);
      if (!this.#position.keep(taken)) return at;
      place.line = scanner.line;
      place.depth = scanner.depth;
      for (let depth = 1; depth < place.depth; depth++) {
        const type = openTypes[depth] as number;
        if (type > 0) place.open[depth] = NESTED[type] as number;
      }
      if (taken.notes.length === 0) return reached;
      at = reached;
    }
  }

  telling(at: number): number {
    return this.#scanner.telling(at);
  }

  takeOdd(index: number, _row: number, start: number, end: number): void {
    const { tokens } = this.#position;
    this.#follow(tokens);
    tokens.takeOdd(this.#headers[index] as Header, start, end);
  }

  #follow(place: Place): void {
    const { line, level, traces, events } = this.#scanner;
    place.line = line;
    place.depth = level;
    place.open[1] = TRACE;
    place.open[2] = EVENT;
    this.#position.moveTo(level, traces, events);
  }

  learn(header: Header, place: Place): void {
    const level = this.#position.level(place.depth);
    if (level === null || level === 1 || header.bytes.at(-1) !== 34) return;
    const slot = this.#position.lastSlot(level);
    const tag = Uint8Array.of(60, ...header.bytes);
    const index = this.#scanner.addHeader(level, tag, this.#columnOf(slot, header));
    if (index >= 0) this.#headers[index] = header;
  }

  /** The reader takes values whose type is another than the column's first one: it notes them. */
  #columnOf(slot: LaneSlot | null, header: Header): number {
    if (STRUCTURES.includes(header.name)) return this.#host;
    if (slot?.ignored) return this.#skip;
    return slot?.builder instanceof ScannedColumn && slot.tag === header.name
      ? slot.builder.index
      : this.#host;
  }
}
