import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tools } from "../../../../tools/index.ts";
import { featuresIn } from "../frame/example-features.ts";
import { languageOf, profiles } from "../languages/index.ts";
import { lexiconTable } from "../text/lexicon.ts";
import { writeTables } from "./make.ts";
import { type Manifest, tablesIn } from "./tables.ts";

describe("the prepared tables of the languages", { timeout: 60_000 }, () => {
  let path = "";
  let folder: URL;
  beforeAll(() => {
    path = mkdtempSync(join(tmpdir(), "millwright-tables-"));
    folder = pathToFileURL(`${path}/`);
    writeTables(tools, folder);
  }, 60_000);
  afterAll(() => rmSync(path, { recursive: true, force: true }));

  const manifestOf = (): Manifest =>
    JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as Manifest;
  const withManifest = (changed: Manifest): void =>
    writeFileSync(new URL("manifest.json", folder), JSON.stringify(changed));

  it.each(profiles.map(({ code }) => code))("have the very lexicon that %s's lists compile to", (code) => {
    expect(tablesIn(folder).of(code, "lexicon")).toEqual(lexiconTable(languageOf(code)));
  });

  it.each(["en", "pl", "ja"])("have features in %s as they are computed, in the same order", (code) => {
    const table = Object.entries(tablesIn(folder).of(code, "features")!);
    expect(table.length).toBeGreaterThan(200);
    for (const [text, features] of table.filter((_, at) => at % 9 === 0))
      expect(features).toEqual([...featuresIn(text, languageOf(code))]);
  });

  it("are made of everything that a text is read with", () => {
    const sources = manifestOf().sources.map(([source]) => source);
    for (const file of ["text/stem.ts", "languages/pl/words.ts", "languages/en.ts", "link/windows/extent.ts"])
      expect(sources).toContain(`agent/model/offline/${file}`);
  });

  it("are not used once a source has changed, or words are cut by another ICU", () => {
    const made = manifestOf();
    const [[source, size, changed], ...rest] = made.sources as [Manifest["sources"][number]];
    withManifest({ ...made, sources: [[source, size + 1, changed], ...rest] });
    expect(tablesIn(folder).of("de", "lexicon")).toBeNull();
    withManifest({ ...made, sources: [["agent/model/offline/gone.ts", 1, 1], ...made.sources] });
    expect(tablesIn(folder).of("de", "lexicon")).toBeNull();
    withManifest({ ...made, icu: "1.0" });
    expect(tablesIn(folder).of("de", "lexicon")).toBeNull();
    withManifest(made);
    expect(tablesIn(folder).of("de", "lexicon")).not.toBeNull();
    expect(tablesIn(new URL("none/", folder)).of("de", "lexicon")).toBeNull();
  });
});
