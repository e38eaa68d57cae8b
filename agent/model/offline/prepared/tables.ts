/**
 * What a language's lists compile to and what its examples are about, kept since packages were installed (make.ts): a text
 * in a language that is new to the process is then read some 0.3 s of processor time earlier. Used only while the sources
 * they were made of are the ones that stand here; without them everything is computed, to the same values.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Meaning } from "../text/lexicon.ts";

/** A lexicon's entries, and its single words as written with their stems. */
export interface LexiconTable {
  readonly entries: readonly (readonly [string, readonly Meaning[]])[];
  readonly words: readonly (readonly [string, string])[];
  readonly longest: number;
  readonly functionStems: readonly string[];
}

/** Features of an example or a description, by its text. */
export type FeatureTable = Readonly<Record<string, readonly (readonly [string, number])[]>>;

export interface LanguageTables {
  readonly lexicon: LexiconTable;
  readonly features: FeatureTable;
}

/** A source's path from the root, its size, and when it was changed last. */
export type Source = readonly [path: string, size: number, changed: number];

export interface Manifest {
  /** Words are cut by ICU's rules. */
  readonly icu: string;
  readonly sources: readonly Source[];
}

const root = new URL("../../../../", import.meta.url);
export const tablesFolder = new URL(".cache/planner/", root);

export function sourceOf(path: string): Source | null {
  const found = statSync(fileURLToPath(new URL(path, root)), { throwIfNoEntry: false });
  return found ? [path, found.size, found.mtimeMs] : null;
}

export interface Tables {
  /** Null where there is none, or a source has changed since. */
  of<Name extends keyof LanguageTables>(language: string, name: Name): LanguageTables[Name] | null;
}

/** A file for each: a text is held against the lexicons of languages that it then is not in. */
export const tableFile = (language: string, name: keyof LanguageTables): string => `${language}.${name}.json`;

export function tablesIn(folder: URL): Tables {
  const isFresh = freshIn(folder);
  const kept = new Map<string, unknown>();
  const readTable = (name: string): unknown => {
    const file = new URL(name, folder);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  };
  return {
    of: <Name extends keyof LanguageTables>(language: string, name: Name) => {
      if (!isFresh) return null;
      const file = tableFile(language, name);
      if (!kept.has(file)) kept.set(file, readTable(file));
      return kept.get(file) as LanguageTables[Name] | null;
    },
  };
}

function freshIn(folder: URL): boolean {
  const manifest = new URL("manifest.json", folder);
  if (!existsSync(manifest)) return false;
  const { icu, sources } = JSON.parse(readFileSync(manifest, "utf8")) as Manifest;
  return icu === process.versions["icu"] && sources.every(isUnchanged);
}

function isUnchanged([path, size, changed]: Source): boolean {
  const now = sourceOf(path);
  return now !== null && now[1] === size && now[2] === changed;
}

let kept: Tables | null = null;

/** Of this installation. */
export const languageTable: Tables["of"] = (language, name) => {
  kept ??= tablesIn(tablesFolder);
  return kept.of(language, name);
};
