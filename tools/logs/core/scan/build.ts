/**
 * Makes `scan-wasm.ts` of `scan.as`: `node tools/logs/core/scan/build.ts`. A test holds the two together. The memory is
 * shared so that it can grow without the views on it becoming empty.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const FLAGS =
  "--runtime stub -O3 --noAssert --enable simd --enable bulk-memory --enable threads --importMemory --sharedMemory --memoryBase 2424832 --initialMemory 64 --maximumMemory 65535";

/** The text of `scan-wasm.ts`. */
export async function compiledModule(): Promise<string> {
  const { main } = await import("assemblyscript/asc");
  let binary: Uint8Array | null = null;
  const { error, stderr } = await main(["scan.ts", "--outFile", "scan.wasm", ...FLAGS.split(" ")], {
    readFile: (name, base) => readSource(name, base),
    writeFile: (_, contents) => {
      binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`scan.as does not compile: ${stderr.toString()}`, { cause: error });
  const text = Buffer.from(binary).toString("base64");
  return `/** Made by build.ts of scan.as: WebAssembly as base64. */\nexport const SCAN_WASM =\n  "${text}";\n`;
}

/** The compiler knows sources by another ending. */
async function readSource(name: string, base: string): Promise<string | null> {
  if (base !== "." || name !== "scan.ts") return null;
  const { readFile } = await import("node:fs/promises");
  return readFile(here("scan.as"), "utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(here("scan-wasm.ts"), await compiledModule());
