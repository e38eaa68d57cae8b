#!/usr/bin/env node
/**
 * Builds the web app when its sources, its dependencies' versions or the wire types have changed since the last build.
 * `npm start` calls it; run by hand it builds and says what it did.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL(".", import.meta.url));
const repository = fileURLToPath(new URL("..", import.meta.url));

/** Folder of the built app, for createWebChannel's `site`. */
export const siteFolder = join(web, "dist");
const stampFile = join(siteFolder, "build.json");

const outside = ["channels/contract.ts", "channels/picture-tables.ts", "package-lock.json"].map((path) =>
  join(repository, path),
);
const isSource = (path: string): boolean => !/^(dist|dev)\b/.test(path) && !/\.test\.tsx?$/.test(path);

/** SHA-256 over names and contents of everything the build reads. */
export async function sourceDigest(folder = web, further: readonly string[] = outside): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => isSource(relative(folder, path)));
  const hash = createHash("sha256");
  for (const file of [...files.sort(), ...further]) {
    const body = await readFile(file);
    hash.update(`${relative(repository, file)}\0${body.length}\0`).update(body);
  }
  return hash.digest("hex");
}

async function builtDigest(): Promise<string | null> {
  try {
    const stamp: unknown = JSON.parse(await readFile(stampFile, "utf8"));
    return (stamp as { digest?: string }).digest ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Puts a finished build in place at once, so that no server reads half of one; another process may have been first. */
async function replaceSite(fresh: string, digest: string): Promise<void> {
  await rm(siteFolder, { recursive: true, force: true });
  try {
    await rename(fresh, siteFolder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if ((await builtDigest()) !== digest) throw error;
  }
}

/** Builds into web/dist unless what is there is of the same sources. Says whether it built. */
export async function buildWebIfStale(
  say: (line: string) => void = () => undefined,
): Promise<{ readonly built: boolean; readonly folder: string }> {
  const digest = await sourceDigest();
  if ((await builtDigest()) === digest) return { built: false, folder: siteFolder };
  say("Building the web app …");
  const { build } = await import("vite");
  const fresh = join(repository, "node_modules", ".cache", `millwright-web-${process.pid}`);
  await build({ configFile: join(web, "vite.config.ts"), logLevel: "warn", build: { outDir: fresh } });
  await writeFile(join(fresh, "build.json"), JSON.stringify({ digest }));
  await replaceSite(fresh, digest);
  return { built: true, folder: siteFolder };
}

if (import.meta.main) {
  const { built, folder } = await buildWebIfStale(console.log);
  console.log(built ? `Built into ${folder}` : `${folder} is up to date`);
}
