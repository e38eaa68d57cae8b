/** Uploaded files: streamed to a temporary folder of their own, which is gone when the request is over. */
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BodyTooLargeError, ContentTypeError, InvalidRequestError } from "./errors.ts";
import { boundaryOf, readMultipart } from "./multipart.ts";

export interface Upload {
  /** As the person named it, without folders and control characters. */
  readonly name: string;
  readonly path: string;
  /** The other fields of the form, or the query of a raw upload. */
  readonly fields: Readonly<Record<string, string>>;
}

const fieldLimit = 65_536;

/** Runs `use` with the uploaded file and removes it afterwards, whatever happens. */
export async function withUpload<Result>(
  request: Request,
  limit: number,
  use: (upload: Upload) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "millwright-upload-"));
  try {
    return await use(await receive(request, folder, limit));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function receive(request: Request, folder: string, limit: number): Promise<Upload> {
  const type = request.headers.get("content-type") ?? "";
  if (!request.body) throw new InvalidRequestError("The request has no body.");
  const body = limited(request.body as unknown as AsyncIterable<Uint8Array>, limit);
  if (/^multipart\/form-data/i.test(type)) return receiveForm(body, boundaryOf(type), folder);
  if (/^application\/(x-www-form-urlencoded|.*json)/i.test(type)) {
    throw new ContentTypeError(type, "multipart/form-data with a `file`, or the file itself,");
  }
  return receiveRaw(body, new URL(request.url).searchParams, folder);
}

async function receiveForm(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  folder: string,
): Promise<Upload> {
  const fields: Record<string, string> = {};
  let file: FileSink | null = null;
  let sink: Sink | null = null;
  try {
    for await (const token of readMultipart(body, boundary)) {
      if (token.kind === "data") await sink?.write(token.bytes);
      else if (token.kind === "end") await sink?.end();
      else if (token.filename === null || file) sink = new FieldSink(fields, token.name);
      else sink = file = await FileSink.open(folder, plainName(token.filename));
    }
  } finally {
    await file?.end();
  }
  if (!file) throw new InvalidRequestError("The form has no file.", "file");
  return { name: file.name, path: file.path, fields };
}

async function receiveRaw(
  body: AsyncIterable<Uint8Array>,
  query: URLSearchParams,
  folder: string,
): Promise<Upload> {
  const sink = await FileSink.open(folder, plainName(query.get("name") ?? "upload.csv"));
  try {
    for await (const bytes of body) await sink.write(bytes);
  } finally {
    await sink.end();
  }
  return { name: sink.name, path: sink.path, fields: Object.fromEntries(query) };
}

interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

class FieldSink implements Sink {
  readonly #fields: Record<string, string>;
  readonly #name: string;
  readonly #pieces: Buffer[] = [];
  #size = 0;
  constructor(fields: Record<string, string>, name: string) {
    this.#fields = fields;
    this.#name = name;
  }
  async write(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length;
    if (this.#size > fieldLimit) throw new BodyTooLargeError(fieldLimit);
    this.#pieces.push(Buffer.from(bytes));
  }
  async end(): Promise<void> {
    this.#fields[this.#name] = Buffer.concat(this.#pieces).toString("utf8");
  }
}

class FileSink implements Sink {
  readonly name: string;
  readonly path: string;
  readonly #handle: FileHandle;
  #open = true;
  constructor(name: string, path: string, handle: FileHandle) {
    this.name = name;
    this.path = path;
    this.#handle = handle;
  }
  static async open(folder: string, name: string): Promise<FileSink> {
    const path = join(folder, `upload${endingOf(name)}`);
    return new FileSink(name, path, await open(path, "wx", 0o600));
  }
  async write(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      written += (await this.#handle.write(bytes, written, bytes.length - written)).bytesWritten;
    }
  }
  async end(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}

/** The last segment of whatever path a browser sent, without control characters; never used as a path. */
export function plainName(given: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const name = (given.split(/[\\/]/).at(-1) ?? "").replace(/[\u0000-\u001f\u007f]/g, "").trim();
  return name === "" || name === "." || name === ".." ? "upload.csv" : name.slice(0, 200);
}

/** `.csv`, `.xes.gz`: up to two plain endings, so that a reader can tell the format. */
function endingOf(name: string): string {
  return /(?:\.[a-z0-9]{1,8}){1,2}$/i.exec(name)?.[0].toLowerCase() ?? "";
}

async function* limited(body: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > limit) throw new BodyTooLargeError(limit);
    yield bytes;
  }
}
