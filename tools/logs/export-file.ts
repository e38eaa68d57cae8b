/** Log files as files of another format. Object-centric logs keep all they say where the other format is object-centric too. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { MillwrightError } from "../../errors.ts";
import type { ColumnMapping } from "./core/event-log.ts";
import {
  EXPORT_FORMATS,
  type ExportFormat,
  writeLogFile,
  writeOcelFile,
  writeWholeFile,
} from "./export-log.ts";
import { logName } from "./log-name.ts";
import { readLogFile } from "./read-log.ts";
import { readOcelFile } from "./read-ocel.ts";

export interface ExportFileRequest {
  readonly format?: string;
  readonly target: string;
  readonly force: boolean;
  readonly mapping?: Readonly<Record<string, string | null>>;
  readonly zone?: string;
  readonly onProgress?: (message: string, share: number | null) => void;
  readonly signal?: AbortSignal;
}

export interface ExportedFile {
  readonly file: string;
  readonly format: ExportFormat;
  readonly bytes: number;
}

export class UnknownFormatError extends MillwrightError {
  constructor(given: string) {
    super("export-format", 400, `"${given}" is no format that a log can be written in.`, {
      value: given,
      expected: EXPORT_FORMATS.join(", "),
      remedy: "Name one of these.",
    });
  }
}

const ENDINGS: readonly (readonly [RegExp, ExportFormat])[] = [
  [/\.xes$/i, "xes"],
  [/\.(csv|tsv|txt)$/i, "csv"],
  [/\.(jsonl|ndjson)$/i, "jsonl"],
  [/\.parquet$/i, "parquet"],
  [/\.(jsonocel|json)$/i, "ocel"],
  [/\.(xmlocel|xml)$/i, "ocel-xml"],
  [/\.(sqlite|db)$/i, "ocel-sqlite"],
];

export function exportFormat(format: string | undefined, target = ""): ExportFormat {
  const ending = target.replace(/\.gz$/i, "");
  const found =
    format === undefined
      ? ENDINGS.find(([pattern]) => pattern.test(ending))?.[1]
      : EXPORT_FORMATS.find((known) => known === format);
  if (!found) throw new UnknownFormatError(format ?? basename(target));
  return found;
}

/** Reads a log file and writes it as another. */
export async function exportLogFile(file: string, request: ExportFileRequest): Promise<ExportedFile> {
  return exportTo(request, async (path, format) => {
    const options = optionsOf(request);
    const whole =
      isOcel(format) && !request.mapping ? await readOcelFile(file, request.zone, request.signal) : null;
    if (whole && isOcel(format)) return writeOcelFile(whole.log, format, path, options);
    const { columns, mapping } = await readLogFile(file, {
      name: file,
      ...(request.mapping ? { mapping: request.mapping as Partial<ColumnMapping> } : {}),
      ...(request.zone === undefined ? {} : { zone: request.zone }),
      ...(request.onProgress ? { onProgress: request.onProgress } : {}),
      ...(request.signal ? { signal: request.signal } : {}),
    });
    const plain =
      format === "csv" || format === "spreadsheet" ? { ...mapping, ...separatorOf(request.target) } : mapping;
    return writeLogFile({ name: logName(file), columns, mapping: plain }, format, path, options);
  });
}

const isOcel = (format: ExportFormat): format is "ocel" | "ocel-xml" | "ocel-sqlite" =>
  format.startsWith("ocel");
const separatorOf = (target: string) => (/\.tsv(\.gz)?$/i.test(target) ? { separator: "\t" } : {});

const optionsOf = ({ onProgress, signal, target }: ExportFileRequest) => ({
  gzip: /\.gz$/i.test(target),
  ...(onProgress ? { onProgress } : {}),
  ...(signal ? { signal } : {}),
});

/** Lets `write` fill a file beside the target, which becomes the target when it is complete. */
export async function exportTo(
  { format, target, force }: ExportFileRequest,
  write: (path: string, format: ExportFormat) => Promise<unknown>,
): Promise<ExportedFile> {
  const chosen = exportFormat(format, target);
  await writeWholeFile(target, force, async (path) => {
    await write(path, chosen);
  });
  return { file: target, format: chosen, bytes: (await stat(target)).size };
}
