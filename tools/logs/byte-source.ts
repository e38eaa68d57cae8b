/** A file's bytes, unpacked, as often as a reader asks for them. */
import { readSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { LogFileError } from "./core/errors.ts";
import { Gunzip } from "./core/gunzip.ts";

const CHUNK = 1 << 20;
/** Of a packed file, which unpacks to twenty times as much. */
const PACKED_CHUNK = 1 << 16;
const SAMPLE = 1 << 19;
const HEAD_CHUNK = 1 << 15;
const READS_A_TURN = 4;

/** A reader that says where its next bytes go, so that they are copied once. */
export interface ByteSink {
  room(size: number): Uint8Array;
  /** Takes the first `size` bytes of the room. */
  filled(size: number): void;
}

export interface ByteSource {
  /** The first unpacked bytes, at most half a megabyte. */
  readonly head: Buffer;
  /** `head` is the whole file. */
  readonly whole: boolean;
  /** How much of the file was read in the reading under way, 0 to 1. */
  readonly share: number;
  /** The file where its bytes are what readers get, so that parts of it can be read on their own; else null. */
  readonly plain: { readonly path: string; readonly size: number } | null;
  /** Gives a reader all bytes, as UTF-8 where the file is UTF-16; of a plain file, where wanted, only a part. */
  feed(sink: ByteSink, range?: ByteRange): Promise<void>;
}

export interface ByteRange {
  readonly from?: number;
  readonly to?: number;
}

export interface ByteSourceOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number | null) => void;
}

/** Opens a file by its content: gzip is unpacked whatever the file is called. */
export async function openByteSource(path: string, options: ByteSourceOptions = {}): Promise<ByteSource> {
  const size = await sizeOf(path);
  if (size === 0) throw emptyFile();
  const reading = new Reading(size, options);
  const packed = await startsWith(path, [0x1f, 0x8b]);
  const feed = packed
    ? (sink: ByteSink) => feedUnpacked(path, sink, reading)
    : (sink: ByteSink, range: ByteRange = {}) => feedPlain(path, sink, reading, range);
  const [head, whole] = await readHead(path, packed);
  if (head.length === 0) throw emptyFile();
  const encoding = utf16Of(head);
  const plain = packed ? null : { path, size };
  if (encoding === null) return new FileSource(reading, head, whole, plain, feed);
  const text = new TextDecoder(encoding, { fatal: false }).decode(head, { stream: !whole });
  return new FileSource(reading, Buffer.from(text), whole, null, async (sink) => {
    const recoder = new Recoder(encoding, sink);
    await feed(recoder);
    recoder.finish();
  });
}

function utf16Of(head: Buffer): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : null;
}

class FileSource implements ByteSource {
  readonly head: Buffer;
  readonly whole: boolean;
  readonly plain: ByteSource["plain"];
  readonly #reading: Reading;
  readonly #feed: ByteSource["feed"];

  constructor(
    reading: Reading,
    head: Buffer,
    whole: boolean,
    plain: ByteSource["plain"],
    feed: ByteSource["feed"],
  ) {
    this.plain = plain;
    this.head = head;
    this.whole = whole;
    this.#reading = reading;
    this.#feed = feed;
  }

  get share(): number {
    return this.#reading.share;
  }

  feed(sink: ByteSink, range?: ByteRange): Promise<void> {
    return this.#feed(sink, range);
  }
}

/** How far a reading is; it says so, and ends where the signal says. */
class Reading {
  readonly size: number;
  readonly #options: ByteSourceOptions;
  share = 0;

  constructor(size: number, options: ByteSourceOptions) {
    this.size = size;
    this.#options = options;
  }

  reached(bytes: number): void {
    this.share = Math.min(1, bytes / this.size);
    this.#options.signal?.throwIfAborted();
    this.#options.onProgress?.(this.share);
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const entry = await stat(path);
    if (entry.isFile()) return entry.size;
    throw new LogFileError("log-missing", "this is not a file", { remedy: "Give the path of a log file." });
  } catch (cause) {
    if (cause instanceof LogFileError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    const why = code === "EACCES" ? "this file may not be read" : "there is no such file";
    throw new LogFileError("log-missing", why, { remedy: "Check the path." }, { cause });
  }
}

async function startsWith(path: string, bytes: readonly number[]): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes.length), 0, bytes.length, 0);
    return bytesRead === bytes.length && bytes.every((byte, at) => buffer[at] === byte);
  } finally {
    await handle.close();
  }
}

const emptyFile = (): LogFileError =>
  new LogFileError("log-empty", "the file is empty", { remedy: "Export the log again." });

/** Reads at once what is asked for: the reader works between two reads, and others get their turn every few of them. */
async function feedPlain(
  path: string,
  sink: ByteSink,
  reading: Pick<Reading, "reached">,
  { from = 0, to = Number.POSITIVE_INFINITY }: ByteRange,
  chunk = CHUNK,
): Promise<void> {
  const file = await open(path);
  try {
    for (let at = from, turn = 1; at < to; turn++) {
      const room = sink.room(Math.min(chunk, to - at));
      const size = readSync(file.fd, room, 0, room.length, at);
      if (size === 0) return;
      at += size;
      reading.reached(at);
      sink.filled(size);
      if (turn % READS_A_TURN === 0) await setImmediate();
    }
  } finally {
    await file.close();
  }
}

/** Gives a reader a part of a plain file. */
export const feedRange = (
  path: string,
  sink: ByteSink,
  range: ByteRange,
  reached: (at: number) => void,
): Promise<void> => feedPlain(path, sink, { reached }, range);

async function feedUnpacked(path: string, sink: ByteSink, reading: Reading): Promise<void> {
  const gunzip = new Gunzip((bytes) => {
    sink.room(bytes.length).set(bytes);
    sink.filled(bytes.length);
  });
  await feedPlain(path, gunzip, reading, {}, PACKED_CHUNK);
  gunzip.finish();
}

/** The beginning of the file, unpacked, and whether that is all of it. */
async function readHead(path: string, packed: boolean): Promise<[Buffer, boolean]> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const keep = (bytes: Uint8Array) => {
    parts.push(Uint8Array.from(bytes));
    length += bytes.length;
  };
  const gunzip = packed ? new Gunzip(keep) : null;
  const sink = gunzip ?? pushing(keep);
  const file = await open(path);
  try {
    for (let at = 0, size = -1; size !== 0; at += size) {
      if (length > SAMPLE) return [Buffer.concat(parts, SAMPLE), false];
      const room = sink.room(HEAD_CHUNK);
      size = readSync(file.fd, room, 0, room.length, at);
      sink.filled(size);
    }
  } finally {
    await file.close();
  }
  gunzip?.finish();
  return [Buffer.concat(parts), true];
}

/** Hands on as UTF-8 what comes as UTF-16. */
class Recoder implements ByteSink {
  readonly #encoding: string;
  readonly #decoder: TextDecoder;
  readonly #sink: ByteSink;
  #bytes = new Uint8Array(0);

  constructor(encoding: string, sink: ByteSink) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
    this.#sink = sink;
  }

  room(size: number): Uint8Array {
    if (this.#bytes.length < size) this.#bytes = new Uint8Array(size);
    return this.#bytes.subarray(0, size);
  }

  filled(size: number): void {
    this.#handOn(this.#bytes.subarray(0, size));
  }

  finish(): void {
    this.#handOn(null);
  }

  #handOn(bytes: Uint8Array | null): void {
    const text = Buffer.from(this.#decode(bytes));
    this.#sink.room(text.length).set(text);
    this.#sink.filled(text.length);
  }

  #decode(bytes: Uint8Array | null): string {
    try {
      return bytes === null ? this.#decoder.decode() : this.#decoder.decode(bytes, { stream: true });
    } catch (cause) {
      throw new LogFileError(
        "log-encoding",
        `the file begins as ${this.#encoding.toUpperCase()} and goes on as something else`,
        { expected: this.#encoding.toUpperCase(), remedy: "Save the file as UTF-8." },
        { cause },
      );
    }
  }
}

/** A sink for a reader that keeps no buffer of its own. A chunk is valid during the call only. */
export function pushing(push: (chunk: Uint8Array) => void): ByteSink {
  let bytes = new Uint8Array(0);
  return {
    room(size) {
      if (bytes.length < size) bytes = new Uint8Array(size);
      return bytes.subarray(0, size);
    },
    filled: (size) => push(bytes.subarray(0, size)),
  };
}
