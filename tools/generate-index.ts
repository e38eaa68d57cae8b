/** Writes `tools/index.ts` from the folders: `node tools/generate-index.ts`. `index.test.ts` checks that it is fresh. */
import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const ending = ".tool.ts";

/** The tool files as `<folder>/<file>`, sorted. */
export function toolFiles(folder = here): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) =>
      readdirSync(`${folder}/${entry.name}`)
        .filter((file) => file.endsWith(ending))
        .map((file) => `${entry.name}/${file.slice(0, -ending.length)}`),
    )
    .sort();
}

const identifier = (path: string): string =>
  path.replace(/[/-]+(.)/g, (_match, letter: string) => letter.toUpperCase());

const statement = (path: string): string => `import ${identifier(path)} from "./${path}${ending}";`;

const byModule = (a: string, b: string): number => (`${a}${ending}` < `${b}${ending}` ? -1 : 1);

/** The text of `tools/index.ts`. */
export function indexText(files: readonly string[]): string {
  const imports = [...files].sort(byModule).map(statement);
  const entries = files.map((path) => `  named("${path.replace("/", ".")}", ${identifier(path)}),`);
  const list = entries.length === 0 ? "[]" : `[\n${entries.join("\n")}\n]`;
  return [
    "// biome-ignore-all assist/source/organizeImports: sorted by the generator",
    "/** Generated from the folders by tools/generate-index.ts. Tools load what is heavy only when they run. */",
    'import type { Tool } from "./define.ts";',
    ...imports,
    ...(entries.length === 0 ? [] : ['import { named } from "./registry.ts";']),
    "",
    `export const tools: readonly Tool[] = ${list};`,
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(`${here}/index.ts`, indexText(toolFiles()));
}
