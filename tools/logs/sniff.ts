/** What a file is, from its first bytes. Its name does not matter. */
import { isAscii } from "node:buffer";
import { LogFileError } from "./core/errors.ts";
import type { LogFormat } from "./core/log-origin.ts";

export interface Sniffed {
  readonly format: LogFormat;
  readonly encoding: "utf-8" | "windows-1252";
}

const OTHER_FORMATS: readonly (readonly [string, string])[] = [
  ["PK\u0003\u0004", "a ZIP archive (perhaps a spreadsheet)"],
  ["%PDF", "a PDF"],
  ["\u00d0\u00cf\u0011\u00e0", "an old Office file"],
];

export function sniff(head: Buffer, whole: boolean): Sniffed {
  const start = head.subarray(0, 64).toString("latin1");
  for (const [magic, name] of OTHER_FORMATS)
    if (start.startsWith(magic)) throw wrongFormat(`this is ${name}`);
  if (start.startsWith("PAR1")) return { format: "parquet", encoding: "utf-8" };
  if (start.startsWith("SQLite format 3")) return { format: "ocel-sqlite", encoding: "utf-8" };
  refuseBinary(head);
  const encoding = isUtf8(head, whole) ? "utf-8" : "windows-1252";
  if (encoding === "windows-1252") refuseUndefined(head);
  const first = head
    .subarray(0, 4096)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart();
  if (first === "") {
    throw new LogFileError("log-empty", "there is nothing but white space in the file", {
      remedy: "Export the log again.",
    });
  }
  if (first.startsWith("<"))
    return { format: xmlFormat(head), encoding: declaredEncoding(first) ?? encoding };
  if (isOcelJson(first)) return { format: "ocel-json", encoding: "utf-8" };
  if (/^(\{\s*["}]|\[\s*[{\]])/.test(first)) return { format: "jsonl", encoding: "utf-8" };
  return { format: "csv", encoding };
}

/** Both have the root <log>; an object-centric one declares or lists objects. */
function xmlFormat(head: Buffer): "xes" | "ocel-xml" {
  const root = head.indexOf("<log");
  if (root < 0) return "xes";
  return /<log\b[^>]*>(\s|<!--[\s\S]*?-->)*<(object-types|event-types|objects|events)\b/.test(
    head.toString("latin1", root),
  )
    ? "ocel-xml"
    : "xes";
}

function isOcelJson(first: string): boolean {
  if (/^\{\s*"ocel:/.test(first)) {
    throw new LogFileError("log-format", "this is OCEL 1.0", {
      expected: "OCEL 2.0",
      remedy: "Convert the log to OCEL 2.0.",
    });
  }
  return /^\{\s*"(objectTypes|eventTypes|objects|events)"\s*:\s*\[/.test(first);
}

const wrongFormat = (what: string): LogFileError =>
  new LogFileError("log-format", `${what}, not an event log that can be read`, {
    expected: "CSV (any separator), XES, JSON lines, Parquet or OCEL 2.0",
    remedy: "Export the log as one of these.",
  });

/** Bytes that no text has: controls but for white space and escape. */
const BINARY = Array.from({ length: 32 }, (_, byte) => byte).filter(
  (byte) => !(byte >= 9 && byte <= 13) && byte !== 27,
);

function refuseBinary(head: Buffer): void {
  if (!BINARY.some((byte) => head.includes(byte))) return;
  const start = head.subarray(0, 1024);
  const zeros = (parity: number) => start.filter((byte, place) => byte === 0 && place % 2 === parity).length;
  if (Math.max(zeros(0), zeros(1)) > start.length * 0.4) {
    throw new LogFileError("log-encoding", "this looks like UTF-16 without a byte order mark", {
      expected: "UTF-8, Windows-1252, or UTF-16 with a byte order mark",
      remedy: "Save the file as UTF-8.",
    });
  }
  throw wrongFormat("this is a binary file");
}

function isUtf8(head: Buffer, whole: boolean): boolean {
  if (isAscii(head)) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

/** Windows-1252 leaves five bytes undefined; text has none of them. */
function refuseUndefined(head: Buffer): void {
  if (!head.some((byte) => byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d))
    return;
  throw new LogFileError("log-encoding", "the text is neither UTF-8 nor Windows-1252", {
    expected: "UTF-8, Windows-1252, or UTF-16 with a byte order mark",
    remedy: "Save the file as UTF-8.",
  });
}

/** The XML declaration's word about the encoding. */
function declaredEncoding(text: string): Sniffed["encoding"] | null {
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1]?.toLowerCase();
  if (declared === undefined || ["utf-8", "utf8", "us-ascii", "ascii", "utf-16"].includes(declared))
    return null;
  if (["iso-8859-1", "latin1", "windows-1252", "cp1252", "iso-8859-15"].includes(declared))
    return "windows-1252";
  throw new LogFileError("log-encoding", `the encoding "${declared}" cannot be read`, {
    line: 1,
    value: declared,
    expected: "UTF-8, UTF-16, ISO-8859-1 or Windows-1252",
    remedy: "Export the log as UTF-8.",
  });
}
