/** `--log`: a file, imported when it is not stored yet, or the name of a stored log. */
import type { Person } from "../contract.ts";
import type { Connection } from "./connection.ts";
import { FileUnreadableError } from "./errors.ts";
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

export function createLogResolver(
  connection: Connection,
  zone: string | undefined,
  watcher: Watcher,
): LogResolver {
  const imported = new Map<string, Promise<string>>();
  return {
    async resolve(log, person) {
      if (!(await isFile(log))) {
        if (looksLikeFile(log)) {
          const code = (await isFolder(log)) ? "EISDIR" : "ENOENT";
          throw new FileUnreadableError(log, Object.assign(new Error(), { code }));
        }
        return log;
      }
      const known = imported.get(log) ?? importFile(connection, log, person, zone, watcher);
      imported.set(log, known);
      return known;
    },
  };
}

async function importFile(
  connection: Connection,
  path: string,
  person: Person | null,
  zone: string | undefined,
  { terminal, signal }: Watcher,
): Promise<string> {
  const request = { person, name: fileName(path), path, signal, ...(zone === undefined ? {} : { zone }) };
  const stored = await withProgress(terminal, (onProgress) =>
    connection.importLog({ ...request, onProgress }),
  );
  return stored.id;
}
