import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rooms = ["agent", "tools", "channels", "memory", "evals", "db", "web"];

interface Rule {
  readonly from: RegExp;
  /** What a file there may import of ours, besides its own room's part (first match of `from`). */
  readonly may: readonly RegExp[];
}

/** The first rule that fits a file is its rule. `errors.ts` is for everybody. */
const rules: readonly Rule[] = [
  { from: /^channels\/(main\.ts|wiring\/[^/]+\.ts|cli\/(main\.js|bundle\.js|engines\.ts))$/, may: [/./] },
  { from: /^channels\/contract\.ts$/, may: [/^agent\/service\.ts$/, /^tools\/define\.ts$/] },
  { from: /^channels\/[^/]+\.ts$/, may: [/^agent\/service\.ts$/, /^channels\/[^/]+\.ts$/, /^db\//] },
  {
    from: /^channels\/([^/]+)\//,
    may: [
      /^agent\/service\.ts$/,
      /^channels\/(channel|contract|inbox|main|picture-tables)\.ts$/,
      /^channels\/$1\//,
    ],
  },
  { from: /^tools\/([^/]+)\/core\//, may: [/^tools\/[^/]+\/core\//, /^tools\/inputs\.ts$/] },
  // `mine`, `model` and `conformance` read and mine without an agent, so these files of the mining room reach for the reader.
  {
    from: /^tools\/mining\/(?:mine|model-file|conformance-files)\.ts$/,
    may: [
      /^tools\/[^/]+\/core\//,
      /^tools\/mining\//,
      /^tools\/logs\/read-log\.ts$/,
      /^tools\/(inline-tasks|worker-pool(\.worker)?)\.ts$/,
    ],
  },
  {
    from: /^tools\/([^/]+)\//,
    may: [
      /^tools\/[^/]+\/core\//,
      /^tools\/$1\//,
      /^tools\/(define|inputs|inline-tasks|worker-pool(\.worker)?)\.ts$/,
      /^db\//,
    ],
  },
  { from: /^tools\/[^/]+\.ts$/, may: [/^tools\//, /^db\//] },
  { from: /^db\//, may: [/^db\//] },
  { from: /^memory\//, may: [/^memory\//, /^db\//] },
  {
    from: /^agent\//,
    may: [
      /^agent\//,
      /^tools\/(define|inputs|registry|inline-tasks|worker-pool(\.worker)?)\.ts$/,
      /^memory\//,
      /^db\//,
    ],
  },
  // The evals' composition roots: they open worlds and bring payloads to doors, as people's own systems would.
  {
    from: /^evals\/(?:main|first-turns|(?:worlds|attacks|mutants)\/[^/]+|suites\/[^/]+\/world)\.ts$/,
    may: [/./],
  },
  {
    from: /^evals\//,
    may: [
      /^evals\//,
      /^agent\/service\.ts$/,
      /^agent\/model\/scripted\.ts$/,
      /^tools\/(registry|define)\.ts$/,
      /^db\//,
    ],
  },
  { from: /^web\//, may: [/^web\//, /^channels\/(contract|picture-tables)\.ts$/] },
];

/** Rooms whose tests may reach further: tests are allowed everything. */
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /\/(fixtures|dev)\//.test(path);

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path}`)
    .filter(
      (path) => /\.(tsx?|js)$/.test(path) && !path.includes("node_modules") && !path.startsWith("web/dist"),
    );
}

/** Relative imports of a file, static, dynamic and type-only, as paths from the root. */
function imports(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...found].map((match) => relative(root, resolve(root, dirname(path), match[1] ?? "")));
}

function allowed(rule: Rule, path: string, target: string): boolean {
  if (target === "errors.ts") return true;
  const part = rule.from.exec(path)?.[1] ?? "";
  return rule.may.some((pattern) => new RegExp(pattern.source.replace("$1", part)).test(target));
}

/** Where one room's file imports what it must not. */
function violations(): string[] {
  const wrong: string[] = [];
  for (const path of rooms.flatMap(sources).filter((candidate) => !isTest(candidate))) {
    const rule = rules.find((candidate) => candidate.from.test(path));
    if (!rule) {
      wrong.push(`${path} is in no room`);
      continue;
    }
    for (const target of imports(path)) {
      if (!allowed(rule, path, target)) wrong.push(`${path} imports ${target}`);
    }
  }
  return wrong;
}

describe("who may import whom", () => {
  it("holds for every file of every room", () => {
    expect(violations()).toEqual([]);
  });

  it("notices a core that reaches for the database", () => {
    const rule = rules.find((candidate) => candidate.from.test("tools/kpi/core/metrics.ts"));
    expect(rule && allowed(rule, "tools/kpi/core/metrics.ts", "db/client.ts")).toBe(false);
  });

  it("notices a channel that reaches for another channel", () => {
    const rule = rules.find((candidate) => candidate.from.test("channels/slack/messages.ts"));
    expect(rule && allowed(rule, "channels/slack/messages.ts", "channels/http/routes.ts")).toBe(false);
  });
});

describe("the repository", () => {
  it("pins every dependency exactly", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const versions = Object.entries<string>({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });
    expect(versions.filter(([, version]) => !/^\d/.test(version))).toEqual([]);
  });

  it("names no registry's host in its lockfile", () => {
    expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved": "http/);
  });

  it("says of every dependency what it replaces", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const notes = readFileSync(join(root, "docs/dependencies.md"), "utf8");
    const names = Object.keys({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });
    expect(names.filter((name) => !notes.includes(`\`${name}\``))).toEqual([]);
  });
});
