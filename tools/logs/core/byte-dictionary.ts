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

/** FNV-1a over a byte range. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 16777619);
  return hash;
}

/**
 * Gives equal byte strings equal codes 0, 1, 2 … in order of first appearance, without making a string
 * for each of them: open addressing over FNV-1a, the distinct bytes side by side in one arena.
 */
export class ByteDictionary {
  readonly #decode: Decode;
  #slots = new Int32Array(64).fill(-1);
  #hashes = new Int32Array(32);
  #ends = new Uint32Array(32);
  #arena: Uint8Array = new Uint8Array(512);
  #wide = new Set<number>();
  #size = 0;

  constructor(decode: Decode) {
    this.#decode = decode;
  }

  get size(): number {
    return this.#size;
  }

  code(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
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
      let slot = (hash ^ (hash >>> 15)) & mask;
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
