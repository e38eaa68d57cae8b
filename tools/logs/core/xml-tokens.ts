/**
 * A pull-free XML tokenizer over chunks of bytes: elements with their `key` and `value`, nothing else. It makes no
 * strings and keeps no text; comments, CDATA and processing instructions are skipped; a document type declaration is
 * refused, and with it every entity of its own (no expansion bombs, no external entities).
 */
import { LogFileError, withLine } from "./errors.ts";
import { normaliseValue } from "./xes-entities.ts";
import {
  type Element,
  type ElementHandler,
  type FastLane,
  Header,
  keyHash,
  OFFSET,
  type Place,
  PRIME,
  Token,
} from "./xml-tags.ts";

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const MAXIMUM_MARKUP = 4 << 20;
/** Longer chunks are taken in pieces. */
const PIECE = 1 << 20;
const MAXIMUM_DEPTH = 256;
const [LT, GT, SLASH, EQUALS, BANG, QUESTION, AMP, QUOTE, APOSTROPHE] = [60, 62, 47, 61, 33, 63, 38, 34, 39];
/** Of a value, in bytes. */
const SHORT = 48;
/** Some logs begin with thousands of tags that never come again. */
const WORTH_FORESEEING = 4;
/** Of a start tag up to its value, in bytes. */
const LONGEST_FORESEEN = 512;
const VALUE = [118, 97, 108, 117, 101];

/** Bytes at which a quoted value may end or needs a closer look: controls, quotes, "&" and "<". */
const TELLING = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 32 || byte === QUOTE || byte === APOSTROPHE || byte === AMP || byte === LT ? 1 : 0,
);

export class XmlTokenizer implements Element, Place {
  readonly #handler: ElementHandler;
  readonly #maximumMarkup: number;
  readonly key = new Token();
  readonly value = new Token();
  depth = 0;
  line = 1;
  #lane: FastLane | null;
  #buffer: Uint8Array;
  #view: DataView;
  #end = 0;
  #nameStart = 0;
  #nameEnd = 0;
  readonly open = new Int32Array(MAXIMUM_DEPTH);
  #seenRoot = false;
  #first = true;
  /** The header of the tag before, and all by the hash of name and key. */
  #header = new Header(new Uint8Array(0), 0, [0, 0], [0, 0, 0]);
  readonly #headers = new Map<number, Header>();
  readonly #timesSeen = new Map<number, number>();

  constructor(handler: ElementHandler, maximumMarkup = MAXIMUM_MARKUP, lane: FastLane | null = null) {
    this.#handler = handler;
    this.#maximumMarkup = maximumMarkup;
    this.#lane = lane;
    this.#buffer = lane?.input ?? new Uint8Array(1 << 16);
    this.#view = viewOf(this.#buffer);
  }

  localName(): string {
    return Buffer.from(this.#buffer.subarray(this.#nameStart, this.#nameEnd)).toString("latin1");
  }

  tag(): Uint8Array {
    let quote = 0;
    let at = this.#nameEnd;
    for (; quote !== 0 || this.#buffer[at] !== GT; at++) {
      const byte = this.#buffer[at] as number;
      if (quote === 0 ? byte === QUOTE || byte === APOSTROPHE : byte === quote)
        quote = quote === 0 ? byte : 0;
    }
    return this.#buffer.slice(this.#nameStart, at);
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += PIECE) {
      const piece = chunk.subarray(from, from + PIECE);
      this.room(piece.length).set(piece);
      this.filled(piece.length);
    }
  }

  /** Takes the bytes that were put into `room`. */
  filled(size: number): void {
    this.#end += size;
    this.#buffer[this.#end] = 0;
    if (this.#first && this.#end < 3) return;
    let at = this.#first ? this.#skipByteOrderMark() : 0;
    for (;;) {
      if (this.#lane !== null && this.depth > 0) at = this.#lane.take(at, this.#end, this);
      const markup = this.#skipText(at);
      if (markup < 0) {
        this.#end = 0;
        return;
      }
      const line = this.line;
      const next = this.#markup(markup);
      if (next < 0) {
        this.line = line;
        this.#keepFrom(markup);
        return;
      }
      at = next;
    }
  }

  /** Begins inside of the root element of that name. */
  beginIn(root: number): void {
    this.open[0] = root;
    this.depth = 1;
    this.#seenRoot = true;
    this.#first = false;
  }

  /** All of the document so far was taken, and nothing but the root element is open. */
  get between(): boolean {
    return this.depth === 1 && this.#end === 0;
  }

  /** Somebody else took the rest of the document. */
  endHere(): void {
    this.depth = 0;
  }

  /** Throws where the document is not complete. */
  finish(): void {
    if (this.depth > 0 || this.#end > 0) {
      throw new LogFileError("log-truncated", "the file ends before its last element is closed", {
        line: this.line,
        expected: "</log> at the end",
        remedy: "The file is cut off: get it again.",
      });
    }
    if (!this.#seenRoot) throw this.#syntax("no element in the file", "an XES log");
  }

  /** Where the next bytes go. */
  room(size: number): Uint8Array {
    const needed = this.#end + size + 1;
    if (needed > (this.#lane?.capacity ?? this.#buffer.length)) {
      const wider = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
      wider.set(this.#buffer.subarray(0, this.#end));
      this.#buffer = wider;
      this.#view = viewOf(wider);
      this.#lane = null;
    }
    return this.#buffer.subarray(this.#end, this.#end + size);
  }

  #keepFrom(start: number): void {
    const length = this.#end - start;
    if (length > this.#maximumMarkup) throw this.#oversized();
    this.#buffer.copyWithin(0, start, this.#end);
    this.#end = length;
  }

  #skipByteOrderMark(): number {
    this.#first = false;
    const [a, b, c] = this.#buffer;
    return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  }

  /** The next "<", or -1. Text between elements means nothing in XES. */
  #skipText(from: number): number {
    const buffer = this.#buffer;
    const end = this.#end;
    let line = this.line;
    for (let at = from; at < end; at++) {
      const byte = buffer[at] as number;
      if (byte === LT) {
        this.line = line;
        return at;
      }
      if (byte === 10) line++;
      else if (byte === 0 || (byte > 32 && this.depth === 0)) {
        this.line = line;
        throw byte === 0 ? this.#binary() : this.#syntax("text outside of any element", "<log>");
      }
    }
    this.line = line;
    return -1;
  }

  /** Takes the markup at `at`; gives where it ends, or -1 where the buffer ends first. */
  #markup(at: number): number {
    if (at + 1 >= this.#end) return -1;
    switch (this.#buffer[at + 1]) {
      case SLASH:
        return this.#endTag(at + 2);
      case BANG:
        return this.#declaration(at);
      case QUESTION:
        return this.#skipTo("?>", at + 2);
      default:
        return this.#foreseenTag(at + 1) || this.#startTag(at + 1);
    }
  }

  #declaration(at: number): number {
    const opening = Buffer.from(this.#buffer.subarray(at, Math.min(at + 9, this.#end))).toString("latin1");
    if (opening.startsWith("<!--")) return this.#skipTo("-->", at + 4);
    if (opening.startsWith("<![CDATA[")) return this.#skipTo("]]>", at + 9);
    if ("<!--".startsWith(opening) || "<![CDATA[".startsWith(opening)) return -1;
    if (at + 9 > this.#end) return -1;
    throw new LogFileError(
      "log-declaration",
      `"${opening}" is refused: a log declares no document type and no entities`,
      {
        line: this.line,
        value: opening,
        expected: "XES without a DOCTYPE",
        remedy: "Remove the DOCTYPE with its entities.",
      },
    );
  }

  #skipTo(closing: string, from: number): number {
    const found = Buffer.from(this.#buffer.buffer, this.#buffer.byteOffset, this.#end).indexOf(
      closing,
      from,
      "latin1",
    );
    if (found < 0) return -1;
    for (let at = from; at < found; at++) if (this.#buffer[at] === 10) this.line++;
    return found + closing.length;
  }

  #endTag(at: number): number {
    const past = this.#name(at);
    const closing = this.#skipSpaces(past);
    if (closing >= this.#end) return -1;
    if (this.#buffer[closing] !== GT) throw this.#syntax("a malformed end tag", ">");
    if (this.depth === 0)
      throw this.#syntax(`</${this.localName()}> closes nothing`, "a start tag before it");
    if (this.open[--this.depth] !== this.#nameHash) {
      throw this.#syntax(`</${this.localName()}> does not close the element that is open`, "matching tags");
    }
    this.#handler.close(this.#nameHash);
    return closing + 1;
  }

  #nameHash = 0;

  /** Reads a name, leaving its local part in `#nameStart`, `#nameEnd`, `#nameHash`; gives where it ends. */
  #name(from: number): number {
    const buffer = this.#buffer;
    let at = from;
    let hash = OFFSET;
    this.#nameStart = from;
    for (;;) {
      const byte = buffer[at] as number;
      if (byte <= 32 || byte === SLASH || byte === GT || byte === EQUALS) break;
      if (byte === 58) {
        hash = OFFSET;
        this.#nameStart = at + 1;
      } else hash = Math.imul(hash ^ byte, PRIME);
      at++;
    }
    this.#nameEnd = at;
    this.#nameHash = hash;
    return at;
  }

  #skipSpaces(from: number): number {
    let at = from;
    for (;;) {
      const byte = this.#buffer[at] as number;
      if (byte > 32 || byte === 0) return at;
      if (byte === 10) this.line++;
      at++;
    }
  }

  /** A tag that begins as foreseen and ends right after its value; 0 where it is another. */
  #foreseenTag(from: number): number {
    const header = this.#header.next;
    const buffer = this.#buffer;
    if (header === null || from + header.bytes.length >= this.#end || !header.isAt(this.#view, from))
      return 0;
    const { line } = this;
    const value = from + header.bytes.length;
    const at = this.#quoted(value, buffer[value - 1] as number, this.value);
    if (at < 0 || at + 1 >= this.#end) return -1;
    const selfClosing = buffer[at] === SLASH && buffer[at + 1] === GT;
    if (!selfClosing && buffer[at] !== GT) {
      this.line = line;
      return 0;
    }
    const { key } = this;
    key.bytes = buffer;
    key.start = from + header.keyStart;
    key.end = from + header.keyEnd;
    key.hash = header.keyHash;
    key.source = header;
    this.#nameStart = from + header.nameStart;
    this.#nameEnd = from + header.nameEnd;
    this.#header = header;
    this.#opened(header.name, selfClosing);
    if (selfClosing) this.#tell(header);
    return selfClosing ? at + 2 : at + 1;
  }

  #tell(header: Header): void {
    if (this.#lane === null || (header.told & (1 << this.depth)) !== 0) return;
    header.told |= 1 << this.depth;
    this.#lane.learn(header, this);
  }

  /** An empty element that the fast lane left alone for its value, at `from` to `to` of the shared buffer. */
  takeOdd(header: Header, from: number, to: number): void {
    const { key, value } = this;
    const bytes = this.#buffer;
    const begin = from - header.bytes.length;
    [key.bytes, key.start, key.end] = [bytes, begin + header.keyStart, begin + header.keyEnd];
    key.hash = header.keyHash;
    key.source = header;
    [value.bytes, value.start, value.end] = [bytes, from, to];
    this.#nameStart = begin + header.nameStart;
    this.#nameEnd = begin + header.nameEnd;
    this.#opened(header.name, true);
  }

  /** Remembers the tag's header, if its value comes last and holds nothing to normalise; gives it once it came often. */
  #foresee(from: number, end: number, name: number): Header | null {
    const { key, value } = this;
    const plain =
      key.end >= 0 && value.end >= key.end && key.bytes === this.#buffer && value.bytes === this.#buffer;
    if (!plain || value.end + 1 !== end || value.start - from > LONGEST_FORESEEN) return null;
    const id = name ^ key.hash;
    const known = this.#headers.get(id);
    const length = value.start - from;
    if (known?.bytes.length === length && known.isAt(this.#view, from)) {
      this.#header.next = known;
      this.#header = known;
      return known;
    }
    const times = (this.#timesSeen.get(id) ?? 0) + 1;
    this.#timesSeen.set(id, times);
    if (times < WORTH_FORESEEING) return null;
    const bytes = this.#buffer.slice(from, value.start);
    if (bytes.includes(10)) return null;
    const header = new Header(
      bytes,
      name,
      [this.#nameStart - from, this.#nameEnd - from],
      [key.start - from, key.end - from, key.hash],
    );
    this.#headers.set(id, header);
    this.#header.next = header;
    this.#header = header;
    return header;
  }

  #startTag(from: number): number {
    let at = this.#name(from);
    if (at >= this.#end) return -1;
    if (at === from) throw this.#syntax('a "<" that begins no element', "an element's name");
    const name = this.#nameHash;
    const { start, end } = { start: this.#nameStart, end: this.#nameEnd };
    this.key.end = -1;
    this.key.source = null;
    this.value.end = -1;
    for (;;) {
      at = this.#skipSpaces(at);
      if (at >= this.#end) return -1;
      const byte = this.#buffer[at];
      if (byte === GT || byte === SLASH) break;
      at = this.#attribute(at);
      if (at < 0) return -1;
    }
    const tagEnd = at;
    const selfClosing = this.#buffer[at] === SLASH;
    if (selfClosing) {
      if (++at >= this.#end) return -1;
      if (this.#buffer[at] !== GT) throw this.#syntax('a "/" inside a tag', "/>");
    }
    this.#nameStart = start;
    this.#nameEnd = end;
    const { key } = this;
    if (key.end >= 0) key.hash = keyHash(key.bytes, key.start, key.end);
    const header = this.#foresee(from, tagEnd, name);
    this.#opened(name, selfClosing);
    if (selfClosing && header !== null) this.#tell(header);
    return at + 1;
  }

  #opened(name: number, selfClosing: boolean): void {
    if (this.depth === 0 && this.#seenRoot) throw this.#syntax("a second root element", "one <log>");
    if (this.depth === MAXIMUM_DEPTH)
      throw this.#syntax("elements nested too deeply", `at most ${MAXIMUM_DEPTH}`);
    this.#seenRoot = true;
    this.#handler.open(name, this);
    if (selfClosing) this.#handler.close(name);
    else this.open[this.depth++] = name;
  }

  #attribute(from: number): number {
    let at = this.#name(from);
    const token = this.#tokenNamed(from, at);
    at = this.#skipSpaces(at);
    if (at >= this.#end) return -1;
    if (this.#buffer[at] !== EQUALS) throw this.#syntax("an attribute without a value", 'name="value"');
    at = this.#skipSpaces(at + 1);
    if (at >= this.#end) return -1;
    const quote = this.#buffer[at] as number;
    if (quote !== QUOTE && quote !== APOSTROPHE)
      throw this.#syntax("an attribute without quotes", 'name="value"');
    return this.#quoted(at + 1, quote, token);
  }

  /** The value up to its quote; into `token` where it is wanted. */
  #quoted(start: number, quote: number, token: Token | null): number {
    const buffer = this.#buffer;
    let special = false;
    let at = start;
    for (;;) {
      at = this.#telling(at);
      const byte = buffer[at] as number;
      if (byte === quote) break;
      if (byte !== QUOTE && byte !== APOSTROPHE) {
        if (at >= this.#end) return -1;
        this.#checkByte(byte);
        special = true;
      }
      at++;
    }
    if (at - start > this.#maximumMarkup) throw this.#oversized();
    if (token === null) return at + 1;
    if (special) this.#normalise(token, start, at);
    else {
      token.bytes = buffer;
      token.start = start;
      token.end = at;
    }
    return at + 1;
  }

  /** Most values are short: calling elsewhere is for the others. */
  #telling(from: number): number {
    const buffer = this.#buffer;
    const near = this.#lane === null ? buffer.length : from + SHORT;
    let at = from;
    while (at < near && TELLING[buffer[at] as number] === 0) at++;
    return at < near || this.#lane === null ? at : this.#lane.telling(at);
  }

  #checkByte(byte: number): void {
    if (byte === LT) throw this.#syntax('a "<" inside an attribute', "&lt;");
    if (byte === 10) this.line++;
    else if (byte === 0) throw this.#binary();
  }

  #normalise(token: Token, start: number, end: number): void {
    const bytes = this.#placed(() => normaliseValue(this.#buffer, start, end));
    token.bytes = bytes;
    token.start = 0;
    token.end = bytes.length;
  }

  #tokenNamed(from: number, to: number): Token | null {
    const buffer = this.#buffer;
    if (to - from === 3 && buffer[from] === 107 && buffer[from + 1] === 101 && buffer[from + 2] === 121)
      return this.key;
    return to - from === 5 && VALUE.every((byte, at) => buffer[from + at] === byte) ? this.value : null;
  }

  /** Runs `work`, giving its errors the line. */
  #placed<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw withLine(error, this.line);
    }
  }

  #syntax(what: string, expected: string): LogFileError {
    return new LogFileError("log-syntax", `not well-formed XML: ${what}`, {
      line: this.line,
      expected,
      remedy: "Export the log again as XES.",
    });
  }

  #oversized(): LogFileError {
    return new LogFileError("log-oversized", `a tag or comment of more than ${this.#maximumMarkup} bytes`, {
      line: this.line,
      expected: `at most ${this.#maximumMarkup} bytes`,
      remedy: "Leave that attribute out of the export.",
    });
  }

  #binary(): LogFileError {
    return new LogFileError("log-format", "a zero byte: this is a binary file", {
      line: this.line,
      expected: "XES as text",
      remedy: "Export the log as XES or CSV.",
    });
  }
}
