/** A file's bytes, unpacked, as often as a reader asks for them. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { LogFileError } from "./core/errors.ts";

const CHUNK = 1 << 20;
const SAMPLE = 1 << 19;

export interface ByteSource {
  /** The first unpacked bytes, at most half a megabyte. */
  readonly head: Buffer;
  /** `head` is the whole file. */
  readonly whole: boolean;
  /** All bytes, as UTF-8 where the file is UTF-16. A chunk is valid until the next is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface ByteSourceOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number | null) => void;
}

/** Opens a file by its content: gzip is unpacked whatever the file is called. */
export async function openByteSource(path: string, options: ByteSourceOptions = {}): Promise<ByteSource> {
  const size = await sizeOf(path);
  if (size === 0) throw emptyFile();
  const packed = await startsWith(path, [0x1f, 0x8b]);
  const chunks = () => readChunks(path, { ...options, size, packed });
  const { head, whole } = await readHead(chunks());
  if (head.length === 0) throw emptyFile();
  const utf16 =
    head[0] === 0xff && head[1] === 0xfe
      ? "utf-16le"
      : head[0] === 0xfe && head[1] === 0xff
        ? "utf-16be"
        : null;
  if (utf16 === null) return { head, whole, chunks };
  const text = new TextDecoder(utf16, { fatal: false }).decode(head, { stream: !whole });
  return { head: Buffer.from(text), whole, chunks: () => recode(chunks(), utf16) };
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

interface ReadOptions extends ByteSourceOptions {
  readonly size: number;
  readonly packed: boolean;
}

async function* readChunks(path: string, options: ReadOptions): AsyncGenerator<Uint8Array> {
  const chunks = options.packed ? unpackedChunks(path) : plainChunks(path);
  for await (const { chunk, read } of chunks) {
    options.signal?.throwIfAborted();
    options.onProgress?.(Math.min(1, read / options.size));
    yield chunk;
  }
}

interface Chunk {
  readonly chunk: Uint8Array;
  /** Bytes of the file that were read by then. */
  readonly read: number;
}

/** Reads into two buffers by turns: one is filled while the other is worked on. */
async function* plainChunks(path: string): AsyncGenerator<Chunk> {
  const file = await open(path);
  const fill = (buffer: Buffer) => {
    const reading = file.read(buffer, 0, CHUNK, null);
    // An error is met where the chunk is awaited, which may be later than it happens.
    reading.catch(() => undefined);
    return reading;
  };
  let [buffer, spare] = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
  let filling = fill(buffer);
  try {
    for (let read = 0; ; ) {
      const { bytesRead } = await filling;
      if (bytesRead === 0) return;
      read += bytesRead;
      filling = fill(spare);
      yield { chunk: buffer.subarray(0, bytesRead), read };
      [buffer, spare] = [spare, buffer];
    }
  } finally {
    await file.close();
  }
}

async function* unpackedChunks(path: string): AsyncGenerator<Chunk> {
  const file = createReadStream(path, { highWaterMark: CHUNK });
  const gunzip = createGunzip({ chunkSize: CHUNK });
  file.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of file.pipe(gunzip)) yield { chunk: chunk as Buffer, read: file.bytesRead };
  } catch (error) {
    throw unpackingError(error);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

function unpackingError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "Z_BUF_ERROR") {
    return new LogFileError(
      "log-truncated",
      "the gzip file is cut off",
      { expected: "a complete gzip file", remedy: "Get the file again." },
      { cause: error },
    );
  }
  if (typeof code === "string" && code.startsWith("Z_")) {
    return new LogFileError(
      "log-format",
      "the gzip file is damaged",
      { expected: "a sound gzip file", remedy: "Get the file again." },
      { cause: error },
    );
  }
  return error;
}

async function readHead(chunks: AsyncIterable<Uint8Array>): Promise<{ head: Buffer; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(Buffer.from(chunk));
    length += chunk.length;
    if (length > SAMPLE) return { head: Buffer.concat(parts).subarray(0, SAMPLE), whole: false };
  }
  return { head: Buffer.concat(parts), whole: true };
}

async function* recode(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Uint8Array): Buffer => {
    try {
      return Buffer.from(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch (cause) {
      throw new LogFileError(
        "log-encoding",
        `the file begins as ${encoding.toUpperCase()} and goes on as something else`,
        { expected: encoding.toUpperCase(), remedy: "Save the file as UTF-8." },
        { cause },
      );
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}
