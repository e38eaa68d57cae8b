/** A log as a file of any format that can be written. */
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, rename, rm, stat } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { MillwrightError } from "../../errors.ts";
import type { WrittenLog } from "./core/log-fields.ts";
import type { ObjectCentricLog } from "./core/ocel.ts";
import { writeOcelJson } from "./core/ocel-json.ts";
import { ocelOfLog } from "./core/ocel-of-log.ts";
import { writeOcelXml } from "./core/ocel-xml.ts";
import type { TextSink } from "./core/text-sink.ts";
import { writeCsv, writeSpreadsheetCsv } from "./core/write-csv.ts";
import { writeJsonLines } from "./core/write-jsonl.ts";
import { writeXes } from "./core/write-xes.ts";

export const EXPORT_FORMATS = [
  "xes",
  "csv",
  "spreadsheet",
  "jsonl",
  "parquet",
  "ocel",
  "ocel-xml",
  "ocel-sqlite",
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a file of a format is called, and what it is over HTTP. */
export const FILES: Readonly<Record<ExportFormat, { readonly ending: string; readonly mediaType: string }>> =
  {
    xes: { ending: ".xes", mediaType: "application/xml" },
    csv: { ending: ".csv", mediaType: "text/csv; charset=utf-8" },
    spreadsheet: { ending: ".csv", mediaType: "text/csv; charset=utf-8" },
    jsonl: { ending: ".jsonl", mediaType: "application/x-ndjson" },
    parquet: { ending: ".parquet", mediaType: "application/vnd.apache.parquet" },
    ocel: { ending: ".jsonocel", mediaType: "application/json" },
    "ocel-xml": { ending: ".xmlocel", mediaType: "application/xml" },
    "ocel-sqlite": { ending: ".sqlite", mediaType: "application/vnd.sqlite3" },
  };

export interface ExportOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string, share: number | null) => void;
  /** Packs text formats. */
  readonly gzip?: boolean;
}

export class FileExistsError extends MillwrightError {
  constructor(file: string) {
    super("file-exists", 409, "There is a file of this name already.", {
      file,
      remedy: "Choose another name, or overwrite it with --force.",
    });
  }
}

type TextFormat = Exclude<ExportFormat, "parquet" | "ocel-sqlite">;
const TEXT_WRITERS: Readonly<Record<TextFormat, (log: WrittenLog, sink: TextSink) => Promise<void>>> = {
  xes: writeXes,
  csv: writeCsv,
  spreadsheet: writeSpreadsheetCsv,
  jsonl: writeJsonLines,
  ocel: (log, sink) => writeOcelJson(ocelOfLog(log), sink),
  "ocel-xml": (log, sink) => writeOcelXml(ocelOfLog(log), sink),
};

/** Writes the log to `path`, which must not be there yet. What a failure leaves there is the caller's to remove. */
export async function writeLogFile(
  log: WrittenLog,
  format: ExportFormat,
  path: string,
  options: ExportOptions = {},
): Promise<void> {
  const { signal, onProgress } = options;
  const progress = (share: number | null) => onProgress?.("Writing the log", share);
  if (format === "parquet") {
    const { writeParquet } = await import("./write-parquet.ts");
    return writeParquet(log, path, { onProgress: progress, ...(signal ? { signal } : {}) });
  }
  if (format === "ocel-sqlite") return writeSqlite(ocelOfLog(log), path, signal);
  await writeText(path, options, (sink) => TEXT_WRITERS[format](log, sink));
}

async function writeSqlite(log: ObjectCentricLog, path: string, signal?: AbortSignal): Promise<void> {
  const { writeOcelSqlite } = await import("./ocel-sqlite.ts");
  writeOcelSqlite(log, path, signal);
}

/** An object-centric log as it is, without choosing a type of objects. */
export async function writeOcelFile(
  log: ObjectCentricLog,
  format: "ocel" | "ocel-xml" | "ocel-sqlite",
  path: string,
  options: ExportOptions = {},
): Promise<void> {
  if (format === "ocel-sqlite") return writeSqlite(log, path, options.signal);
  const write = format === "ocel" ? writeOcelJson : writeOcelXml;
  await writeText(path, options, (sink) => write(log, sink));
}

async function writeText(
  path: string,
  { gzip, signal, onProgress }: ExportOptions,
  use: (sink: TextSink) => Promise<void>,
): Promise<void> {
  const file = createWriteStream(path, { flags: "wx" });
  const entry = gzip === true ? createGzip() : file;
  if (entry !== file) entry.pipe(file);
  const done = finished(file);
  // A failure is met where `done` is awaited, which may be later than it happens.
  done.catch(() => undefined);
  file.on("error", (error) => entry.destroy(error));
  try {
    await use((text, share) => {
      signal?.throwIfAborted();
      onProgress?.("Writing the log", share ?? null);
      return new Promise((resolve, reject) => {
        entry.write(text, (error) => (error ? reject(error) : resolve()));
      });
    });
    entry.end();
    await done;
  } catch (error) {
    entry.destroy();
    file.destroy();
    throw error;
  }
}

/**
 * Lets `write` make a file beside `target` and gives it that name when it is complete. A file that is there is replaced
 * only with `force`; a failure or a stop leaves everything as it was.
 */
export async function writeWholeFile(
  target: string,
  force: boolean,
  write: (path: string) => Promise<void>,
): Promise<void> {
  if (!force && (await exists(target))) throw new FileExistsError(target);
  const partial = `${target}.${randomUUID().slice(0, 8)}.partial`;
  try {
    await write(partial);
    if (force) await rename(partial, target);
    else await link(partial, target).catch((cause: unknown) => throwExisting(target, cause));
  } finally {
    await rm(partial, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

function throwExisting(target: string, cause: unknown): never {
  if ((cause as NodeJS.ErrnoException).code === "EEXIST") throw new FileExistsError(target);
  throw cause;
}
