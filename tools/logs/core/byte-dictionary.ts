import { LogFileError } from "./errors.ts";

/** How bytes of a file become text. Bytes that are no valid text are refused. */
export type Decode = (bytes: Uint8Array) => string;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder("windows-1252");

export const decodeUtf8: Decode = (bytes) => {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new LogFileError(
      "log-encoding",
      "bytes that are not UTF-8",
      { expected: "UTF-8", remedy: "Save the file as UTF-8." },
      { cause },
    );
  }
};
export const decodeWindows1252: Decode = (bytes) => windows1252.decode(bytes);

/** A hash of a byte range, four bytes at a time (the step of Fowler's Fx hash, the finish of MurmurHash3). */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (const words = end - 3; at < words; at += 4) {
    const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    const high = (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8);
    hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ low ^ (high << 16), 0x9e3779b1);
  }
  for (; at < end; at++) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ (bytes[at] as number), 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/**
 * Gives equal byte strings equal codes 0, 1, 2 … in order of first appearance, without making a string
 * for each of them: open addressing over their hashes, the distinct bytes side by side in one arena.
 */
export class ByteDictionary {
  readonly #decode: Decode;
  #slots = new Int32Array(64).fill(-1);
  #hashes = new Int32Array(32);
  #ends = new Uint32Array(32);
  #arena: Uint8Array = new Uint8Array(512);
  #wide = new Set<number>();
  #size = 0;
  #last = -1;

  constructor(decode: Decode) {
    this.#decode = decode;
  }

  get size(): number {
    return this.#size;
  }

  /** Values often repeat the one before, which is looked at first. */
  code(bytes: Uint8Array, start: number, end: number): number {
    if (this.#last < 0 || !this.#equals(this.#last, bytes, start, end)) {
      this.#last = this.#find(bytes, start, end, hashOf(bytes, start, end));
    }
    return this.#last;
  }

  #find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.#slots[slot] as number;
      if (code < 0) return this.#insert(slot, bytes, start, end, hash);
      if (this.#hashes[code] === hash && this.#equals(code, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
  }

  /** The distinct texts in order of their codes. */
  texts(): string[] {
    const texts = new Array<string>(this.#size);
    const arena = Buffer.from(this.#arena.buffer, 0, this.#size === 0 ? 0 : this.#ends[this.#size - 1]);
    let start = 0;
    for (let code = 0; code < this.#size; code++) {
      const end = this.#ends[code] as number;
      texts[code] = this.#wide.has(code)
        ? this.#decode(arena.subarray(start, end))
        : arena.toString("latin1", start, end);
      start = end;
    }
    return texts;
  }

  #equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = code === 0 ? 0 : (this.#ends[code - 1] as number);
    if ((this.#ends[code] as number) - from !== end - start) return false;
    const arena = this.#arena;
    for (let at = start, own = from; at < end; at++, own++) if (arena[own] !== bytes[at]) return false;
    return true;
  }

  #insert(slot: number, bytes: Uint8Array, start: number, end: number, hash: number): number {
    const code = this.#size++;
    const from = code === 0 ? 0 : (this.#ends[code - 1] as number);
    const to = from + end - start;
    if (code === this.#hashes.length) {
      this.#hashes = grown(this.#hashes, new Int32Array(code * 2));
      this.#ends = grown(this.#ends, new Uint32Array(code * 2));
    }
    if (to > this.#arena.length) {
      this.#arena = grown(this.#arena, new Uint8Array(Math.max(this.#arena.length * 2, to)));
    }
    this.#arena.set(bytes.subarray(start, end), from);
    this.#hashes[code] = hash;
    this.#ends[code] = to;
    this.#slots[slot] = code;
    if (this.#isWide(from, to)) this.#wide.add(code);
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  /** True where the bytes are not ASCII; invalid ones throw here, while the line is still known. */
  #isWide(from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      if ((this.#arena[at] as number) > 127) {
        this.#decode(this.#arena.subarray(from, to));
        return true;
      }
    }
    return false;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      const hash = this.#hashes[code] as number;
      let slot = hash & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}

function grown<Values extends Int32Array | Uint32Array | Uint8Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}
