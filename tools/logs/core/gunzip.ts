/**
 * Unpacks gzip (RFC 1952) as it comes in, members one behind the other, in WebAssembly (`wasm/inflate.as`): a sixth of the
 * time of zlib for the texts that logs are, in the reader's own thread.
 */
import { crc32 } from "node:zlib";
import { LogFileError } from "./errors.ts";
import { INFLATE_WASM } from "./wasm/inflate-wasm.ts";

/** What `inflate.as` exports. */
interface Exports {
  /** Where the input was read up to. */
  readonly inputAt: WebAssembly.Global<"i32">;
  /** Where the last call's output ends. */
  readonly outputAt: WebAssembly.Global<"i32">;
  input(): number;
  inputSize(): number;
  /** Where the last call's output begins. */
  output(): number;
  begin(at: number): void;
  inflate(end: number, isAll: boolean): number;
}

/** Answers of `inflate`. */
const [MORE_OUTPUT, DONE, DAMAGED] = [1, 2, 3];
const MEMORY_PAGES = 12;
const TRAILER = 8;
const [CHECKED_HEADER, EXTRA, NAME, COMMENT, RESERVED] = [2, 4, 8, 16, 0xe0];

let compiled: WebAssembly.Module | null = null;

type State = "header" | "packed" | "trailer" | "between" | "end";

/** Put packed bytes into `room`, say how many with `filled`, and at last `finish`. */
export class Gunzip {
  readonly #take: (bytes: Uint8Array) => void;
  readonly #exports: Exports;
  readonly #memory: Uint8Array;
  readonly #from: number;
  readonly #capacity: number;
  /** Where the packed bytes end that are there. */
  #end: number;
  #state: State = "header";
  #checksum = 0;
  #size = 0;

  /** `take` gets unpacked bytes, a quarter of a megabyte at most, valid during the call only. */
  constructor(take: (bytes: Uint8Array) => void) {
    this.#take = take;
    compiled ??= new WebAssembly.Module(Buffer.from(INFLATE_WASM, "base64"));
    const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES });
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    this.#exports = exports as unknown as Exports;
    this.#memory = new Uint8Array(memory.buffer);
    this.#from = this.#exports.input();
    this.#capacity = this.#exports.inputSize();
    this.#end = this.#from;
    this.#at = this.#from;
  }

  get #at(): number {
    return this.#exports.inputAt.value;
  }
  set #at(at: number) {
    this.#exports.inputAt.value = at;
  }

  /** Where the next packed bytes go: `size` of them or fewer. */
  room(size: number): Uint8Array {
    return this.#memory.subarray(this.#end, Math.min(this.#end + size, this.#from + this.#capacity));
  }

  /** Takes the bytes that were put into `room`. */
  filled(size: number): void {
    this.#end += size;
    this.#unpack(false);
    this.#memory.copyWithin(this.#from, this.#at, this.#end);
    this.#end -= this.#at - this.#from;
    this.#at = this.#from;
    if (this.#end === this.#from + this.#capacity) throw damaged();
  }

  /** Throws where the file is cut off. */
  finish(): void {
    this.#unpack(true);
    if (this.#state !== "between" && this.#state !== "end") throw cutOff();
  }

  /** Goes on until more is needed; `isAll`: there is no more. */
  #unpack(isAll: boolean): void {
    while (this.#step(isAll));
  }

  /** One part of a member; false where more is needed for it. */
  #step(isAll: boolean): boolean {
    switch (this.#state) {
      case "header":
        return this.#header();
      case "packed":
        return this.#inflate(isAll);
      case "trailer":
        return this.#trailer();
      case "between":
        return this.#next();
      default:
        this.#at = this.#end;
        return false;
    }
  }

  #header(): boolean {
    const bytes = this.#memory.subarray(this.#at, this.#end);
    const length = headerLength(bytes);
    if (length < 0) return false;
    this.#exports.begin(this.#at + length);
    this.#state = "packed";
    this.#checksum = 0;
    this.#size = 0;
    return true;
  }

  #inflate(isAll: boolean): boolean {
    for (;;) {
      const answer = this.#exports.inflate(this.#end, isAll);
      const bytes = this.#memory.subarray(this.#exports.output(), this.#exports.outputAt.value);
      if (bytes.length > 0) this.#hand(bytes);
      if (answer === DAMAGED) throw damaged();
      if (answer === DONE) this.#state = "trailer";
      if (answer !== MORE_OUTPUT) return answer === DONE;
    }
  }

  #hand(bytes: Uint8Array): void {
    this.#checksum = crc32(bytes, this.#checksum);
    this.#size = (this.#size + bytes.length) % 2 ** 32;
    this.#take(bytes);
  }

  #trailer(): boolean {
    if (this.#end - this.#at < TRAILER) return false;
    const view = new DataView(this.#memory.buffer, this.#at, TRAILER);
    if (view.getUint32(0, true) !== this.#checksum || view.getUint32(4, true) !== this.#size) throw damaged();
    this.#at += TRAILER;
    this.#state = "between";
    return true;
  }

  /** Another member may follow; zeros are padding to the end. */
  #next(): boolean {
    if (this.#at === this.#end) return false;
    this.#state = this.#memory[this.#at] === 0 ? "end" : "header";
    return true;
  }
}

/** How long a member's header is (RFC 1952, 2.3); -1 where more of it is needed. */
function headerLength(bytes: Uint8Array): number {
  if (bytes.length < 10) return -1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const flags = bytes[3] as number;
  if (view.getUint16(0) !== 0x1f8b || bytes[2] !== 8 || (flags & RESERVED) !== 0) throw damaged();
  let at = 10;
  if (flags & EXTRA) {
    if (bytes.length < at + 2) return -1;
    at += 2 + view.getUint16(at, true);
  }
  for (const text of [NAME, COMMENT]) {
    if ((flags & text) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return -1;
    at = end + 1;
  }
  if ((flags & CHECKED_HEADER) === 0) return at <= bytes.length ? at : -1;
  if (bytes.length < at + 2) return -1;
  if (view.getUint16(at, true) !== (crc32(bytes.subarray(0, at)) & 0xffff)) throw damaged();
  return at + 2;
}

const cutOff = (): LogFileError =>
  new LogFileError("log-truncated", "the gzip file is cut off", {
    expected: "a complete gzip file",
    remedy: "Get the file again.",
  });

const damaged = (): LogFileError =>
  new LogFileError("log-format", "the gzip file is damaged", {
    expected: "a sound gzip file",
    remedy: "Get the file again.",
  });
