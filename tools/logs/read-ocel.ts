/** Object-centric logs (OCEL 2.0) from JSON, XML and SQLite files. */
import { type ByteSource, openByteSource } from "./byte-source.ts";
import { ChunkSink } from "./chunk-sink.ts";
import { decodeUtf8, decodeWindows1252 } from "./core/byte-dictionary.ts";
import { LogFileError } from "./core/errors.ts";
import { type ObjectCentricLog, OcelTimes } from "./core/ocel.ts";
import { ocelOfJson } from "./core/ocel-json.ts";
import { ocelOfXml } from "./core/ocel-xml.ts";
import { localToInstant } from "./core/zones.ts";
import { sniff } from "./sniff.ts";

export type OcelFormat = "ocel-json" | "ocel-xml" | "ocel-sqlite";

/** The longest text that a string holds is not much more. */
const MOST_BYTES = 400 << 20;

export interface OcelRead {
  readonly log: ObjectCentricLog;
  /** Times without a zone. */
  readonly local: number;
}

export async function readOcel(
  format: OcelFormat,
  path: string,
  source: ByteSource,
  zone: string,
  encoding: "utf-8" | "windows-1252",
): Promise<OcelRead> {
  const times = new OcelTimes(localToInstant(zone));
  if (format === "ocel-sqlite") {
    const { readOcelSqlite } = await import("./ocel-sqlite.ts");
    return { log: readOcelSqlite(path, times), local: times.local };
  }
  const bytes = await allBytes(source);
  const text = (encoding === "utf-8" ? decodeUtf8 : decodeWindows1252)(bytes).replace(/^\ufeff/, "");
  const log = format === "ocel-json" ? ocelOfJson(text, times) : ocelOfXml(text, times);
  return { log, local: times.local };
}

async function allBytes(source: ByteSource): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  await source.feed(
    new ChunkSink((chunk) => {
      length += chunk.length;
      if (length > MOST_BYTES) throw tooLarge();
      pieces.push(Buffer.from(chunk));
    }),
  );
  return Buffer.concat(pieces);
}

const tooLarge = (): LogFileError =>
  new LogFileError("log-oversized", `an object-centric log of more than ${MOST_BYTES >> 20} MiB of text`, {
    expected: `at most ${MOST_BYTES >> 20} MiB`,
    remedy: "Export it as SQLite (OCEL 2.0), which has no such limit.",
  });

/** The whole of an object-centric log; null where the file holds another kind of log. */
export async function readOcelFile(
  path: string,
  zone = "UTC",
  signal?: AbortSignal,
): Promise<OcelRead | null> {
  const source = await openByteSource(path, signal ? { signal } : {});
  const { format, encoding } = sniff(source.head, source.whole);
  if (format !== "ocel-json" && format !== "ocel-xml" && format !== "ocel-sqlite") return null;
  return readOcel(format, path, source, zone, encoding);
}
