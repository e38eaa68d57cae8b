/** An XML element as the tokenizer hands it on, the start tags that come again, and the hashes by which names are known. */
import { hashOf } from "./byte-dictionary.ts";

export const OFFSET = 0x811c9dc5;
export const PRIME = 16777619;
const LONGEST_HASHED = 64;

export interface ElementHandler {
  /** `name`: FNV-1a of the local name. Called before the element's content; `keyEnd` < 0: no key, `valueEnd` < 0: no value. */
  open(name: number, element: Element): void;
  close(name: number): void;
}

/** The element being opened. Byte ranges are valid during the call only. */
export interface Element {
  readonly line: number;
  readonly depth: number;
  readonly key: Token;
  readonly value: Token;
  localName(): string;
  /** The start tag from its local name on, as it stands in the file; slow, for the few that are more than key and value. */
  tag(): Uint8Array;
}

/** Takes plain stretches of the document in place of the tokenizer, from a buffer that both share. */
export interface FastLane {
  /** Where the tokenizer keeps its bytes: at most `capacity` of them, and one more. */
  readonly input: Uint8Array;
  readonly capacity: number;
  /** Takes what is plain from `at` on, and gives where it stopped. Sets `line` and `open` to the place it reached. */
  take(at: number, end: number, place: Place): number;
  /** The first byte from `at` on that may end a quoted value or needs a closer look. */
  telling(at: number): number;
  /** Told once a depth of an empty element, just opened, whose start tag up to its value will come again. */
  learn(header: Header, place: Place): void;
}

/** Where in the document a tokenizer is. */
export interface Place {
  line: number;
  depth: number;
  /** Name hashes of the open elements, `depth` of them. */
  readonly open: Int32Array;
}

/** A byte range; `end` < 0 when absent. */
export class Token {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = -1;
  /** Of a key: `keyHash` of its bytes. */
  hash = 0;
  /** Where set, tokens with the same one have the same bytes. */
  source: object | null = null;
}

/**
 * The bytes of a start tag from its name to the quote that opens its value, as in `string key="org:resource" value="`.
 * The events of a log repeat the same few in the same order, so each is looked for where it last followed the one before.
 */
export class Header {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly name: number;
  /** Offsets in `bytes`. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly keyHash: number;
  next: Header | null = null;
  /** Depths at which the fast lane was told of it, one bit each. */
  told = 0;

  constructor(
    bytes: Uint8Array,
    name: number,
    nameRange: readonly [number, number],
    key: readonly [number, number, number],
  ) {
    this.bytes = bytes;
    this.words = littleEndianWords(bytes);
    this.name = name;
    [this.nameStart, this.nameEnd] = nameRange;
    [this.keyStart, this.keyEnd, this.keyHash] = key;
  }

  /** Four bytes at a time: this is the innermost loop of reading a log. */
  isAt(view: DataView, from: number): boolean {
    const { words, bytes } = this;
    for (let word = 0; word < words.length; word++) {
      if (view.getUint32(from + word * 4, true) !== words[word]) return false;
    }
    for (let at = words.length * 4; at < bytes.length; at++) {
      if (view.getUint8(from + at) !== bytes[at]) return false;
    }
    return true;
  }
}

function littleEndianWords(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, word) => view.getUint32(word * 4, true));
}

/** FNV-1a of an element's local name. */
export function nameHash(name: string): number {
  let hash = OFFSET;
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, PRIME);
  return hash;
}

/** A hash of a key's last bytes: keys that are longer than those are rare. */
export const keyHash = (bytes: Uint8Array, start: number, end: number): number =>
  hashOf(bytes, Math.max(start, end - LONGEST_HASHED), end);
