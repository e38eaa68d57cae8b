/** Reads the documents that people read: their commands, their sample files, their links, the files they name. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A fenced block; `info` is what stands behind the fence, "sh" or "csv tiny.csv". */
export interface Block {
  readonly info: string;
  readonly text: string;
}

export interface Document {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The text without its fenced blocks. */
  readonly prose: string;
}

const fenced = /^```([^\n`]*)\n([\s\S]*?)^```$/gm;

/** README, CONTRIBUTING and everything in `docs`. */
export function readDocuments(): readonly Document[] {
  const paths = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md", { cwd: root }).sort()];
  return paths.map((path) => parseDocument(path, readFileSync(join(root, path), "utf8")));
}

export function parseDocument(path: string, text: string): Document {
  const blocks = [...text.matchAll(fenced)].map(([, info = "", body = ""]) => ({
    info: info.trim(),
    text: body,
  }));
  return { path, text, blocks, prose: text.replaceAll(fenced, "") };
}

/**
 * Commands, one an entry: lines that end in a backslash or inside quotes go on; comments are gone. The HTTP reference is
 * generated and has none.
 */
export function commandsOf({ path, blocks }: Document): readonly string[] {
  if (path === "docs/http.md") return [];
  return blocks.filter(({ info }) => info === "" || info === "sh").flatMap(({ text }) => splitCommands(text));
}

function splitCommands(text: string): string[] {
  const commands: string[] = [];
  let pending = "";
  for (const line of text.split("\n")) {
    pending = pending === "" ? line : `${pending}\n${line}`;
    if (pending.endsWith("\\") || isInsideQuotes(pending)) continue;
    const command = pending.replace(/\s+#\s.*$/, "").trim();
    if (command !== "" && !command.startsWith("#")) commands.push(command);
    pending = "";
  }
  return commands;
}

/** Whether a quote is still open, as a POSIX shell reads it. */
function isInsideQuotes(text: string): boolean {
  let open: string | null = null;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "\\" && open !== "'") index++;
    else if (open !== null && character === open) open = null;
    else if (open === null && (character === "'" || character === '"')) open = character;
  }
  return open !== null;
}

/** Files that a document brings along for its commands: blocks whose info names one (`csv tiny.csv`). */
export function filesOf({ blocks }: Document): readonly { readonly name: string; readonly text: string }[] {
  return blocks.flatMap(({ info, text }) => {
    const name = /^(?:csv|json|jsonl|text) ([\w-]+\.(?:csv|json|jsonl|txt))$/.exec(info)?.[1];
    return name === undefined ? [] : [{ name, text }];
  });
}

/** What a document says a command prints: blocks `json from: COMMAND`. */
export function outputsOf({
  blocks,
}: Document): readonly { readonly command: string; readonly json: unknown }[] {
  return blocks.flatMap(({ info, text }) => {
    const command = /^json from: (.+)$/.exec(info)?.[1];
    return command === undefined ? [] : [{ command, json: JSON.parse(text) as unknown }];
  });
}

/** Relative links and pictures, as paths from the root with the heading they point at. */
export function linksOf({ path, prose }: Document): readonly { target: string; heading: string | null }[] {
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^(?:[a-z]+:|\/)/.test(target))
    .map((target) => {
      const [file = "", heading = null] = target.split("#");
      const from = file === "" ? path : resolve("/", dirname(path), file).slice(1);
      return { target: from, heading };
    });
}

const rooms = "agent|tools|channels|memory|evals|db|web|tests|docs|bench|deploy";
const named = new RegExp(`\`((?:${rooms})/[\\w./-]*)\``, "g");

/** Files and folders of this repository that a document names in code font. */
export const pathsIn = ({ prose }: Document): readonly string[] =>
  [...prose.matchAll(named)].map(([, path = ""]) => path);

/** The anchors of a document's headings, as GitHub makes them. */
export const anchorsOf = ({ prose }: Document): readonly string[] =>
  [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
