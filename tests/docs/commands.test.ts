/** The documents hold: their commands end well, their outputs are what comes out, what they name is there. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commands } from "../../channels/cli/run.ts";
import { describeWhere } from "../fixtures/needs.ts";
import {
  anchorsOf,
  commandsOf,
  type Document,
  filesOf,
  linksOf,
  outputsOf,
  parseDocument,
  pathsIn,
  readDocuments,
  root,
} from "./documents.ts";
import { canRun, createReader, type Reader } from "./reader.ts";

const documents = readDocuments();
const documentAt = (path: string): Document => {
  const found = documents.find((document) => document.path === path);
  if (found === undefined) throw new Error(`There is no ${path}.`);
  return found;
};
const hasCurl = canRun("curl");

describeWhere(process.platform !== "win32", "a POSIX shell", "commands in documents", () => {
  const withCommands = documents.filter((document) => commandsOf(document).length > 0);
  it("are found where documents have them", () => {
    expect(withCommands.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["README.md", "docs/cli.md"]),
    );
  });

  describe.each(withCommands)("of $path", (document) => {
    let opened: Promise<Reader> | null = null;
    const reader = () => {
      opened ??= createReader(filesOf(document));
      return opened;
    };
    afterAll(async () => (await opened)?.leave(), 60_000);
    for (const command of commandsOf(document)) {
      it.skipIf(command.startsWith("curl ") && !hasCurl)(command, { timeout: 240_000 }, async () => {
        await (await reader()).try(command);
      });
    }
  });

  it.each(
    documents.flatMap((document) =>
      outputsOf(document).map(({ command, json }) => ({ document, command, json })),
    ),
  )(
    "$document.path: $command gives what it says",
    { timeout: 120_000 },
    async ({ document, command, json }) => {
      const reader = await createReader(filesOf(document));
      expect(JSON.parse(await reader.try(command))).toEqual(containing(json));
      await reader.leave();
    },
  );

  it("the demo in the walkthrough has the figures that the demo has", { timeout: 240_000 }, async () => {
    const written = documentAt("docs/WALKTHROUGH.md").blocks.find(({ info }) => info === "text demo");
    const reader = await createReader([]);
    const said = figuresBySteps(await reader.try("npm run demo"));
    await reader.leave();
    expect(figuresBySteps(written?.text ?? "")).toEqual(said);
  });
});

/** Matches what has at least this: objects with these fields, arrays with these elements. */
function containing(json: unknown): unknown {
  if (Array.isArray(json)) return expect.arrayContaining(json.map(containing));
  if (typeof json !== "object" || json === null) return json;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(json).map(([key, value]) => [key, containing(value)])),
  );
}

/** Each step's name with the numbers in its line; ids, ports and instants, which differ from run to run, are gone. */
function figuresBySteps(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => /^[a-z ]{10}\S/.test(line))
    .map((line) => {
      const steady = line.replaceAll(/http:\S+|p_[\w-]+|\d{4}-\d{2}-\d{2}T\S+/g, "");
      return [line.slice(0, 10).trim(), ...(steady.match(/\d[\d.,]*%?/g) ?? [])].join(" ");
    });
}

describe("what documents name", () => {
  it.each(documents)("$path: every link leads somewhere", (document) => {
    const broken = linksOf(document).filter(({ target, heading }) => {
      if (!existsSync(join(root, target))) return true;
      if (heading === null) return false;
      return !anchorsOf(parseDocument(target, readFileSync(join(root, target), "utf8"))).includes(heading);
    });
    expect(broken).toEqual([]);
  });

  it.each(documents)("$path: every file is there", (document) => {
    expect(pathsIn(document).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("a document that names a missing file, link or heading is caught", () => {
    const document = parseDocument(
      "docs/x.md",
      "# Real\n`tools/none.ts` [a](none.md) [b](#real) [c](cli.md#mine)\n",
    );
    expect(pathsIn(document)).toEqual(["tools/none.ts"]);
    expect(linksOf(document)).toEqual([
      { target: "docs/none.md", heading: null },
      { target: "docs/x.md", heading: "real" },
      { target: "docs/cli.md", heading: "mine" },
    ]);
    expect(anchorsOf(document)).toEqual(["real"]);
  });
});

describe("what documents must say", () => {
  it.each(Object.entries(commands))("docs/cli.md has %s and its options", async (name, { load }) => {
    const { text } = documentAt("docs/cli.md");
    const { options } = await load();
    const missing = [`npx millwright ${name}`, ...Object.keys(options).map((option) => `--${option}`)];
    expect(missing.filter((words) => !text.includes(words))).toEqual([]);
  });

  it("docs/configuration.md has every environment variable that the product reads, and no other", () => {
    const table = documentAt("docs/configuration.md").text;
    const documented = [...table.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names = ""]) =>
      [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
    );
    expect([...new Set(documented)].sort()).toEqual(variablesRead());
  });
});

/** Names that the product's sources take out of an environment. */
function variablesRead(): readonly string[] {
  const files = globSync("{agent,tools,channels,memory,evals,db}/**/*.ts", { cwd: root });
  const names = files
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const byKey = [...text.matchAll(/\benv(?:ironment)?\??\.?\["([A-Z_]+)"\]/g)].map(
        ([, name = ""]) => name,
      );
      const taken = [...text.matchAll(/\{([A-Z_,\s]+)\} = environment\b/g)].flatMap(([, list = ""]) =>
        list.split(",").map((name) => name.trim()),
      );
      return [...byKey, ...taken];
    });
  return [...new Set(names)].filter((name) => name !== "").sort();
}
