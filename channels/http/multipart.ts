/**
 * `multipart/form-data` (RFC 7578) read as a stream, so that an upload of any size goes straight to disk.
 */
import { InvalidRequestError } from "./errors.ts";

export type MultipartToken =
  | { readonly kind: "part"; readonly name: string; readonly filename: string | null }
  | { readonly kind: "data"; readonly bytes: Buffer }
  | { readonly kind: "end" };

const headerLimit = 16_384;

/** The boundary of a content type; throws when there is none. */
export function boundaryOf(contentType: string): string {
  const found = /boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (!boundary) throw new InvalidRequestError("The multipart body names no boundary.");
  return boundary;
}

/** Parts in order: a `part`, its `data` pieces, its `end`. A body that stops early throws. */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MultipartToken> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const reader = new Window(body, "\r\n");
  if (!(await skipTo(reader, delimiter))) throw truncated();
  while (!(await closes(reader))) {
    yield readHeaders(await headerBlock(reader));
    yield* readData(reader, delimiter);
    yield { kind: "end" };
  }
}

async function* readData(reader: Window, delimiter: Buffer): AsyncGenerator<MultipartToken> {
  for (;;) {
    const at = reader.buffer.indexOf(delimiter);
    const ready = at >= 0 ? at : Math.max(0, reader.buffer.length - delimiter.length + 1);
    if (ready > 0) yield { kind: "data", bytes: reader.take(ready) };
    if (at >= 0) {
      reader.take(delimiter.length);
      return;
    }
    if (!(await reader.more())) throw truncated();
  }
}

async function skipTo(reader: Window, delimiter: Buffer): Promise<boolean> {
  for (;;) {
    const at = reader.buffer.indexOf(delimiter);
    if (at >= 0) {
      reader.take(at + delimiter.length);
      return true;
    }
    reader.take(Math.max(0, reader.buffer.length - delimiter.length + 1));
    if (!(await reader.more())) return false;
  }
}

/** After a delimiter: `--` closes the body, a line end opens a part. */
async function closes(reader: Window): Promise<boolean> {
  while (reader.buffer.length < 2) if (!(await reader.more())) throw truncated();
  return reader.take(2).toString("latin1") === "--";
}

async function headerBlock(reader: Window): Promise<string> {
  for (;;) {
    const at = reader.buffer.indexOf("\r\n\r\n");
    if (at >= 0) {
      const block = reader.take(at).toString("utf8");
      reader.take(4);
      return block;
    }
    if (reader.buffer.length > headerLimit) throw new InvalidRequestError("A part's headers are too long.");
    if (!(await reader.more())) throw truncated();
  }
}

function readHeaders(block: string): MultipartToken {
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(block)?.[1];
  const name = disposition && parameter(disposition, "name");
  if (typeof name !== "string") throw new InvalidRequestError("A part of the multipart body has no name.");
  return { kind: "part", name, filename: parameter(disposition ?? "", "filename") };
}

/** Browsers write `"` as %22 and line ends as %0D%0A in names (WHATWG HTML, multipart/form-data encoding). */
function parameter(disposition: string, key: string): string | null {
  const found = new RegExp(`;\\s*${key}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(disposition)?.[1];
  return found === undefined
    ? null
    : found
        .replace(/%22/g, '"')
        .replace(/%0D/gi, "\r")
        .replace(/%0A/gi, "\n")
        .replace(/\\(["\\])/g, "$1");
}

const truncated = () => new InvalidRequestError("The multipart body ends before its last boundary.");

/** What has arrived and is not yet used. */
class Window {
  buffer: Buffer;
  readonly #source: AsyncIterator<Uint8Array>;
  constructor(source: AsyncIterable<Uint8Array>, prefix: string) {
    this.#source = source[Symbol.asyncIterator]();
    this.buffer = Buffer.from(prefix);
  }
  async more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.buffer =
      this.buffer.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.buffer, next.value]);
    return true;
  }
  take(count: number): Buffer {
    const taken = this.buffer.subarray(0, count);
    this.buffer = this.buffer.subarray(count);
    return taken;
  }
}
