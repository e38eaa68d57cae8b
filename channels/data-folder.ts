/** What lies where in the data folder (`--data`). */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MillwrightError } from "../errors.ts";

export interface DataFolder {
  readonly root: string;
  /** The embedded database; its lock is inside. */
  readonly database: string;
  /** One file a log and part. */
  readonly logs: string;
  /** The ledger's head, outside the database that holds the ledger. */
  readonly ledgerHead: string;
  /** Which file became which log. */
  readonly imports: string;
  /** What the sample processes' ticket system keeps. */
  readonly tickets: string;
  /** The last run of the evals that was asked for in a conversation. */
  readonly evals: string;
  /** The secret of the running server, readable by its OS user only. */
  readonly secret: string;
  /** Key of the pseudonyms that hosted models see instead of people. */
  readonly pseudonymKey: string;
}

export function dataFolder(data: string): DataFolder {
  const root = resolve(data);
  return {
    root,
    database: join(root, "database"),
    logs: join(root, "logs"),
    ledgerHead: join(root, "ledger-head.json"),
    imports: join(root, "imports.json"),
    tickets: join(root, "tickets.json"),
    evals: join(root, "evals", "latest.json"),
    secret: join(root, "server.secret"),
    pseudonymKey: join(root, "pseudonym.key"),
  };
}

export class SecretUnreadableError extends MillwrightError {
  constructor(file: string, cause: unknown) {
    super(
      "secret-unreadable",
      403,
      "A server of another user, or one that is just stopping, holds the database.",
      { file, remedy: "Use an API token of that server, or another folder with --data." },
      { cause },
    );
  }
}

/**
 * Writes a new secret beside the lock and returns it. It lives as long as the server: whoever can read the file is the
 * OS user that runs it, and no page in a browser can.
 */
export async function writeSecret(folder: DataFolder): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  await mkdir(folder.root, { recursive: true });
  const temporary = `${folder.secret}.${process.pid}.new`;
  await rm(temporary, { force: true });
  await writeFile(temporary, secret, { mode: 0o600, flag: "wx" });
  await rename(temporary, folder.secret);
  return secret;
}

export async function readSecret(folder: DataFolder): Promise<string> {
  try {
    return await readFile(folder.secret, "utf8");
  } catch (error) {
    throw new SecretUnreadableError(folder.secret, error);
  }
}

export async function removeSecret(folder: DataFolder, secret: string): Promise<void> {
  const current = await readFile(folder.secret, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (current === secret) await rm(folder.secret, { force: true });
}

/** The key, made when it is first needed; readable by the OS user only. */
export async function pseudonymKey(folder: DataFolder): Promise<Uint8Array> {
  await mkdir(folder.root, { recursive: true });
  try {
    await writeFile(folder.pseudonymKey, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return Buffer.from(await readFile(folder.pseudonymKey, "utf8"), "base64url");
}
