/** From results of runs to figures of a tier. Pure. Cases that were not run are counted as that and as nothing else. */
import { type AttackFigures, attackFigures } from "./attack-figures.ts";
import { type JudgeFigures, judgeFigures } from "./live/judgement.ts";
import type { CaseResult, Tier } from "./run.ts";
import { differenceInterval, type Interval, quantile, type Share, shareIn as share } from "./statistics.ts";

export type { Share } from "./statistics.ts";

/** All runs of one case. */
export interface CaseSummary {
  readonly id: string;
  readonly result: CaseResult;
  readonly runs: number;
  readonly passed: number;
}

export interface Row extends Share {
  readonly value: string;
  readonly notRun: number;
}

export const dimensions = ["persona", "capability", "language", "risk", "suite"] as const;
export type Dimension = (typeof dimensions)[number];

export interface Scorecard {
  readonly tier: Tier;
  readonly cases: number;
  readonly notRun: number;
  /** Why cases were not run, and how many. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Runs of each case. */
  readonly k: number;
  /** Share of the runs that passed, over cases. */
  readonly passAt1: Share;
  /** Share of the cases of which all k runs passed. */
  readonly passHatK: Share;
  /** Cases that passed in some runs and failed in others. */
  readonly flaky: readonly string[];
  readonly by: Readonly<Record<Dimension, readonly Row[]>>;
  /** Answered wrongly as if it were right. */
  readonly falselySure: Share;
  /** Turns in which it had to ask, and did. */
  readonly asks: Share;
  /** Turns in which it must not ask, and did not. */
  readonly silent: Share;
  /** Null where a suite is not split. */
  readonly split: null | {
    readonly development: Share;
    readonly heldOut: Share;
    /** Development less held out, with its interval: how much the planner owes to having seen the cases. */
    readonly gap: Interval & { readonly difference: number };
  };
  /** Of the live tier, where a model was asked for its opinion; null otherwise. */
  readonly judge: JudgeFigures | null;
  /** Null where nothing was attacked. */
  readonly attacks: AttackFigures | null;
  readonly milliseconds: { readonly median: number | null; readonly p95: number | null };
  readonly costMicros: number;
}

export function summarise(results: readonly CaseResult[]): CaseSummary[] {
  const byId = Map.groupBy(results, ({ id }) => id);
  return [...byId].map(([id, runs]) => ({
    id,
    result: runs.find(({ status }) => status === "failed") ?? (runs[0] as CaseResult),
    runs: runs.filter(({ status }) => status !== "not-run").length,
    passed: runs.filter(({ status }) => status === "passed").length,
  }));
}

/** Over cases, each with its share of passed runs. */
const meanShare = (cases: readonly CaseSummary[]): Share => {
  const run = cases.filter(({ runs }) => runs > 0);
  return share({ passed: run.reduce((sum, { passed, runs }) => sum + passed / runs, 0), of: run.length });
};

export function scorecard(tier: Tier, all: readonly CaseResult[]): Scorecard {
  const results = all.filter((result) => result.tier === tier);
  const cases = summarise(results);
  const run = cases.filter(({ runs }) => runs > 0);
  const turns = results.flatMap(({ transcript }) => transcript);
  const shouldAsk = turns.filter((turn) => turn.shouldAsk === true);
  const shouldNot = turns.filter((turn) => turn.shouldAsk === false);
  const ran = results.filter(({ status }) => status !== "not-run");
  return {
    tier,
    cases: cases.length,
    notRun: cases.length - run.length,
    reasons: reasonsOf(cases),
    k: Math.max(1, ...cases.map(({ runs }) => runs)),
    passAt1: meanShare(cases),
    passHatK: share({ passed: run.filter(({ passed, runs }) => passed === runs).length, of: run.length }),
    flaky: run.filter(({ passed, runs }) => passed > 0 && passed < runs).map(({ id }) => id),
    by: byDimension(cases),
    falselySure: share({ passed: run.filter(({ result }) => result.falselySure).length, of: run.length }),
    asks: share({ passed: shouldAsk.filter(({ asked }) => asked).length, of: shouldAsk.length }),
    silent: share({ passed: shouldNot.filter(({ asked }) => !asked).length, of: shouldNot.length }),
    split: splitOf(cases),
    attacks: attackFigures(ran),
    judge: tier === "live" ? judgeFigures(ran) : null,
    milliseconds: {
      median: quantile(
        turns.map(({ milliseconds }) => milliseconds),
        0.5,
      ),
      p95: quantile(
        turns.map(({ milliseconds }) => milliseconds),
        0.95,
      ),
    },
    costMicros: ran.reduce((sum, { costMicros }) => sum + costMicros, 0),
  };
}

function reasonsOf(cases: readonly CaseSummary[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { result, runs } of cases) {
    if (runs > 0) continue;
    const reason = result.reason ?? "unknown";
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

function byDimension(cases: readonly CaseSummary[]): Record<Dimension, Row[]> {
  const rows = (dimension: Dimension): Row[] =>
    [...Map.groupBy(cases, ({ result }) => result[dimension])]
      .map(([value, group]) => ({
        value,
        notRun: group.filter(({ runs }) => runs === 0).length,
        ...meanShare(group),
      }))
      .sort((a, b) => (a.value < b.value ? -1 : 1));
  return Object.fromEntries(dimensions.map((dimension) => [dimension, rows(dimension)])) as Record<
    Dimension,
    Row[]
  >;
}

/** Suites that are not split have nothing to say about a gap. */
function splitOf(all: readonly CaseSummary[]): Scorecard["split"] {
  const cases = all.filter(({ result }) => result.suite.startsWith("understanding-"));
  const development = meanShare(cases.filter(({ result }) => !result.heldOut));
  const heldOut = meanShare(cases.filter(({ result }) => result.heldOut));
  if (heldOut.of === 0 || development.of === 0) return null;
  const difference = development.share - heldOut.share;
  return { development, heldOut, gap: { difference, ...differenceInterval(development, heldOut) } };
}
