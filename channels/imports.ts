/**
 * Which file became which log, so that asking about the same file again does not store it again. Known by content, name
 * and how it was read; kept beside the database.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import type { LogSummary } from "../agent/service.ts";
import type { ImportRequest } from "./millwright.ts";

export interface ImportMemory {
  /** The stored log of this very file, or what `importing` makes of it. */
  once(
    request: ImportRequest,
    stored: () => Promise<readonly LogSummary[]>,
    importing: () => Promise<LogSummary>,
  ): Promise<LogSummary>;
}

/** Remembers in a JSON file: key → id of the log. */
export function createImportMemory(file: string): ImportMemory {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = turn.then(work, work);
    turn = next;
    return next;
  };
  return {
    once: (request, stored, importing) =>
      inTurn(async () => {
        const key = await keyOf(request);
        const known = await readKnown(file);
        const log = (await stored()).find(({ id }) => id === known[key]);
        if (log) return log;
        const imported = await importing();
        await writeKnown(file, { ...known, [key]: imported.id });
        return imported;
      }),
  };
}

async function keyOf({ path, name, mapping, zone }: ImportRequest): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([name, zone ?? null, Object.entries(mapping ?? {}).sort()]));
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest("hex");
}

type Known = Readonly<Record<string, string>>;

async function readKnown(file: string): Promise<Known> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Known;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}

async function writeKnown(file: string, known: Known): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(known), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
