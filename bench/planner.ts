/** The built-in planner alone, without the tools that it calls: first turns and later ones, and what it takes of memory. */
import { here } from "./logs.ts";
import { measure, median } from "./measure.ts";
import { table } from "./table.ts";

interface Language {
  readonly language: string;
  readonly first: number;
  readonly turns: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
}

interface Warm {
  readonly warming: { readonly took: number; readonly longest: number; readonly memory: number };
  readonly languages: readonly Language[];
  readonly memory: number;
}

export const title = "The built-in planner";

const once = async (...words: string[]): Promise<unknown> =>
  (await measure([process.execPath, "--expose-gc", here("planner_once.ts"), ...words])).output;

const RUNS = 3;

async function cold(language: string): Promise<number> {
  const firsts: number[] = [];
  for (let run = 0; run < RUNS; run++)
    firsts.push(((await once("cold", language)) as { first: number }).first);
  return median(firsts);
}

export async function run(): Promise<string> {
  const { warming, languages, memory } = (await once("warm")) as Warm;
  const rows: string[][] = [];
  for (const { language, first, p50, p95, longest, turns } of languages) {
    const times = [await cold(language), first, p50, p95, longest].map((time) => time.toFixed(0));
    rows.push([language, ...times, String(turns)]);
  }
  return `What a turn's plan takes: from a text and its briefing to the calls, in milliseconds of processor time. Cold is the
first turn of a process (the median of ${RUNS}); the others are in one process that has been warmed, as a server does once it listens.
Warming took ${warming.took.toFixed(0)} ms in pieces of at most ${warming.longest.toFixed(0)} ms, and ${warming.memory.toFixed(0)} MB; after all turns of all
languages the process had ${memory.toFixed(0)} MB more than before it planned anything.

${table(["Language", "Cold, ms", "First, ms", "p50, ms", "p95, ms", "Longest, ms", "Turns"], rows)}`;
}
