/** What stands in an XES file besides the flat attributes of traces and events: its header, lists and containers. */
import type { Decode } from "./byte-dictionary.ts";
import { LogFileError } from "./errors.ts";
import type { XesAttribute, XesHeader } from "./log-origin.ts";
import { normaliseValue } from "./xes-entities.ts";
import type { Element, Token } from "./xml-tokens.ts";

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

/** Elements by depth become a tree of attributes. The `<values>` of a list hold its elements. */
export class AttributeTree {
  readonly root: Node;
  readonly #decode: Decode;
  readonly #base: number;
  /** The open element of each depth below the root, and where its children go. */
  readonly #places: { node: Node; into: "attributes" | "values" }[];
  /** Names of elements by their hash. */
  readonly #types = new Map<number, string>();
  #elements = 0;
  #text = 0;

  /** `depth` is that of the element the tree is of. */
  constructor(type: string, key: string, depth: number, decode: Decode) {
    this.root = { key, type };
    this.#decode = decode;
    this.#base = depth;
    this.#places = [{ node: this.root, into: "attributes" }];
  }

  add(name: number, element: Element): void {
    const level = element.depth - this.#base;
    const place = this.#places[level - 1];
    if (!place) return;
    this.#places.length = level;
    if (element.key.end < 0) {
      if (element.localName() !== "values") return;
      place.node.values ??= [];
      this.#places[level] = { node: place.node, into: "values" };
      return;
    }
    const node: Node = { key: textOf(element.key, this.#decode), type: this.#type(name, element) };
    if (element.value.end >= 0) node.value = textOf(element.value, this.#decode);
    const siblings = place.node[place.into];
    if (siblings) siblings.push(node);
    else place.node[place.into] = [node];
    this.#places[level] = { node, into: "attributes" };
    this.#bound(node, element.line);
  }

  #type(name: number, element: Element): string {
    const known = this.#types.get(name) ?? element.localName();
    this.#types.set(name, known);
    return known;
  }

  #bound(node: Node, line: number): void {
    this.#elements++;
    this.#text += node.key.length + (node.value?.length ?? 0);
    if (this.#elements <= MOST_ELEMENTS && this.#text <= MOST_TEXT) return;
    throw new LogFileError("log-oversized", "a list or a header with too much in it", {
      line,
      expected: `at most ${MOST_ELEMENTS} elements and ${MOST_TEXT} characters`,
      remedy: "Leave that attribute out of the export.",
    });
  }
}

/** Some headers have tens of thousands of elements, nearly all in ASCII. */
function textOf({ bytes, start, end }: Token, decode: Decode): string {
  for (let at = start; at < end; at++)
    if ((bytes[at] as number) > 127) return decode(bytes.slice(start, end));
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}

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

  finish(): XesHeader {
    return {
      ...this.#own,
      extensions: this.#extensions,
      globals: this.#globals.map(({ scope, tree }) => ({ scope, attributes: tree.root.attributes ?? [] })),
      classifiers: this.#classifiers,
      attributes: this.#tree.root.attributes ?? [],
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
