/** Makes the tables of tables.ts from the sources: `npm run prepare`, and so every `npm ci`. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { Tool } from "../../../../tools/define.ts";
import { describedBy, featuresIn } from "../frame/example-features.ts";
import { languageOf, profiles } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { lexiconTable } from "../text/lexicon.ts";
import {
  type FeatureTable,
  type LanguageTables,
  type Manifest,
  type Source,
  sourceOf,
  tableFile,
  tablesFolder,
} from "./tables.ts";

export function makeTables(language: Language, tools: readonly Tool[]): LanguageTables {
  return { lexicon: lexiconTable(language), features: featuresOfExamples(language, tools) };
}

/** English examples count in every language, and are only in English's table. */
function featuresOfExamples(language: Language, tools: readonly Tool[]): FeatureTable {
  const texts = tools.flatMap((tool) =>
    language.code === "en"
      ? [...tool.examples.en, describedBy(tool)]
      : [...(language.examples[tool.name] ?? []), ...(tool.examples[language.code] ?? [])],
  );
  return Object.fromEntries([...new Set(texts)].map((text) => [text, [...featuresIn(text, language)]]));
}

const here = "agent/model/offline/";

/** Everything that the planner reads texts with; what is said in a language has no part in it. */
function sources(): Source[] {
  return readdirSync(new URL("..", import.meta.url), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter(
      (path) =>
        path.endsWith(".ts") &&
        !/\.test\.ts$|^(?:cases|fixtures|learned|prepared)\/|\/messages\.ts$/u.test(path),
    )
    .sort()
    .flatMap((path) => {
      const source = sourceOf(here + path);
      return source ? [source] : [];
    });
}

/** @param tools whose examples are read; texts of others are read when they are needed */
export function writeTables(tools: readonly Tool[], folder: URL = tablesFolder): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { code } of profiles)
    for (const [name, table] of Object.entries(makeTables(languageOf(code), tools)))
      writeFileSync(new URL(tableFile(code, name as keyof LanguageTables), folder), JSON.stringify(table));
  const manifest: Manifest = { icu: process.versions["icu"] ?? "", sources: sources() };
  writeFileSync(new URL("manifest.part", folder), JSON.stringify(manifest));
  renameSync(new URL("manifest.part", folder), new URL("manifest.json", folder));
}
