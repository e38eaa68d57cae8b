import { ModelFileError } from "./errors.ts";

/** An element of an XML document. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** The namespace that its prefix stands for; null where it has none. */
  readonly namespace: string | null;
  /** By name as written, prefix included. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Character data directly in it, as written. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** Bounds of a document: a model that a person reads is far below them. */
export const XML_LIMITS = { bytes: 32 * 2 ** 20, depth: 200, elements: 500_000 };

const TOKEN = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!|<\/|</g;
const NAME = /[^\s/>=<"'&]+/y;
const ATTRIBUTE = /\s+([^\s/>=<"'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;
const END_TAG = /([^\s/>=<"'&]+)\s*>/y;

/**
 * Reads an XML 1.0 document. Refused: a document type declaration (and with it every entity of its own), what is not
 * well-formed, and whatever passes `XML_LIMITS`. Time and space grow with the document's length.
 */
export function readXml(document: string | Uint8Array): XmlElement {
  if (document.length > XML_LIMITS.bytes) {
    throw new ModelFileError(`The document is larger than ${XML_LIMITS.bytes / 2 ** 20} MiB.`, {
      remedy: "Take out what is not the model, such as embedded images.",
    });
  }
  return new XmlReader(typeof document === "string" ? document : decode(document)).read();
}

/** By its byte order mark, else by its declaration, else as UTF-8. */
function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-16be";
  const hasUtf16Mark = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? "utf-8";
  const encoding = hasUtf16Mark ? utf16 : declared;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new ModelFileError(`The document is not written in ${encoding}, as it says.`, {
      line: 1,
      value: encoding,
      remedy: "Save it as UTF-8.",
    });
  }
}

/** An element while it is read. */
interface Open {
  readonly qualified: string;
  readonly element: XmlElement & { children: XmlElement[]; text: string };
  readonly namespaces: ReadonlyMap<string, string>;
}

class XmlReader {
  readonly #source: string;
  readonly #open: Open[] = [];
  #root: XmlElement | null = null;
  #elements = 0;
  /** Lines are counted as far as they were asked for. */
  #counted = { at: 0, line: 1 };

  constructor(text: string) {
    this.#source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  }

  read(): XmlElement {
    let at = 0;
    TOKEN.lastIndex = 0;
    for (let token = TOKEN.exec(this.#source); token !== null; token = TOKEN.exec(this.#source)) {
      this.#characters(this.#source.slice(at, token.index), at);
      at = this.#token(token[0], token.index);
      TOKEN.lastIndex = at;
    }
    this.#characters(this.#source.slice(at), at);
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) this.#fail(`<${unclosed.qualified}> is never closed`, this.#source.length);
    return this.#root ?? this.#fail("There is no element in it", 0);
  }

  /** Takes one piece of markup; returns where it ends. */
  #token(token: string, at: number): number {
    const end = at + token.length;
    if (token === "</") return this.#close(end);
    if (token === "<!") this.#fail("A document type declaration is not allowed", at);
    if (token === "<") return this.#start(end);
    if (token.startsWith("<![CDATA[")) this.#append(token.slice(9, -3), at);
    return end;
  }

  #start(at: number): number {
    const name = this.#match(NAME, at) ?? this.#fail("“<” begins no element", at);
    const attributes = new Map<string, string>();
    let end = at + name[0].length;
    for (let found = this.#match(ATTRIBUTE, end); found; found = this.#match(ATTRIBUTE, end)) {
      const key = found[1]!;
      if (attributes.has(key)) this.#fail(`<${name[0]}> has two attributes “${key}”`, end);
      attributes.set(key, this.#unescape((found[2] ?? found[3]!).replace(/[\t\n\r]/g, " "), end));
      end += found[0].length;
    }
    const close = this.#match(TAG_END, end) ?? this.#fail(`<${name[0]}> is not well-formed`, end);
    this.#push(name[0], attributes, at);
    if (close[1] === "/") this.#pop();
    return end + close[0].length;
  }

  #push(qualified: string, attributes: ReadonlyMap<string, string>, at: number): void {
    this.#elements++;
    if (this.#elements > XML_LIMITS.elements)
      this.#fail(`There are more than ${XML_LIMITS.elements} elements`, at);
    if (this.#open.length >= XML_LIMITS.depth)
      this.#fail(`Elements are nested deeper than ${XML_LIMITS.depth}`, at);
    if (this.#open.length === 0 && this.#root !== null) this.#fail("There is a second root element", at);
    const namespaces = declared(attributes, this.#open.at(-1)?.namespaces ?? new Map());
    const [prefix, name] = split(qualified);
    const namespace = namespaces.get(prefix) ?? null;
    if (prefix !== "" && namespace === null) this.#fail(`The prefix of <${qualified}> is not declared`, at);
    const element = { name, namespace, attributes, children: [], text: "", line: this.#line(at) };
    this.#open.at(-1)?.element.children.push(element);
    this.#root ??= element;
    this.#open.push({ qualified, element, namespaces });
  }

  #pop(): void {
    this.#open.pop();
  }

  #close(at: number): number {
    const name = this.#match(END_TAG, at) ?? this.#fail("An end tag is not well-formed", at);
    const open = this.#open.at(-1);
    if (open?.qualified !== name[1])
      this.#fail(`</${name[1]}> closes nothing; <${open?.qualified ?? ""}> is open`, at);
    this.#pop();
    return at + name[0].length;
  }

  #characters(text: string, at: number): void {
    if (text !== "") this.#append(this.#unescape(text, at), at);
  }

  #append(text: string, at: number): void {
    const open = this.#open.at(-1);
    if (open !== undefined) open.element.text += text;
    else if (text.trim() !== "") this.#fail("There is text outside the root element", at);
  }

  #unescape(text: string, at: number): string {
    if (!text.includes("&")) return text;
    return text.replace(
      /&([^;\s&]{0,12}(?:;|))/g,
      (_, body: string) => character(body) ?? this.#fail(`“&${body}” is no character of XML`, at),
    );
  }

  #match(pattern: RegExp, at: number): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#source);
  }

  #line(at: number): number {
    let { at: from, line } = at < this.#counted.at ? { at: 0, line: 1 } : this.#counted;
    for (let next = this.#source.indexOf("\n", from); next !== -1 && next < at; ) {
      line++;
      from = next + 1;
      next = this.#source.indexOf("\n", from);
    }
    this.#counted = { at: from, line };
    return line;
  }

  #fail(problem: string, at: number): never {
    throw new ModelFileError(`${problem}.`, {
      line: this.#line(at),
      expected: "a well-formed XML document without a document type declaration",
    });
  }
}

const split = (qualified: string): readonly [prefix: string, name: string] => {
  const colon = qualified.indexOf(":");
  return colon === -1 ? ["", qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
};

function declared(
  attributes: ReadonlyMap<string, string>,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  let own: Map<string, string> | null = null;
  for (const [name, value] of attributes) {
    if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
    own ??= new Map(outer);
    own.set(name === "xmlns" ? "" : name.slice(6), value);
  }
  return own ?? outer;
}

const PREDEFINED: Readonly<Record<string, string>> = {
  "amp;": "&",
  "lt;": "<",
  "gt;": ">",
  "quot;": '"',
  "apos;": "'",
};

/** The character of a reference: its body with the semicolon. Null where XML has none such. */
function character(body: string): string | null {
  const known = PREDEFINED[body];
  if (known !== undefined) return known;
  const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+));$/.exec(body);
  if (number === null) return null;
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
  const text = String.fromCodePoint(code);
  return text.search(FORBIDDEN) === -1 ? text : null;
}

export const childrenNamed = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

export const childNamed = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

/** The id of an element that must have one, and whose id nobody else may have. */
export class Ids {
  readonly #lines = new Map<string, number>();

  take(element: XmlElement): string {
    const id = element.attributes.get("id") ?? "";
    if (id === "") {
      throw new ModelFileError(`<${element.name}> has no id.`, { line: element.line, expected: "an id" });
    }
    const before = this.#lines.get(id);
    if (before !== undefined) {
      throw new ModelFileError(`The id “${id}” stands twice: on lines ${before} and ${element.line}.`, {
        line: element.line,
        value: id,
        expected: "ids that are unique in the document",
      });
    }
    this.#lines.set(id, element.line);
    return id;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Text for an element or an attribute in double quotes. Characters that XML 1.0 cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"\t\n\r]/g, (each) => ENTITIES[each]!)
    .replace(FORBIDDEN, "\uFFFD");
}

const FORBIDDEN = /[^\P{Cc}\t\n\r\u0080-\u009f]|[\uFFFE\uFFFF]/gu;
