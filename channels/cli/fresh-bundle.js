// @ts-check
/**
 * `mine` out of one file instead of sixty: made by bundle.js when packages are installed, and used only while it is of the
 * very sources that stand here.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);
const root = fileURLToPath(ROOT);
/** Beside the sources: packages are found from there. */
export const BUNDLE = new URL(".cache/mine/", ROOT);

/**
 * A source's path from the root, its size, and when it was changed last.
 * @typedef {readonly [path: string, size: number, changed: number]} Source
 */

/**
 * @param {string} path
 * @returns {Source | null} Null where there is no such file.
 */
export function sourceOf(path) {
  const found = statSync(root + path, { throwIfNoEntry: false });
  return found ? [path, found.size, found.mtimeMs] : null;
}

/**
 * @param {URL} bundle
 * @returns {string | null} The bundle's entry; null where there is none, or a source has changed since.
 */
export function freshBundle(bundle = BUNDLE) {
  const list = new URL("sources.json", bundle);
  if (!existsSync(list)) return null;
  /** @type {readonly Source[]} */
  const sources = JSON.parse(readFileSync(list, "utf8"));
  const isFresh = sources.every(([path, size, changed]) => {
    const now = sourceOf(path);
    return now !== null && now[1] === size && now[2] === changed;
  });
  return isFresh ? fileURLToPath(new URL("mine.js", bundle)) : null;
}
