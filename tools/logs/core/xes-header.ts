/** What stands in an XES file besides the flat attributes of traces and events: its header, lists and containers. */
import { isAscii } from "node:buffer";
import type { Decode } from "./byte-dictionary.ts";
import { LogFileError } from "./errors.ts";
import type { XesAttribute, XesHeader } from "./log-origin.ts";
import { KEY_TO_VALUE, NESTED_TYPES, type NestedAttributes } from "./scanner.ts";
import { normaliseValue } from "./xes-entities.ts";
import type { Element, Token } from "./xml-tags.ts";

/** The header of BPI Challenge 2012 holds 13,000 elements and 6 million characters of metadata. */
const MOST_ELEMENTS = 1 << 20;
const MOST_TEXT = 64 << 20;

interface Node {
  readonly key: string;
  readonly type: string;
  value?: string;
  attributes?: Node[];
  values?: Node[];
}

/** Elements are kept in blocks of at least so many bytes: one that grows would be copied again and again. */
const BLOCK = 1 << 18;

/** Where an element's key and value stand in its block. */
interface Noted {
  /** Below the element that the tree is of. */
  readonly level: number;
  readonly type: string;
  readonly block: Uint8Array;
  readonly start: number;
  /** -1: no key, so it is the `<values>` of a list. */
  readonly keyEnd: number;
  /** -1: no value. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * Elements by depth become a tree of attributes. The `<values>` of a list hold its elements. Elements are noted as bytes,
 * and become texts when somebody asks for them: few do, and some headers are megabytes.
 */
export class AttributeTree {
  readonly #root: Node;
  readonly #decode: Decode;
  readonly #base: number;
  readonly #noted: (Noted | NestedAttributes)[] = [];
  #elements = 0;
  readonly #blocks: Uint8Array[] = [];
  #block = new Uint8Array(0);
  /** Bytes in the last block, and in all. */
  #filled = 0;
  #size = 0;
  /** Names of elements by their hash. */
  readonly #types = new Map<number, string>();
  #isBuilt = false;

  /** `depth` is that of the element the tree is of. */
  constructor(type: string, key: string, depth: number, decode: Decode) {
    this.#root = { key, type };
    this.#decode = decode;
    this.#base = depth;
  }

  add(name: number, element: Element): void {
    const { key, value, depth, line } = element;
    const level = depth - this.#base;
    if (key.end < 0) {
      if (element.localName() !== "values") return;
      const none = { block: this.#block, start: 0, keyEnd: -1, valueStart: -1, valueEnd: -1 };
      this.#noted.push({ level, type: "values", ...none });
      this.#elements++;
      return;
    }
    const block = this.#room(key.end - key.start + Math.max(0, value.end - value.start));
    const start = this.#filled;
    const keyEnd = this.#keep(key);
    const valueEnd = value.end < 0 ? -1 : this.#keep(value);
    const type = this.#type(name, element);
    this.#noted.push({ level, type, block, start, keyEnd, valueStart: keyEnd, valueEnd });
    if (++this.#elements > MOST_ELEMENTS || this.#size > MOST_TEXT) throw tooMuch(line);
  }

  /** Adds attributes that the fast lane took; false where they are too many to be added. */
  addAll(attributes: NestedAttributes): boolean {
    const elements = this.#elements + attributes.notes.length / 4;
    const size = this.#size + attributes.size;
    if (elements > MOST_ELEMENTS || size > MOST_TEXT) return false;
    this.#noted.push(attributes);
    this.#blocks.push(attributes.bytes);
    this.#elements = elements;
    this.#size = size;
    // The block that is filled is the last one.
    this.#block = new Uint8Array(0);
    this.#filled = 0;
    return true;
  }

  /** Throws where bytes are no text. */
  get root(): Node {
    if (!this.#isBuilt) this.#build();
    this.#isBuilt = true;
    return this.#root;
  }

  /** Throws where `root` would. */
  check(): void {
    if (!this.#blocks.every(isAscii)) this.root;
  }

  /** The block that has room for so many bytes. */
  #room(size: number): Uint8Array {
    if (this.#filled + size > this.#block.length) {
      this.#block = new Uint8Array(Math.max(size, Math.min(BLOCK, this.#size + 1024)));
      this.#blocks.push(this.#block);
      this.#filled = 0;
    }
    return this.#block;
  }

  /** Where the bytes end in the block. */
  #keep({ bytes, start, end }: Token): number {
    this.#block.set(bytes.subarray(start, end), this.#filled);
    this.#size += end - start;
    this.#filled += end - start;
    return this.#filled;
  }

  #type(name: number, element: Element): string {
    const known = this.#types.get(name) ?? element.localName();
    this.#types.set(name, known);
    return known;
  }

  #build(): void {
    /** The open element of each depth, and where its children go. */
    const places: { node: Node; into: "attributes" | "values" }[] = [
      { node: this.#root, into: "attributes" },
    ];
    const all = this.#noted.flatMap((noted) => ("notes" in noted ? elementsOf(noted, this.#base) : [noted]));
    for (const noted of all) {
      const { level } = noted;
      const place = places[level - 1];
      if (!place) continue;
      places.length = level;
      if (noted.keyEnd < 0) {
        place.node.values ??= [];
        places[level] = { node: place.node, into: "values" };
        continue;
      }
      const node = this.#node(noted);
      const siblings = place.node[place.into];
      if (siblings) siblings.push(node);
      else place.node[place.into] = [node];
      places[level] = { node, into: "attributes" };
    }
  }

  #node({ type, block, start, keyEnd, valueStart, valueEnd }: Noted): Node {
    const node: Node = { key: this.#decode(block.slice(start, keyEnd)), type };
    if (valueEnd >= 0) node.value = this.#decode(block.slice(valueStart, valueEnd));
    return node;
  }
}

function elementsOf({ bytes, notes }: NestedAttributes, base: number): Noted[] {
  return Array.from({ length: notes.length / 4 }, (_, at) => {
    const [place, start, keyEnd, valueEnd] = notes.subarray(at * 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return {
      level: (place >> 3) - base,
      type: NESTED_TYPES[(place & 7) - 1] as string,
      block: bytes,
      start,
      keyEnd,
      valueStart: keyEnd + KEY_TO_VALUE,
      valueEnd,
    };
  });
}

const tooMuch = (line: number): LogFileError =>
  new LogFileError("log-oversized", "a list or a header with too much in it", {
    line,
    expected: `at most ${MOST_ELEMENTS} elements and ${MOST_TEXT} bytes`,
    remedy: "Leave that attribute out of the export.",
  });

/** Reads what stands directly under `<log>` and is no trace. */
export class HeaderReader {
  readonly #decode: Decode;
  readonly #tree: AttributeTree;
  readonly #extensions: XesHeader["extensions"][number][] = [];
  readonly #classifiers: XesHeader["classifiers"][number][] = [];
  readonly #globals: { scope: string; tree: AttributeTree }[] = [];
  #own: Partial<XesHeader> = {};
  #into: AttributeTree | null = null;

  constructor(decode: Decode) {
    this.#decode = decode;
    this.#tree = new AttributeTree("log", "", 0, decode);
  }

  /** The `<log>` itself. */
  log(element: Element): void {
    const { "xes.version": version, "xes.features": features } = tagAttributes(element, this.#decode);
    this.#own = { ...(version === undefined ? {} : { version }), ...(features ? { features } : {}) };
  }

  /** What follows belongs to no header. */
  skip(): void {
    this.#into = null;
  }

  open(name: number, element: Element): void {
    if (element.depth === 1) this.#into = this.#child(name, element);
    else this.#into?.add(name, element);
  }

  /** What the fast lane took of what stands below a child of `<log>`; false where it is too much. */
  keep(attributes: NestedAttributes): boolean {
    return attributes.notes.length === 0 || this.#into === null || this.#into.addAll(attributes);
  }

  /** Where the children of a child of `<log>` go. */
  #child(tag: number, element: Element): AttributeTree | null {
    if (element.key.end >= 0) {
      this.#tree.add(tag, element);
      return this.#tree;
    }
    const { name = "", ...rest } = tagAttributes(element, this.#decode);
    switch (element.localName()) {
      case "extension":
        this.#extensions.push({ name, prefix: rest["prefix"] ?? "", uri: rest["uri"] ?? "" });
        return null;
      case "classifier": {
        const { keys = "", scope } = rest;
        this.#classifiers.push({ name, keys, ...(scope === undefined ? {} : { scope }) });
        return null;
      }
      case "global": {
        const tree = new AttributeTree("global", "", 1, this.#decode);
        this.#globals.push({ scope: rest["scope"] ?? "event", tree });
        return tree;
      }
      default:
        return null;
    }
  }

  /** Throws where bytes are no text. */
  finish(): XesHeader {
    const tree = this.#tree;
    tree.check();
    return {
      ...this.#own,
      extensions: this.#extensions,
      globals: this.#globals.map(({ scope, tree }) => ({ scope, attributes: tree.root.attributes ?? [] })),
      classifiers: this.#classifiers,
      get attributes() {
        return tree.root.attributes ?? [];
      },
    };
  }
}

const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The attributes of a start tag by local name, references resolved. */
function tagAttributes(element: Element, decode: Decode): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = {};
  for (const [, name = "", double, single] of decode(element.tag()).matchAll(ATTRIBUTE)) {
    const bytes = Buffer.from(double ?? single ?? "");
    found[name] = Buffer.from(normaliseValue(bytes, 0, bytes.length)).toString();
  }
  return found;
}

/** What a list or container holds, as the JSON text that stands in its column. */
export function structureText({ value, attributes, values }: XesAttribute): string {
  return JSON.stringify({
    ...(value === undefined ? {} : { value }),
    ...(attributes ? { attributes } : {}),
    ...(values ? { values } : {}),
  });
}
