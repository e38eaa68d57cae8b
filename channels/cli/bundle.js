// @ts-check
/**
 * Makes the bundle of `mine` (fresh-bundle.js) and the planner's tables: `npm ci` runs this, and `npm run prepare` does.
 * Without them the command line runs from its sources and starts some 20 ms later, and the first words in a language take longer.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BUNDLE, sourceOf } from "./fresh-bundle.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const ENTRY = "mine-entry";
const entry = `
export * from ${JSON.stringify(`${root}channels/cli/parts.ts`)};
import ${JSON.stringify(`${root}channels/cli/commands/mine.ts`)};
import ${JSON.stringify(`${root}tools/mining/mine.ts`)};
`;

/**
 * What `mine` never loads stays where it is: other commands, and what they start.
 * @param {string} path
 * @param {string} importer
 */
const isOfMine = (path, importer) =>
  importer.endsWith("/channels/cli/engines.ts")
    ? path.endsWith("/tools/mining/mine.ts")
    : /\/(tools\/.+|errors|channels\/[\w-]+|channels\/cli\/([\w-]+|commands\/mine|render\/[\w-]+))\.ts$/.test(
        path,
      );

/** @returns {import("vite").Plugin} */
const plugin = () => ({
  name: "mine",
  enforce: "pre",
  resolveId(source, importer) {
    if (source === ENTRY) return `\0${ENTRY}`;
    if (!source.endsWith(".ts") || importer === undefined) return null;
    const path = source.startsWith(".") ? fileURLToPath(new URL(source, pathToFileURL(importer))) : source;
    return isOfMine(path, importer) ? path : { id: pathToFileURL(path).href, external: true };
  },
  load: (id) => (id === `\0${ENTRY}` ? entry : null),
  // Threads are started from the sources.
  transform: (code, id) =>
    id.endsWith(".ts") ? code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)) : null,
});

export async function bundle(folder = BUNDLE) {
  const { build } = await import("vite");
  const made = fileURLToPath(folder);
  rmSync(made, { recursive: true, force: true });
  const result = await build({
    root,
    configFile: false,
    logLevel: "error",
    plugins: [plugin()],
    build: {
      ssr: true,
      outDir: made,
      minify: false,
      rolldownOptions: {
        input: { mine: ENTRY },
        output: {
          entryFileNames: "[name].js",
          // All that every run loads in one file: each file more takes a millisecond.
          codeSplitting: { groups: [{ name: "all", tags: ["$initial"] }] },
          comments: false,
        },
      },
    },
  });
  const [{ output } = { output: [] }] = /** @type {import("vite").Rolldown.RolldownOutput[]} */ (
    [result].flat()
  );
  const files = output.flatMap((chunk) => (chunk.type === "chunk" ? Object.keys(chunk.modules) : []));
  const sources = [...new Set(files)]
    .filter((file) => file.startsWith(root))
    .map((file) => sourceOf(relative(root, file)));
  mkdirSync(made, { recursive: true });
  writeFileSync(`${made}sources.part`, JSON.stringify(sources));
  renameSync(`${made}sources.part`, `${made}sources.json`);
}

/** What the built-in planner's languages compile to (agent/model/offline/prepared). */
async function tables() {
  const [{ tools }, { writeTables }] = await Promise.all([
    import("../../tools/index.ts"),
    import("../../agent/model/offline/prepared/make.ts"),
  ]);
  writeTables(tools);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle().catch((error) => {
    console.warn(`millwright: \`mine\` is not bundled, so it starts a little later: ${error.message}`);
  });
  await tables().catch((error) => {
    console.warn(
      `millwright: languages are not prepared, so their first words take longer: ${error.message}`,
    );
  });
}
