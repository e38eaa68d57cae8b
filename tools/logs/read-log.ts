/** A log file as columns, whatever its format, told apart by content. */
import { basename } from "node:path";
import { type ByteSource, openByteSource } from "./byte-source.ts";
import { withUniqueNames } from "./core/attribute-names.ts";
import { decodeUtf8, decodeWindows1252 } from "./core/byte-dictionary.ts";
import { promoteCaseAttributes } from "./core/case-attributes.ts";
import { LogFileError, notObjectCentric } from "./core/errors.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import type { Finding } from "./core/findings.ts";
import type { Flattening } from "./core/flattening.ts";
import type { MappingHint } from "./core/guess-mapping.ts";
import type { LogFormat } from "./core/log-origin.ts";
import type { TableSettings } from "./core/table-log.ts";
import { XES_ROLES, XesReader, type XesResult, type XesRoles } from "./core/xes.ts";
import { isUtc, localToInstant } from "./core/zones.ts";
import { readCsv } from "./read-csv.ts";
import { feedInTwo, type InTwoOptions } from "./read-in-two.ts";
import { sniff } from "./sniff.ts";

/** One thread or two (of large plain files): by default what is faster; the result is the same. */
export interface ReadLogOptions extends InTwoOptions {
  /** What to call the file in errors; the path's last part by default. */
  readonly name?: string;
  /** Roles that are not to be guessed. `null` or `"none"`: the log has no such column. */
  readonly mapping?: Partial<ColumnMapping>;
  /** IANA zone for times that carry none; UTC by default. */
  readonly zone?: string;
  /** `false` reads only the columns with a role. */
  readonly attributes?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string, share: number | null) => void;
}

export interface ReadLog {
  readonly columns: LogColumns;
  readonly mapping: ColumnMapping;
  /** What was odd about the file itself; `findQuality` adds what is odd about the log. */
  readonly findings: Finding[];
  readonly format: LogFormat;
  /** Of an object-centric log: what was lost by reading it by one type of objects. */
  readonly flattening?: Flattening;
}

/** Reads all of a file or throws a `LogFileError` that names file, line and column. */
export async function readLogFile(path: string, options: ReadLogOptions = {}): Promise<ReadLog> {
  try {
    const { onProgress, signal } = options;
    const source = await openByteSource(path, {
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress: (share) => onProgress("Reading the log", share) } : {}),
    });
    const { format, encoding } = sniff(source.head, source.whole);
    if (options.mapping?.objectType !== undefined && !format.startsWith("ocel"))
      throw notObjectCentric(options.mapping.objectType, format);
    const read = await readAs(format, { path, source, encoding }, options);
    const columns = options.attributes === false ? read.columns : promoteCaseAttributes(read.columns);
    return { ...read, columns: withUniqueNames(columns) };
  } catch (error) {
    throw error instanceof LogFileError ? error.in(options.name ?? basename(path)) : error;
  }
}

type Encoding = "utf-8" | "windows-1252";
type Parts = Omit<ReadLog, "format">;

interface Opened {
  readonly path: string;
  readonly source: ByteSource;
  readonly encoding: Encoding;
}

async function readAs(
  format: LogFormat,
  { path, source, encoding }: Opened,
  options: ReadLogOptions,
): Promise<ReadLog> {
  switch (format) {
    case "xes":
      return { ...(await readXes(source, options, encoding)), format };
    case "csv":
      return { ...(await readSeparated(source, options, encoding)), format };
    case "parquet": {
      const { readParquet } = await import("./read-parquet.ts");
      const { signal, onProgress } = options;
      const table = await readParquet(path, tableSettings(options), {
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress: (share) => onProgress("Reading the log", share) } : {}),
      });
      return { ...table, format };
    }
    case "ocel-json":
    case "ocel-xml":
    case "ocel-sqlite": {
      const [{ readOcel }, { flatten }] = await Promise.all([
        import("./read-ocel.ts"),
        import("./core/flatten.ts"),
      ]);
      const { mapping, zone = "UTC", attributes } = options;
      const { log, local } = await readOcel(format, path, source, zone, encoding);
      const { objectType } = mapping ?? {};
      const flat = flatten(log, {
        format,
        zone,
        attributes: attributes !== false,
        ...(objectType === undefined ? {} : { objectType }),
      });
      const note = `times carry no zone; read in ${zone}`;
      const findings: Finding[] =
        local > 0 ? [{ kind: "zone", count: local, example: { column: "time", note } }] : [];
      return { ...flat, findings, format };
    }
    default: {
      const { readJson } = await import("./read-json.ts");
      return readJson(source, tableSettings(options));
    }
  }
}

function tableSettings({ mapping, zone = "UTC", attributes }: ReadLogOptions): TableSettings {
  const toInstant = localToInstant(zone);
  return { hint: hintOf(mapping), zone, toInstant, attributes: attributes !== false };
}

function readSeparated(source: ByteSource, options: ReadLogOptions, encoding: Encoding): Promise<Parts> {
  const zone = options.zone ?? "UTC";
  const { separator } = options.mapping ?? {};
  return readCsv(source, {
    hint: hintOf(options.mapping),
    ...(separator ? { separator } : {}),
    encoding,
    zone,
    toInstant: localToInstant(zone),
    attributes: options.attributes !== false,
    inTwo: options,
  });
}

const ROLES = ["case", "activity", "timestamp", "start", "resource", "lifecycle", "instance"] as const;

function hintOf(mapping: Partial<ColumnMapping> = {}): MappingHint {
  return Object.fromEntries(
    ROLES.flatMap((role) => (mapping[role] === undefined ? [] : [[role, mapping[role]]])),
  );
}

async function readXes(source: ByteSource, options: ReadLogOptions, encoding: Encoding): Promise<Parts> {
  const zone = options.zone ?? "UTC";
  const roles = xesRoles(options.mapping);
  const wanted = options.attributes === false ? "roles" : "all";
  const reader = new XesReader({
    roles,
    columns: wanted,
    ...(isUtc(zone) ? {} : { toInstant: localToInstant(zone) }),
    decode: encoding === "utf-8" ? decodeUtf8 : decodeWindows1252,
    share: () => source.share,
  });
  const request = { format: "xes", roles, columns: wanted, encoding, zone } as const;
  await feedInTwo(source, reader, { text: "<trace", skip: 0 }, request, options);
  const result = reader.finish();
  return {
    columns: result.columns,
    mapping: xesMapping(roles, result, zone),
    findings: xesFindings(roles, result, zone),
  };
}

function xesRoles(mapping: Partial<ColumnMapping> = {}): XesRoles {
  const given = (role: keyof XesRoles): string | null => {
    const key = mapping[role];
    return key === undefined ? XES_ROLES[role] : key === "none" ? null : key;
  };
  return {
    activity: given("activity") ?? XES_ROLES.activity,
    timestamp: given("timestamp"),
    start: given("start"),
    resource: given("resource"),
    lifecycle: given("lifecycle"),
    instance: given("instance"),
  };
}

function xesMapping(roles: XesRoles, { present }: XesResult, zone: string): ColumnMapping {
  const role = (name: keyof XesRoles) => (present.has(name) ? roles[name] : null);
  const reasons: Record<string, string> = { case: "one case for each <trace>" };
  for (const name of present) if (roles[name] === XES_ROLES[name]) reasons[name] = "the standard's key";
  return {
    case: "concept:name",
    activity: roles.activity,
    timestamp: role("timestamp"),
    start: role("start"),
    resource: role("resource"),
    lifecycle: role("lifecycle"),
    instance: role("instance"),
    zone,
    reasons,
  };
}

function xesFindings(roles: XesRoles, { zoned, local, orphans }: XesResult, zone: string): Finding[] {
  const findings: Finding[] = [];
  if (local > 0) {
    const note = zoned > 0 ? "some times carry a zone and some do not" : "times carry no zone";
    findings.push({
      kind: "zone",
      count: local,
      example: { column: roles.timestamp ?? "", note: `${note}; read in ${zone}` },
    });
  }
  if (orphans > 0) {
    findings.push({
      kind: "missing",
      count: orphans,
      example: { note: "events outside of any trace belong to no case and are left out" },
    });
  }
  return findings;
}
