/**
 * The logs of the benchmark: bpic2012 and a generated million of events, as ../shared/data has them; where it is missing,
 * a million events of our own loan sample. Files are made once, in `bench/out`.
 */
import { execFileSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, renameSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { casesForEvents, csvLines, xesLines } from "../tools/logs/samples/generate.ts";

export const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const GENERATOR = here("../../shared/data/peers/gen_loan.py");
export const shared = (path: string): string => here(`../../shared/data/${path}`);

export interface Log {
  readonly name: string;
  readonly file: string;
}

/** Null where ../shared/data is missing. */
export const bpic2012 = (): Log | null => {
  const file = shared("logs/bpic2012.xes.gz");
  return existsSync(file) ? { name: "bpic2012 (XES, gzipped)", file } : null;
};

/** A log of `millions` of events. */
export async function generated(millions: number, format: "csv" | "xes"): Promise<Log> {
  mkdirSync(here("out"), { recursive: true });
  const ours = !existsSync(GENERATOR);
  const file = here(`out/${ours ? "sample" : "loan"}_${millions}m.${format}`);
  if (!existsSync(file)) await (ours ? ownSample : sharedGenerator)(millions, format, file);
  const events = (millions * 1_000_000).toLocaleString("en");
  return { name: `${ours ? "loan sample" : "loan"}, ${events} events (${format.toUpperCase()})`, file };
}

/** The file gets its name when it is whole. */
async function sharedGenerator(millions: number, format: string, file: string): Promise<void> {
  const part = `${file}.part`;
  const events = String(millions * 1_000_000);
  execFileSync("python3", [GENERATOR, "--events", events, "--format", format, "--output", part]);
  renameSync(part, file);
}

async function ownSample(millions: number, format: "csv" | "xes", file: string): Promise<void> {
  const options = { cases: casesForEvents("loan", millions * 1_000_000) };
  const lines = format === "csv" ? csvLines("loan", options) : xesLines("loan", options);
  await pipeline(Readable.from(lines), createWriteStream(`${file}.part`));
  renameSync(`${file}.part`, file);
}
