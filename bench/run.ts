/**
 * `npm run bench [-- SECTION …]`: measures Millwright beside its peers in the same run and writes RESULTS.md. Without names
 * every section is run; with names the other sections keep what they measured last. Needs GNU time, python3 with venv
 * and pip, and cargo, each for its section.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { here } from "./logs.ts";
import { CRATE, PM4PY_PACKAGES } from "./peers.ts";

interface Section {
  readonly title: string;
  run(): Promise<string>;
}

const sections: Readonly<Record<string, () => Promise<Section>>> = {
  "whole-process": () => import("./whole-process.ts"),
  import: () => import("./import.ts"),
  models: () => import("./models.ts"),
  "ten-million": () => import("./ten-million.ts"),
  "many-analyses": () => import("./many-analyses.ts"),
  planner: () => import("./planner.ts"),
};

const fileOf = (name: string): string => here(`results/${name}.md`);

async function runSection(name: string): Promise<void> {
  const { title, run } = await sections[name]!();
  const text = await run();
  const day = new Date().toISOString().slice(0, 10);
  mkdirSync(here("results"), { recursive: true });
  writeFileSync(
    fileOf(name),
    `## ${title}\n\n${text}\n\nMeasured on ${day}: \`npm run bench -- ${name}\`.\n`,
  );
  process.stdout.write(`${title}\n\n${text}\n\n`);
}

/** The sections that were measured, in their order. */
function report(): string {
  const measured = Object.keys(sections).map(fileOf).filter(existsSync);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  return `# Benchmark

\`npm run bench\` makes this file: Millwright and its peers in the same run, so that ratios can be trusted further than seconds.
${machine}; ${PM4PY_PACKAGES.join(", ")}; ${CRATE}.

${measured.map((file) => readFileSync(file, "utf8")).join("\n")}`;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in sections));
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(", ")}: there are ${Object.keys(sections).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const name of wanted.length > 0 ? wanted : Object.keys(sections)) await runSection(name);
  writeFileSync(here("RESULTS.md"), report());
}
