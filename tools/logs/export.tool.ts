import { z } from "zod";
import {
  type Fact,
  type OpenLog,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { log } from "../inputs.ts";
import { EVENT_ID } from "./core/flatten.ts";
import type { Vocabulary } from "./core/profile.ts";
import { EXPORT_FORMATS, type ExportFormat, FILES } from "./export-log.ts";

/** The formats by the words people have for them, a CSV for whoever opens it by a click; `sqlite` stands before `ocel`: "the OCEL as SQLite". */
const FORMATS = ["xes", "csv", "jsonl", "json", "parquet", "sqlite", "ocel"] as const;
const FORMAT_OF: Readonly<Record<(typeof FORMATS)[number], ExportFormat>> = {
  xes: "xes",
  csv: "spreadsheet",
  jsonl: "jsonl",
  json: "jsonl",
  parquet: "parquet",
  sqlite: "ocel-sqlite",
  ocel: "ocel",
};

const Input = z.object({
  log,
  format: z.enum(FORMATS).default("xes").meta({
    description: "The file's format; `ocel` is OCEL 2.0 as JSON, `sqlite` as SQLite, `json` as lines",
  }),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly file: string;
  readonly format: ExportFormat;
  readonly type: string;
  /** Where the file is made and fetched; nothing is written before. */
  readonly path: string;
}

export default readTool<Input, Data>({
  name: "logs.export",
  version: 1,
  description:
    "The whole event log as a file to download: XES, CSV, JSON lines, Parquet, or OCEL 2.0 as JSON or SQLite. Models are " +
    "files of mining.export-model.",
  examples: {
    en: [
      "export the log as XES",
      "download this log as Parquet",
      "export the log as CSV",
      "download the event log",
      "save the log as JSON lines",
      "export the events as JSONL",
      "give me the raw events as a CSV file",
      "I need the event log as an XES file",
      "download the log as OCEL",
      "export the event log to SQLite",
      "get the data as a Parquet file",
      "an XES of the log for ProM",
    ],
    de: ["exportiere das Log als XES", "das Log als CSV herunterladen"],
    fr: ["exporter le journal en CSV"],
    es: ["exportar el registro como XES"],
  },
  input: Input,
  execute: async (input, context) => exported(input, context, await context.logs.open(input.log)),
  inSql: exported,
});

async function exported(input: Input, context: ToolContext, open: OpenLog): Promise<ToolResult<Data>> {
  const format = FORMAT_OF[input.format];
  const file = `${open.name}${FILES[format].ending}`;
  const path = addressOf(open, format);
  const rows = await rowsOf(format, context, open);
  return {
    data: { file, format, type: FILES[format].mediaType, path },
    facts: [rows],
    views: [filesView(open, format)],
    answer: {
      headline: {
        text: "{log} as {format} has {rows}: download {file} from {path}.",
        values: { log: open.name, format: format === "spreadsheet" ? "csv" : format, rows, file, path },
      },
      figures: [rows],
      assumptions: [{ text: "the whole log, whatever filters are on" }],
      notes: [
        ...(format === "spreadsheet"
          ? [
              {
                text: "Text that a spreadsheet would run as a formula begins with an apostrophe there; the exact file is {path}.",
                values: { path: addressOf(open, "csv") },
              },
            ]
          : []),
        ...(format.startsWith("ocel") && hasEventsOfNoCase(open)
          ? [{ text: "Events of no case are written too, unless the log is a repaired copy or very large." }]
          : []),
        {
          text: "On the command line: {command}",
          values: {
            command: `millwright export ${quoted(open.name)} --format ${format} --to ${quoted(file)}`,
          },
        },
      ],
      next: { label: { text: "See what is in the log" }, ask: `profile ${open.name}` },
    },
  };
}

const addressOf = ({ id }: OpenLog, format: ExportFormat): string =>
  `/v1/logs/${encodeURIComponent(id)}/export?format=${format}`;

/** A word of a shell. */
const quoted = (text: string): string =>
  /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** What the file will hold: a row an event, or in an object-centric file the events that flattening had multiplied. */
async function rowsOf(format: ExportFormat, context: ToolContext, open: OpenLog): Promise<Fact> {
  const joined = format.startsWith("ocel") ? relationOfEventIds(open) : null;
  const sql = joined ? `select count(distinct "${EVENT_ID}") from ${joined}` : "select count(*) from events";
  const { rows } = await open.query(sql);
  const value = Number(rows[0]?.[0]);
  const label = joined ? "different events of cases" : "events of the log";
  return context.fact({
    value,
    unit: "events",
    label: `${label} in the file`,
    log: open.id,
    sql,
    rows: value,
  });
}

/** The columns of a large log must not be reached for. */
const hasEventsOfNoCase = (open: OpenLog): boolean =>
  open.large === undefined && (open.log.flattening?.deficiency.count ?? 0) > 0;

/** Where every case has one event, their ids are an attribute of cases. */
function relationOfEventIds(open: OpenLog): "events" | "cases" | null {
  const of =
    open.large === undefined
      ? { event: open.log.attributes.has(EVENT_ID), case: open.log.caseAttributes.has(EVENT_ID) }
      : ofLarge(open.large.vocabulary as Vocabulary);
  return of.event ? "events" : of.case ? "cases" : null;
}

function ofLarge({ attributes }: Vocabulary) {
  const ids = attributes.filter(({ name }) => name === EVENT_ID);
  return { event: ids.some(({ of }) => of === "event"), case: ids.some(({ of }) => of === "case") };
}

/** Every format with its address, the one that was asked for first. */
function filesView(open: OpenLog, chosen: ExportFormat): View {
  const formats = [chosen, ...EXPORT_FORMATS.filter((format) => format !== chosen)];
  return {
    kind: "table",
    title: `Files of ${open.name}`,
    columns: [
      { key: "format", label: "Format", kind: "text" },
      { key: "file", label: "File", kind: "text" },
      { key: "address", label: "Address", kind: "text" },
    ],
    rows: formats.map((format) => ({
      format,
      file: `${open.name}${FILES[format].ending}`,
      address: addressOf(open, format),
    })),
  };
}
