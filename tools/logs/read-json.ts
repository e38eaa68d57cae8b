/** Events as JSON lines or as a JSON array of objects. */
import type { ByteSource } from "./byte-source.ts";
import { ChunkSink } from "./chunk-sink.ts";
import { JsonTable } from "./core/json-log.ts";
import { JsonRecords } from "./core/json-records.ts";
import { logOfTable, type TableLog, type TableSettings } from "./core/table-log.ts";

export async function readJson(source: ByteSource, settings: TableSettings) {
  const table = new JsonTable();
  const records = new JsonRecords((record, line) => table.add(record, line));
  await source.feed(new ChunkSink((chunk) => records.push(chunk)));
  records.finish();
  const read: TableLog = logOfTable(table.finish(records.list), settings);
  return { ...read, format: records.list ? ("json" as const) : ("jsonl" as const) };
}
