/** Reads a range of a large file on its own (the work of the second thread). */
import { feedRange } from "./byte-source.ts";
import { decodeUtf8, decodeWindows1252 } from "./core/byte-dictionary.ts";
import { LogFileError } from "./core/errors.ts";
import { PartError } from "./core/part.ts";
import { type XesPart, XesReader, type XesRoles } from "./core/xes.ts";
import { isUtc, localToInstant } from "./core/zones.ts";
import { type CsvPart, CsvPartReader, type CsvPlan } from "./read-csv-part.ts";

export type PartRequest = {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly encoding: "utf-8" | "windows-1252";
  readonly zone: string;
} & (
  | { readonly format: "xes"; readonly roles: XesRoles; readonly columns: "all" | "roles" }
  | { readonly format: "csv"; readonly plan: CsvPlan }
);

/** The part's columns; null where only the reader of the whole can read it, or meets what is wrong with it. */
export async function readPart(request: PartRequest): Promise<CsvPart | XesPart | null> {
  try {
    return await read(request);
  } catch (error) {
    if (error instanceof LogFileError || error instanceof PartError) return null;
    throw error;
  }
}

async function read(request: PartRequest): Promise<CsvPart | XesPart> {
  const { path, from, to, zone } = request;
  const decode = request.encoding === "utf-8" ? decodeUtf8 : decodeWindows1252;
  const toInstant = isUtc(zone) ? null : localToInstant(zone);
  const share = { now: 0 };
  const settings = { decode, toInstant, share: () => share.now };
  const reader =
    request.format === "xes"
      ? new XesReader({ ...settings, roles: request.roles, columns: request.columns, part: true })
      : new CsvPartReader(request.plan, settings);
  await feedRange(path, reader, { from, to }, (at) => {
    share.now = (at - from) / (to - from);
  });
  return reader.part();
}
