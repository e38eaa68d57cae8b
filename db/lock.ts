/**
 * One process at a time in an embedded database's folder. `<folder>/lock` says who: pid, when it started, and the
 * address of its server, so that a second command can talk to it instead. A dead process's lock is taken over.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MillwrightError } from "../errors.ts";

export interface LockHolder {
  readonly pid: number;
  /** The kernel's start time of that process, which tells it from a later one with the same pid; "" where unknown. */
  readonly started: string;
  /** Where its server listens; null while it has none. */
  readonly address: string | null;
  readonly token: string;
}

export class DatabaseLockedError extends MillwrightError {
  readonly pid: number;
  readonly address: string | null;
  constructor(folder: string, holder: LockHolder) {
    const where = holder.address === null ? "" : ` and listens at ${holder.address}`;
    super("database-locked", 409, `${folder} is in use by process ${holder.pid}, which still runs${where}.`, {
      file: folder,
      remedy: "Stop that process, talk to its server, or choose another folder with --data.",
    });
    this.pid = holder.pid;
    this.address = holder.address;
  }
}

export interface FolderLock {
  updateAddress(address: string | null): Promise<void>;
  release(): Promise<void>;
}

const lockPath = (folder: string): string => join(folder, "lock");

/** @throws DatabaseLockedError when a living process has the folder. */
export async function lockFolder(folder: string, address: string | null): Promise<FolderLock> {
  await mkdir(folder, { recursive: true });
  const path = lockPath(folder);
  let own: LockHolder = { pid: process.pid, started: startOf(process.pid), address, token: randomUUID() };
  const holder = await acquire(path, own);
  if (holder !== null) throw new DatabaseLockedError(folder, holder);
  return {
    async updateAddress(changed) {
      own = { ...own, address: changed };
      await replace(path, own);
    },
    async release() {
      const current = await readHolder(path);
      if (current?.token === own.token) await rm(path, { force: true });
    },
  };
}

/** Who has the folder, if that process lives. */
export async function folderHolder(folder: string): Promise<LockHolder | null> {
  const holder = await readHolder(lockPath(folder));
  return holder !== null && isAlive(holder) ? holder : null;
}

/**
 * Makes the lock file, whole or not at all (`link` fails when it is there). A dead holder's file may be replaced only by
 * the one process that holds the right to do so, which is a lock file of its own, named after the dead holder's token.
 * Returns the living holder, or null when the lock is ours.
 */
async function acquire(path: string, own: LockHolder): Promise<LockHolder | null> {
  for (;;) {
    if (await create(path, own)) return null;
    const holder = await readHolder(path);
    if (holder === null) continue;
    if (isAlive(holder)) return holder;
    const right = `${path}.${holder.token}`;
    const rival = await acquire(right, own);
    if (rival !== null) return rival;
    try {
      if ((await readHolder(path))?.token !== holder.token) continue;
      await replace(path, own);
      return null;
    } finally {
      await rm(right, { force: true });
    }
  }
}

async function create(path: string, own: LockHolder): Promise<boolean> {
  const temporary = await writeTemporary(path, own);
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function replace(path: string, own: LockHolder): Promise<void> {
  await rename(await writeTemporary(path, own), path);
}

async function writeTemporary(path: string, own: LockHolder): Promise<string> {
  const temporary = `${path}.${randomUUID()}.new`;
  await writeFile(temporary, `${JSON.stringify(own)}\n`, { mode: 0o600 });
  return temporary;
}

async function readHolder(path: string): Promise<LockHolder | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as LockHolder;
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

function isAlive(holder: LockHolder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if (isCode(error, "ESRCH")) return false;
  }
  const started = startOf(holder.pid);
  return started === "" || holder.started === "" || started === holder.started;
}

/** Field 22 of /proc/<pid>/stat: start in clock ticks since boot (proc(5)); "" where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ESRCH")) return "";
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
