/**
 * Opens PGlite with pgvector. A cold start (initdb and all migrations) takes seconds, so the state right after them is
 * kept as a dump in node_modules/.cache, under the hash of everything that made it, and later starts load it.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { migrate, migrationsFolder } from "../migrate.ts";
import { pglitePool } from "./pool.ts";

const cacheFolder = fileURLToPath(new URL("../../node_modules/.cache/millwright/", import.meta.url));
const packages = ["@electric-sql/pglite", "@electric-sql/pglite-pgvector"];

/** A migrated database in memory. */
export async function openMemory(): Promise<PGlite> {
  return start({ loadDataDir: await preparedDump() });
}

/**
 * The migrated database of a folder. A first start that was killed half-way leaves no mark, and is begun again: nobody
 * has written to it yet.
 */
export async function openFolder(folder: string): Promise<PGlite> {
  const dataDir = join(folder, "postgres");
  const mark = join(folder, "postgres.complete");
  if (existsSync(mark)) return start({ dataDir });
  await rm(dataDir, { recursive: true, force: true });
  const engine = await start({ dataDir, loadDataDir: await preparedDump() });
  await writeFile(mark, `${new Date().toISOString()}\n`);
  return engine;
}

function start(options: { dataDir?: string; loadDataDir?: Blob }): Promise<PGlite> {
  return PGlite.create({ ...options, extensions: { vector } });
}

async function preparedDump(): Promise<Blob> {
  const path = join(cacheFolder, `database-${await contentHash()}.tar`);
  const kept = await readIfThere(path);
  if (kept !== null) return new Blob([kept]);
  const dump = await prepare();
  await keep(path, dump);
  return dump;
}

async function readIfThere(path: string): Promise<Buffer<ArrayBuffer> | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Everything that decides what the dump holds. */
async function contentHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of packages) {
    hash.update(
      await readFile(fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url))),
    );
  }
  for (const file of (await readdir(migrationsFolder)).filter((name) => name.endsWith(".sql")).sort()) {
    hash.update(file).update(await readFile(join(migrationsFolder, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function prepare(): Promise<Blob> {
  const engine = await start({});
  const { pool, close } = pglitePool(engine);
  await migrate(pool);
  const dump = await engine.dumpDataDir("none");
  await close();
  return dump;
}

/** A checkout that nobody may write to starts without the cache, and slower. */
async function keep(path: string, dump: Blob): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  try {
    await mkdir(cacheFolder, { recursive: true });
    await writeFile(temporary, Buffer.from(await dump.arrayBuffer()));
    await rename(temporary, path);
    await removeOlder(path);
  } catch (error) {
    if (!isReadOnly(error)) throw error;
  }
}

/** Dumps of earlier migrations are of no use any more. */
async function removeOlder(path: string): Promise<void> {
  const older = (await readdir(cacheFolder)).filter(
    (name) => name.endsWith(".tar") && name !== basename(path),
  );
  await Promise.all(older.map((name) => rm(join(cacheFolder, name), { force: true })));
}

const isReadOnly = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  ["EACCES", "EPERM", "EROFS", "ENOSPC"].includes(`${error.code}`);
