/**
 * Makes `scan-wasm.ts` of `scan.as` and `inflate-wasm.ts` of `inflate.as`: `node tools/logs/core/wasm/build.ts`. A test
 * holds them together.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Module = "scan" | "inflate";

const COMMON = "--runtime stub -O3 --noAssert --enable simd --enable bulk-memory --importMemory";
/** The scanner's memory is shared so that it can grow without the views on it becoming empty. */
const FLAGS: Readonly<Record<Module, string>> = {
  scan: `${COMMON} --enable threads --sharedMemory --memoryBase 2424832 --initialMemory 64 --maximumMemory 65535`,
  inflate: `${COMMON} --memoryBase 720896 --initialMemory 12 --maximumMemory 12`,
};

export const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The text of the module's `-wasm.ts`. */
export async function compiledModule(name: Module): Promise<string> {
  const { main } = await import("assemblyscript/asc");
  let binary: Uint8Array | null = null;
  const flags = FLAGS[name].split(" ");
  const { error, stderr } = await main([`${name}.ts`, "--outFile", `${name}.wasm`, ...flags], {
    // The compiler knows sources by another ending.
    readFile: (file, base) =>
      base === "." && file === `${name}.ts` ? readFileSync(fileOf(`${name}.as`), "utf8") : null,
    writeFile: (_, contents) => {
      binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !binary)
    throw new Error(`${name}.as does not compile: ${stderr.toString()}`, { cause: error });
  const text = Buffer.from(binary).toString("base64");
  return `/** Made by build.ts of ${name}.as: WebAssembly as base64. */\nexport const ${name.toUpperCase()}_WASM =\n  "${text}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of ["scan", "inflate"] as const)
    writeFileSync(fileOf(`${name}-wasm.ts`), await compiledModule(name));
