import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { indexText, toolFiles } from "./generate-index.ts";
import { tools } from "./index.ts";
import { createRegistry } from "./registry.ts";

it("lists every tool file (else run `node tools/generate-index.ts`)", () => {
  expect(readFileSync(new URL("index.ts", import.meta.url), "utf8")).toBe(indexText(toolFiles()));
});

it("holds tools whose names are unique and are their files'", () => {
  expect(
    createRegistry(tools)
      .list()
      .map((tool) => tool.name.replace(".", "/")),
  ).toEqual(toolFiles());
});
