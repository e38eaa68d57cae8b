/** The evals' composition root: chooses cases, prepares worlds, runs cases in processes, and reports. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { MillwrightError } from "../errors.ts";
import type { EvalsPort } from "../tools/evals/evals.ts";
import { ComparisonError, compare, inLines, type Outcomes, outcomesOf, readOutcomes } from "./compare.ts";
import { keep, keptRun, readKept } from "./keep.ts";
import type { Evaluation } from "./report/evaluation.ts";
import { toHtml } from "./report/html.ts";
import { toJUnit } from "./report/junit.ts";
import { toLog } from "./report/log.ts";
import { toMarkdown } from "./report/markdown.ts";
import { recallLines } from "./report/recall.ts";
import { toText } from "./report/text.ts";
import { type CaseResult, notRun, type Tier, tiers } from "./run.ts";
import { scorecard } from "./scorecard.ts";
import { chosenSuites, readSuites, type SuiteCase, suites } from "./suites.ts";
import { judgeBudget } from "./worlds/judge.ts";
import type { CaseTask } from "./worlds/messages.ts";
import { runInProcesses } from "./worlds/pool.ts";
import { prepare, worldOf } from "./worlds/prepare.ts";

export interface RunRequest {
  readonly cases: readonly SuiteCase[];
  /** Who answers cases without a script; cases with one are mechanics. */
  readonly tier: Exclude<Tier, "mechanics">;
  /** Runs of each case. */
  readonly epochs: number;
  /** As many as there are cores when absent. */
  readonly processes?: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly nodeArguments?: readonly string[];
  /** A folder where prepared worlds are kept for further calls; one for this call when absent. */
  readonly worlds?: string;
  readonly signal?: AbortSignal;
  readonly onResult?: (result: CaseResult) => Promise<void>;
}

/** In the order of the cases, whatever the number of processes. */
export async function runCases(request: RunRequest): Promise<CaseResult[]> {
  const folder = request.worlds ?? (await mkdtemp(join(tmpdir(), "millwright-evals-")));
  try {
    const { tasks, unrun } = await tasksOf(request, folder);
    const onResult = request.onResult ?? (async () => undefined);
    for (const result of unrun) await onResult(result);
    const results = await runInProcesses(tasks, {
      processes: request.processes ?? availableParallelism(),
      environment: request.environment,
      onResult,
      ...(request.nodeArguments ? { nodeArguments: request.nodeArguments } : {}),
      ...(request.signal ? { signal: request.signal } : {}),
    });
    return inOrder(request.cases, [...unrun, ...results]);
  } finally {
    if (request.worlds === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function tasksOf({ cases, tier, epochs, environment }: RunRequest, folder: string) {
  const tasks: CaseTask[] = [];
  const unrun: CaseResult[] = [];
  const worlds = new Map<string, Prepared>();
  for (const one of cases) {
    const own: Tier = one.script ? "mechanics" : tier;
    const keyless = own === "live" && !environment["ANTHROPIC_API_KEY"];
    const { data, served, missing } = keyless ? noKey : await worldFor(one.suite, folder, worlds);
    for (let epoch = 1; epoch <= epochs; epoch += 1) {
      if (missing === null) tasks.push({ one, tier: own, epoch, prepared: data, served });
      else unrun.push(notRun(one, { tier: own, epoch }, missing));
    }
  }
  return { tasks, unrun };
}

/** A prepared data folder, or why there is none. */
type Prepared = Promise<{ readonly data: string; readonly served: boolean; readonly missing: string | null }>;

const noKey = { data: "", served: false, missing: "no ANTHROPIC_API_KEY" };

function worldFor(suite: string, folder: string, worlds: Map<string, Prepared>): Prepared {
  const world = worlds.get(suite) ?? prepared(suite, folder, worlds);
  worlds.set(suite, world);
  return world;
}

/** Suites without a world of their own share the sample processes'. */
async function prepared(suite: string, folder: string, worlds: Map<string, Prepared>): Prepared {
  const own = await worldOf(suite);
  if (own === null) {
    const samples = worlds.get("") ?? prepareIn(join(folder, "samples"), null);
    worlds.set("", samples);
    return samples;
  }
  return prepareIn(join(folder, suite), own);
}

async function prepareIn(data: string, world: Awaited<ReturnType<typeof worldOf>>): Prepared {
  const missing = world?.missing() ?? null;
  if (missing === null && !existsSync(data)) await prepare(data, world);
  return { data, served: world?.served ?? false, missing };
}

function inOrder(cases: readonly SuiteCase[], results: readonly CaseResult[]): CaseResult[] {
  const place = new Map(cases.map(({ id }, index) => [id, index]));
  return [...results].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0) || a.epoch - b.epoch);
}

/** What `millwright eval` and the tool `evals.run` ask for. */
export interface EvaluateRequest {
  /** All when none is named. */
  readonly suites: readonly string[];
  readonly case?: string;
  /** Only one tier; by default mechanics and the built-in planner, and the live one where `claude` is asked for. */
  readonly planner?: "built-in" | "claude" | "scripted";
  readonly split: Evaluation["split"];
  readonly epochs: number;
  readonly processes?: number;
  readonly compare?: string;
  /** A model that is asked for its opinion of replies of the live tier; it decides nothing. */
  readonly judge?: string;
  /** Keeps the outcome as the repository's baseline, with a note on what changed. */
  readonly baseline?: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly onResult?: (result: CaseResult) => Promise<void>;
}

class UnknownCaseError extends MillwrightError {
  constructor(id: string) {
    super("unknown-case", 404, `There is no case "${id}" in the chosen suites.`, {
      value: id,
      remedy: "Look into evals/suites for its id.",
    });
  }
}

class JudgeTierError extends MillwrightError {
  constructor() {
    super("judge-tier", 422, "A judge has an opinion of the live tier only.", {
      expected: "--planner claude",
      remedy: "Add --planner claude, or leave out --judge.",
    });
  }
}

/** Nothing that was run must never look like nothing that failed. */
class NoCasesError extends MillwrightError {
  constructor({ suites: named, split, planner }: EvaluateRequest) {
    const whose = planner === undefined ? "" : ` for ${planner}`;
    super("no-cases", 404, `${named.join(", ")} has no case of the part "${split}"${whose}.`, {
      value: split,
      remedy: "Leave out --split or --planner, or name another suite.",
    });
  }
}

/**
 * Runs what was asked for and writes every report.
 * @throws UnknownSuiteError, UnknownCaseError, NoCasesError, ComparisonError
 */
export async function evaluate(request: EvaluateRequest) {
  const evaluation = await runEvaluation(request);
  const { results, cards, comparisons } = evaluation;
  if (request.baseline !== undefined) await keepBaseline(evaluation.outcomes, request.baseline);
  const compared = (comparisons ?? []).flatMap((one) => ["", ...inLines(one)]);
  const run = results.filter(({ status }) => status !== "not-run");
  return {
    text: [toText(cards, results), ...recallLines(evaluation.recall ?? []), ...compared].join("\n"),
    json: toLog(evaluation),
    markdown: toMarkdown(evaluation),
    junit: toJUnit(evaluation),
    html: toHtml(evaluation),
    cases: results.length,
    failed: run.filter(({ status }) => status === "failed").length,
    notRun: results.length - run.length,
    regressed: comparisons?.reduce((sum, { lost }) => sum + lost.length, 0) ?? null,
  };
}

export async function runEvaluation(request: EvaluateRequest): Promise<Evaluation> {
  const chosen = chosenSuites(request.suites);
  const before = request.compare === undefined ? null : await outcomesAt(request.compare);
  const cases = chooseCases(request, readSuites(chosen));
  if (cases.length === 0) throw new NoCasesError(request);
  const startedAt = new Date().toISOString();
  const results = await runCases({
    ...request,
    ...(request.judge === undefined ? {} : { environment: judging(request, request.judge) }),
    cases,
    tier: request.planner === "claude" ? "live" : "built-in",
  });
  const outcomes = outcomesOf(results);
  return {
    id: crypto.randomUUID(),
    suites: chosen.length === suites.length ? ["all"] : chosen,
    split: request.split,
    epochs: request.epochs,
    startedAt,
    completedAt: new Date().toISOString(),
    commit: await commit(),
    results,
    cards: tiers
      .map((tier) => scorecard(tier, [...results, ...liveLeftOut(request, results)]))
      .filter(({ cases }) => cases > 0),
    outcomes,
    recall: chosen.includes("memory") ? await measuredRecall(request.environment) : null,
    comparisons: before === null ? null : compare(outcomes, before),
  };
}

/** By the built-in embedder, and by the sentence model whose folder the environment names. */
async function measuredRecall(environment: NodeJS.ProcessEnv) {
  const { measureRecall } = await import("../memory/fixtures/measure-recall.ts");
  const named = environment["MILLWRIGHT_EMBEDDINGS"];
  return measureRecall(named && !/^https?:/iu.test(named) ? named : null);
}

/** Each process has its part of the judge's budget. */
function judging({ environment, processes, planner }: EvaluateRequest, model: string): NodeJS.ProcessEnv {
  if (planner !== "claude") throw new JudgeTierError();
  const part = judgeBudget(environment) / (processes ?? availableParallelism());
  return { ...environment, MILLWRIGHT_JUDGE_MODEL: model, MILLWRIGHT_JUDGE_BUDGET: String(part) };
}

/** A live model answers only where it is asked for; a report says so instead of leaving it out. */
function liveLeftOut(
  { planner, environment }: EvaluateRequest,
  results: readonly CaseResult[],
): CaseResult[] {
  if (planner !== undefined) return [];
  const reason = environment["ANTHROPIC_API_KEY"] ? "ask with --planner claude" : "no ANTHROPIC_API_KEY";
  return results
    .filter(({ tier, epoch }) => tier === "built-in" && epoch === 1)
    .map(
      (result): CaseResult => ({
        ...result,
        tier: "live",
        status: "not-run",
        reason,
        transcript: [],
        costMicros: 0,
      }),
    );
}

/** A single case that is asked for by its name is shown, held out or not. */
function chooseCases({ case: id, planner, split }: EvaluateRequest, all: readonly SuiteCase[]): SuiteCase[] {
  if (id !== undefined) {
    const one = all.find((candidate) => candidate.id === id);
    if (one === undefined) throw new UnknownCaseError(id);
    return [{ ...one, heldOut: false }];
  }
  return all
    .filter(({ script }) => planner === undefined || (script !== undefined) === (planner === "scripted"))
    .filter(({ heldOut }) => split === "all" || heldOut === (split === "held-out"));
}

const root = fileURLToPath(new URL("../", import.meta.url));
const baselineFile = "evals/baselines/baseline.json";
const git = async (...words: string[]): Promise<string> =>
  (await promisify(execFile)("git", words, { cwd: root, maxBuffer: 1 << 26 })).stdout;

/** Null outside of a checkout, or where there is no git. */
async function commit(): Promise<string | null> {
  try {
    return (await git("rev-parse", "HEAD")).trim();
  } catch {
    return null;
  }
}

/** The outcomes in a report's file, else in the baseline of a git revision. @throws ComparisonError */
async function outcomesAt(reference: string): Promise<Outcomes> {
  if (existsSync(reference)) return readOutcomes(await readFile(reference, "utf8"), reference);
  if (reference === "baseline")
    return readOutcomes(await readFile(join(root, baselineFile), "utf8"), baselineFile);
  try {
    return readOutcomes(await git("show", `${reference}:${baselineFile}`), reference);
  } catch (error) {
    if (error instanceof ComparisonError) throw error;
    throw new ComparisonError(reference, "it is no file, and no git revision with a baseline");
  }
}

/** Cases that were not run this time keep what they had. */
async function keepBaseline(outcomes: Outcomes, note: string): Promise<void> {
  const file = join(root, baselineFile);
  const before = existsSync(file) ? readOutcomes(await readFile(file, "utf8"), baselineFile) : {};
  const { live: _, ...kept } = outcomes;
  const merged = Object.fromEntries(
    tiers.flatMap((tier) => {
      const both = { ...before[tier], ...(kept as Outcomes)[tier] };
      const sorted = Object.entries(both).sort(([a], [b]) => (a < b ? -1 : 1));
      return sorted.length === 0 ? [] : [[tier, Object.fromEntries(sorted)]];
    }),
  );
  await writeFile(file, `${JSON.stringify({ note, outcomes: merged }, null, 2)}\n`);
}

/** The port that the tools `evals.run` and `evals.report` are given: runs are kept in `file`. */
export const evalsPort = (file: string, environment: NodeJS.ProcessEnv): EvalsPort => ({
  latest: () => readKept(file),
  async run({ suites: names, epochs, signal, progress }) {
    const all = readSuites(chosenSuites(names)).length * epochs;
    let done = 0;
    const evaluation = await runEvaluation({
      suites: names,
      split: "all",
      epochs,
      environment,
      signal,
      onResult: async ({ id, status }) => {
        done += 1;
        progress(`${id}: ${status}`, done / all);
      },
    });
    const run = keptRun(evaluation);
    await keep(file, run);
    return run;
  },
});
