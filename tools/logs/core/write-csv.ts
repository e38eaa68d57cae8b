/** A log as separated text (RFC 4180), UTF-8: a row an event in the order of the file, instants in ISO 8601, UTC. */
import { withoutFormula } from "./formula.ts";
import { placeOf, rowFields, textOf, type WrittenLog } from "./log-fields.ts";
import { type TextSink, writeRows } from "./text-sink.ts";

export const writeCsv = (log: WrittenLog, sink: TextSink): Promise<void> => write(log, sink, (text) => text);

/** The same for people who open it in a spreadsheet: no cell of it runs as a formula. Other cells are as they are. */
export const writeSpreadsheetCsv = (log: WrittenLog, sink: TextSink): Promise<void> =>
  write(log, sink, withoutFormula);

async function write(log: WrittenLog, sink: TextSink, shown: (text: string) => string): Promise<void> {
  const separator = log.mapping.separator ?? ",";
  const fields = rowFields(log);
  const { codes } = log.columns.case;
  const needsQuotes = new RegExp(`["\\r\\n${separator === "|" ? "\\|" : separator}]|^\\s|\\s$`);
  const quoted = (given: string) => {
    const text = shown(given);
    return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  // A text is looked at once, however many rows have it.
  const cells = fields.map(({ column }) => (column.kind === "text" ? column.dictionary.map(quoted) : null));
  const cell = (at: number, row: number): string => {
    const field = fields[at] as (typeof fields)[number];
    const ownCase = codes[row] as number;
    const place = placeOf(field, row, ownCase);
    if (place < 0) return "";
    if (field.column.kind === "text") return cells[at]?.[field.column.codes[place] as number] ?? "";
    return quoted(textOf(field, row, ownCase) ?? "");
  };
  await sink(`${fields.map(({ path }) => quoted(path.join("."))).join(separator)}\r\n`);
  await writeRows(log.columns.rows, sink, (row) => {
    const line = fields.map((_, at) => cell(at, row)).join(separator);
    return `${line}\r\n`;
  });
}
