/** Runs the cases of each mutant in a process that has its fault: what no case notices has survived. */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { CaseResult } from "../run.ts";
import { readSuites, type SuiteCase, suites } from "../suites.ts";
import type { CaseTask } from "../worlds/messages.ts";
import { EvalProcessError, runInProcesses } from "../worlds/pool.ts";
import { prepare, worldOf } from "../worlds/prepare.ts";
import { type Mutant, mutantOf, mutants, turnOf } from "./mutants.ts";

export interface MutantResult {
  readonly mutant: Mutant;
  /** Cases that noticed. */
  readonly caughtBy: readonly string[];
  /** It did not even run: the process ended. It counts as caught. */
  readonly broke: string | null;
}

export interface MutantReport {
  readonly results: readonly MutantResult[];
  /** Cases that fail without any fault, and so tell nothing. */
  readonly unsound: readonly string[];
}

export interface MutantRequest {
  /** Ids; all when none is named. */
  readonly ids: readonly string[];
  /** Only so many of all, other ones each day. */
  readonly turn?: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly processes?: number;
  readonly signal?: AbortSignal;
  readonly onResult?: (result: MutantResult) => Promise<void>;
}

/** @throws UnknownMutantError, UnknownCasesError */
export async function runMutants(request: MutantRequest): Promise<MutantReport> {
  const chosen = chosenMutants(request);
  const folder = await mkdtemp(join(tmpdir(), "millwright-mutants-"));
  try {
    const worlds = createWorlds(folder);
    const known = new Map(readSuites(suites).map((one) => [one.id, one]));
    const tasksOf = (ids: readonly string[]): Promise<CaseTask[]> =>
      Promise.all(ids.map((id) => taskOf(known, id, worlds)));
    const unsound = await failing(await tasksOf([...new Set(chosen.flatMap(({ cases }) => cases))]), request);
    const results = await abreast(chosen, request.processes ?? availableParallelism(), async (mutant) => {
      const sound = mutant.cases.filter((id) => !unsound.includes(id));
      const result = await runMutant(mutant, await tasksOf(sound), request);
      await request.onResult?.(result);
      return result;
    });
    return { results, unsound };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function chosenMutants({ ids, turn }: MutantRequest): Mutant[] {
  if (ids.length > 0) return ids.map(mutantOf);
  return turn === undefined ? mutants() : turnOf(mutants(), turn, Math.floor(Date.now() / 86_400_000));
}

async function runMutant(
  mutant: Mutant,
  tasks: readonly CaseTask[],
  request: MutantRequest,
): Promise<MutantResult> {
  const hook = new URL(`./hook.ts?${mutant.id}`, import.meta.url).href;
  try {
    const caughtBy = await failing(tasks, { ...request, processes: 1 }, ["--import", hook]);
    return { mutant, caughtBy, broke: null };
  } catch (error) {
    if (!(error instanceof EvalProcessError)) throw error;
    return { mutant, caughtBy: [], broke: error.message };
  }
}

/** Ids of the cases that did not pass. */
async function failing(
  tasks: readonly CaseTask[],
  { environment, processes, signal }: Pick<MutantRequest, "environment" | "processes" | "signal">,
  nodeArguments: readonly string[] = [],
): Promise<string[]> {
  const results = await runInProcesses(tasks, {
    processes: processes ?? availableParallelism(),
    environment,
    nodeArguments,
    onResult: async () => undefined,
    ...(signal ? { signal } : {}),
  });
  return results.filter(({ status }: CaseResult) => status !== "passed").map(({ id }) => id);
}

type Worlds = (suite: string) => Promise<Pick<CaseTask, "prepared" | "served">>;

/** Prepared once, by code without a fault. */
function createWorlds(folder: string): Worlds {
  const made = new Map<string, Promise<void>>();
  return async (suite) => {
    const own = await worldOf(suite);
    const name = own === null ? "samples" : suite;
    const prepared = join(folder, name);
    const world = made.get(name) ?? prepare(prepared, own);
    made.set(name, world);
    await world;
    return { prepared, served: own?.served ?? false };
  };
}

async function taskOf(known: ReadonlyMap<string, SuiteCase>, id: string, worlds: Worlds): Promise<CaseTask> {
  const one = known.get(id);
  if (one === undefined) throw new RangeError(`There is no case "${id}".`);
  const world = one.attack === undefined ? await worlds(one.suite) : { prepared: "", served: false };
  return { one, tier: one.script === undefined ? "built-in" : "mechanics", epoch: 1, ...world };
}

/** Results in the order of the items, `width` at a time. */
async function abreast<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

export const survivors = ({ results }: MutantReport): readonly MutantResult[] =>
  results.filter(({ caughtBy, broke }) => caughtBy.length === 0 && broke === null);

/** For a terminal. */
export function inWords(report: MutantReport): string {
  const { results, unsound } = report;
  const left = survivors(report);
  const caught = results.length - left.length;
  const share = results.length === 0 ? 0 : (100 * caught) / results.length;
  return [
    `Mutants: ${caught}/${results.length} caught (${share.toFixed(1)} %)`,
    ...left.map(({ mutant }) => `  survived: ${mutant.id} (${mutant.file}): ${mutant.fault}`),
    ...results.flatMap(({ mutant, broke }) =>
      broke === null ? [] : [`  did not run: ${mutant.id}: ${broke}`],
    ),
    ...(unsound.length > 0 ? [`  fail without any fault, and were left out: ${unsound.join(", ")}`] : []),
  ].join("\n");
}
