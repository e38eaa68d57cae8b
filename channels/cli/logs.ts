/** `--log`: a file, imported when it is not stored yet, or the name of a stored log. */
import type { Person } from "../contract.ts";
import type { Connection } from "./connection.ts";
import { FileUnreadableError, UsageError } from "./errors.ts";
import { fileName, isFile, isFolder, looksLikeFile } from "./files.ts";
import { type Terminal, withProgress } from "./terminal.ts";

export interface LogResolver {
  /** The id or name that the service knows; the same file is imported once. */
  resolve(log: string, person: Person | null): Promise<string>;
}

/** Who watches an import, and can stop it. */
export interface Watcher {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** How files are read that are not stored yet. */
export interface Reading {
  readonly zone?: string | undefined;
  /** Of an object-centric log: the objects that are the cases. */
  readonly objectType?: string | undefined;
}

export function createLogResolver(connection: Connection, reading: Reading, watcher: Watcher): LogResolver {
  const imported = new Map<string, Promise<string>>();
  return {
    async resolve(log, person) {
      if (!(await isFile(log))) {
        if (looksLikeFile(log)) {
          const code = (await isFolder(log)) ? "EISDIR" : "ENOENT";
          throw new FileUnreadableError(log, Object.assign(new Error(), { code }));
        }
        if (reading.objectType !== undefined) throw new StoredLogError(log);
        return log;
      }
      const known = imported.get(log) ?? importFile(connection, log, person, reading, watcher);
      imported.set(log, known);
      return known;
    },
  };
}

/** A stored log was read when it was stored. */
class StoredLogError extends UsageError {
  constructor(log: string) {
    super(`--object-type says how a file is read, and “${log}” is none: a stored log keeps its cases.`);
  }
}

async function importFile(
  connection: Connection,
  path: string,
  person: Person | null,
  { zone, objectType }: Reading,
  { terminal, signal }: Watcher,
): Promise<string> {
  const request = {
    person,
    name: fileName(path),
    path,
    signal,
    ...(zone === undefined ? {} : { zone }),
    ...(objectType === undefined ? {} : { mapping: { objectType } }),
  };
  const stored = await withProgress(terminal, (onProgress) =>
    connection.importLog({ ...request, onProgress }),
  );
  return stored.id;
}
