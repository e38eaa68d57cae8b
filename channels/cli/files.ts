/** Files that are named on the command line. Errors name them as they were given. */
import type { Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { FileFormatError, FileUnreadableError } from "./errors.ts";

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new FileUnreadableError(file, error);
  }
}

export async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FileFormatError(file, `This is not JSON: ${(error as Error).message}.`);
  }
}

/** The array of a `--kpis` file. */
export async function readKpis(file: string): Promise<readonly unknown[]> {
  const kpis = await readJson(file);
  if (Array.isArray(kpis)) return kpis;
  throw new FileFormatError(file, "An array of KPIs is expected.");
}

export const isFile = async (path: string): Promise<boolean> => (await found(path))?.isFile() ?? false;
export const isFolder = async (path: string): Promise<boolean> => (await found(path))?.isDirectory() ?? false;

/** Names that no file system takes are names of no file. */
const nowhere: readonly unknown[] = ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"];

async function found(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && nowhere.includes(error.code)) return null;
    throw new FileUnreadableError(path, error);
  }
}

export const fileName = (path: string): string => basename(path);

/** Whether a name can only be meant as a file: it is a path, or has an ending that logs have. */
export const looksLikeFile = (name: string): boolean =>
  /[\\/]|^\.+$/.test(name) ||
  /\.(csv|tsv|txt|xes|gz|json|jsonl|ndjson|parquet|jsonocel|xmlocel|xml|sqlite|db)$/i.test(name);
