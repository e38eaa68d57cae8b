import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { buildEventLog } from "../../tools/logs/core/build-event-log.ts";
import { readLogFile } from "../../tools/logs/read-log.ts";
import { directlyFollows } from "../../tools/mining/core/directly-follows.ts";
import { rework } from "../../tools/mining/core/rework.ts";
import { namesOf, variants } from "../../tools/mining/core/variants.ts";
import { type MineOptions, type MineResult, mineFile } from "../../tools/mining/mine.ts";
import { describeWithShared, shared } from "../fixtures/needs.ts";

/** The figures of one log in ../shared/data/truth. */
interface Truth {
  readonly name: string;
  readonly files: readonly { readonly file: string }[];
  readonly log: { cases: number; events: number; activities: number; variants: number };
  readonly first_timestamp: string | null;
  readonly last_timestamp: string | null;
  readonly first_start?: string;
  readonly throughput: Times | null;
  readonly activity_counts: Readonly<Record<string, number>>;
  readonly starts: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly top_variants: readonly { readonly trace: readonly string[]; readonly count: number }[];
  readonly edges: readonly { from: string; to: string; count: number; seconds?: Times }[];
  readonly rework: {
    readonly cases: number;
    readonly repeat_events: Readonly<Record<string, number>>;
    readonly cases_by_activity: Readonly<Record<string, number>>;
    readonly self_loops: Readonly<Record<string, number>>;
  };
  readonly resources: number;
  /** What PM4Py's inductive miner finds. */
  readonly reference?: Readonly<Record<string, { readonly precision_token_replay?: number }>>;
}

interface Times {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
}

/** Object-centric: it has no single case notion. */
const NOT_A_CASE_LOG = "ocel20_example";

function optionsOf(name: string): Pick<MineOptions, "lifecycle" | "classifier"> {
  if (name.endsWith("_complete")) return { lifecycle: "complete" };
  return name.endsWith("_lc") ? { classifier: "name+lifecycle" } : {};
}

const readTruths = (): Truth[] =>
  readdirSync(shared("truth"))
    .filter((file) => file.endsWith(".json") && !file.startsWith(NOT_A_CASE_LOG))
    .map((file) => JSON.parse(readFileSync(shared(`truth/${file}`), "utf8")) as Truth);

describeWithShared("mine gives the figures of every truth", () => {
  for (const truth of readTruths()) {
    for (const { file } of truth.files) {
      it(`${truth.name} from ${file.replace("logs/", "")}`, () => compare(truth, file), 120_000);
    }
  }
});

async function compare(truth: Truth, file: string): Promise<void> {
  const options = optionsOf(truth.name);
  const { result } = await mineFile(shared(file), options);
  const { first, last, ...counts } = result.log;
  expect(counts).toEqual(truth.log);
  expect(first).toBe(earliest(truth));
  expect(last).toBe(truth.last_timestamp);
  expect(Object.fromEntries(result.activities.map(({ name, count }) => [name, count]))).toEqual(
    truth.activity_counts,
  );
  expect(result.starts).toEqual(truth.starts);
  expect(result.ends).toEqual(truth.ends);
  expectTimes(result.throughput, truth.throughput, "throughput");
  expectEdges(result.edges, truth);
  expectChosenModel(result.model!, truth);
  await compareKernel(truth, file, options);
}

/** What the default model promises; that the inductive miner without noise fits every case is among its candidates. */
function expectChosenModel(model: NonNullable<MineResult["model"]>, truth: Truth): void {
  const byName = (name: string) => model.candidates.find(({ algorithm }) => algorithm === name)!;
  const filtered = byName("Inductive miner, noise 0.2");
  const reference = truth.reference?.["inductive_noise_0.2"]?.precision_token_replay ?? 0;
  expect(byName("Inductive miner").fitness).toBe(1);
  expect(model.fitness).toBeGreaterThanOrEqual(0.95);
  expect(model.precision).toBeGreaterThanOrEqual(filtered.precision!);
  expect(model.precision === 1 || model.precision! > reference, `${model.precision} > ${reference}`).toBe(
    true,
  );
  expect(model).not.toHaveProperty("reason");
}

/** `first` is the earliest start or completion; the truth counts them apart. */
function earliest(truth: Truth): string | null {
  const instants = [truth.first_timestamp, truth.first_start ?? null].filter((text) => text !== null);
  return instants.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

function expectEdges(
  edges: readonly ({ from: string; to: string; count: number } & Nullable<Times>)[],
  truth: Truth,
) {
  expect(edges.map(({ from, to, count }) => ({ from, to, count }))).toEqual(
    truth.edges.map(({ from, to, count }) => ({ from, to, count })),
  );
  truth.edges.forEach(({ from, to, seconds }, i) => {
    const { mean, median, p95 } = edges[i]!;
    const found = mean === null || median === null || p95 === null ? null : { mean, median, p95 };
    expectTimes(found, seconds ?? null, `${from} → ${to}`);
  });
}

type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null };

/** Within max(1e-6 s, 1e-9 relative), as contract.md says. */
function expectTimes(found: Times | null, expected: Times | null, label: string): void {
  if (found === null || expected === null) {
    expect(found, label).toBe(expected);
    return;
  }
  for (const figure of ["mean", "median", "p95"] as const) {
    const allowed = Math.max(1e-6, 1e-9 * Math.abs(expected[figure]));
    expect(Math.abs(found[figure] - expected[figure]), `${label} ${figure}`).toBeLessThanOrEqual(allowed);
  }
}

/** What `mine` does not print: variants by name, rework, resources. */
async function compareKernel(
  truth: Truth,
  file: string,
  options: ReturnType<typeof optionsOf>,
): Promise<void> {
  const { columns } = await readLogFile(shared(file));
  const log = buildEventLog(columns, options);
  const found = variants(log);
  const top = truth.top_variants.map((_, v) => ({ trace: namesOf(found, v), count: found.counts[v]! }));
  expect(top).toEqual(truth.top_variants);
  const repeats = rework(log);
  expect({
    cases: repeats.cases,
    repeat_events: Object.fromEntries(repeats.repeatEvents),
    cases_by_activity: Object.fromEntries(repeats.casesByActivity),
    self_loops: Object.fromEntries(repeats.selfLoops),
  }).toEqual(truth.rework);
  expect(
    new Set(log.resource?.codes.filter((code) => log.resource!.dictionary[code] !== undefined)).size,
  ).toBe(truth.resources);
  expect(directlyFollows(log).edges.length).toBe(truth.edges.length);
}
