/** `--log`: a file, imported when it is not stored yet, or the name of a stored log. */
import type { Person } from "../contract.ts";
import type { Connection } from "./connection.ts";
import { FileUnreadableError } from "./errors.ts";
import { fileName, isFile, isFolder, looksLikeFile } from "./files.ts";

export interface LogResolver {
  /** The id or name that the service knows; the same file is imported once. */
  resolve(log: string, person: Person | null): Promise<string>;
}

export function createLogResolver(connection: Connection, zone: string | undefined): LogResolver {
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
      const known = imported.get(log) ?? importFile(connection, log, person, zone);
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
): Promise<string> {
  const name = fileName(path);
  const stored = await connection.importLog({ person, name, path, ...(zone === undefined ? {} : { zone }) });
  return stored.id;
}
