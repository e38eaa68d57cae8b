import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { compiledModule } from "./build.ts";

it("scan-wasm.ts is what the compiler makes of scan.as", { timeout: 60_000 }, async () => {
  const kept = readFileSync(fileURLToPath(new URL("scan-wasm.ts", import.meta.url)), "utf8");
  expect(kept === (await compiledModule()), "run node tools/logs/core/scan/build.ts").toBe(true);
});
