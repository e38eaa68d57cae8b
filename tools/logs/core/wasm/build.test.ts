import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compiledModule, fileOf } from "./build.ts";

it.each(["scan", "inflate"] as const)(
  "%s-wasm.ts is what the compiler makes of its source",
  {
    timeout: 60_000,
  },
  async (name) => {
    const kept = readFileSync(fileOf(`${name}-wasm.ts`), "utf8");
    expect(kept === (await compiledModule(name)), "run node tools/logs/core/wasm/build.ts").toBe(true);
  },
);
