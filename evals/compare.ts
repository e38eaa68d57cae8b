/** Two runs of the same cases, held against each other. Pure. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { MillwrightError } from "../errors.ts";
import { type CaseResult, type Tier, tiers } from "./run.ts";
import { summarise } from "./scorecard.ts";
import { mcnemar } from "./statistics.ts";

/** Whether each case that was run passed (in all its runs), by case; held-out ones by a hash of their id. */
export type Outcomes = Readonly<Partial<Record<Tier, Readonly<Record<string, boolean>>>>>;

const OutcomesSchema = z.partialRecord(z.enum(tiers), z.record(z.string(), z.boolean()));

/** What may be compared with: a baseline, or the JSON of a report. */
const ComparableSchema = z.union([
  z.object({ outcomes: OutcomesSchema }),
  z.object({ results: z.object({ metadata: z.object({ outcomes: OutcomesSchema }) }) }),
]);

export interface Comparison {
  readonly tier: Tier;
  /** Cases that were run both times. */
  readonly both: number;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** McNemar's exact test. */
  readonly p: number;
  /** Cases that only one of the two has. */
  readonly added: number;
  readonly removed: number;
}

export class ComparisonError extends MillwrightError {
  constructor(reference: string, why: string) {
    super("eval-comparison", 422, `There is nothing to compare with in "${reference}": ${why}`, {
      value: reference,
      expected: "a report written by `eval --json`, or a git revision that has evals/baselines",
      remedy: "Name one of these.",
    });
  }
}

const key = ({ id, heldOut }: Pick<CaseResult, "id" | "heldOut">): string =>
  heldOut ? `held-out:${createHash("sha256").update(id).digest("hex").slice(0, 16)}` : id;

export function outcomesOf(results: readonly CaseResult[]): Outcomes {
  const byTier = Map.groupBy(results, ({ tier }) => tier);
  return Object.fromEntries(
    [...byTier].map(([tier, own]) => {
      const run = summarise(own).filter(({ runs }) => runs > 0);
      return [
        tier,
        Object.fromEntries(run.map(({ result, passed, runs }) => [key(result), passed === runs])),
      ];
    }),
  );
}

/** @throws ComparisonError when the text is neither a report nor a baseline */
export function readOutcomes(json: string, reference: string): Outcomes {
  try {
    const parsed = ComparableSchema.parse(JSON.parse(json));
    return "outcomes" in parsed ? parsed.outcomes : parsed.results.metadata.outcomes;
  } catch (error) {
    throw new ComparisonError(
      reference,
      error instanceof Error ? error.message.slice(0, 200) : String(error),
    );
  }
}

/** Per tier that both have; `now` against `before`. */
export function compare(now: Outcomes, before: Outcomes): Comparison[] {
  return tiers.flatMap((tier) => {
    const [after, earlier] = [now[tier], before[tier]];
    if (after === undefined || earlier === undefined) return [];
    const both = Object.keys(after).filter((id) => Object.hasOwn(earlier, id));
    const gained = both.filter((id) => after[id] && !earlier[id]);
    const lost = both.filter((id) => !after[id] && earlier[id]);
    const added = Object.keys(after).length - both.length;
    const removed = Object.keys(earlier).length - both.length;
    return [
      { tier, both: both.length, gained, lost, p: mcnemar(gained.length, lost.length), added, removed },
    ];
  });
}

const named = (ids: readonly string[]): string => {
  const open = ids.filter((id) => !id.startsWith("held-out:"));
  const hidden = ids.length - open.length;
  return [...open, ...(hidden > 0 ? [`${hidden} held out`] : [])].join(", ") || "none";
};

/** A comparison in lines of text. */
export const inLines = ({ both, gained, lost, p, added, removed }: Comparison): string[] => [
  `compared over ${both} cases: ${gained.length} now pass, ${lost.length} now fail; p = ${p.toFixed(4)} (McNemar, exact)`,
  `now pass: ${named(gained)}`,
  `now fail: ${named(lost)}`,
  ...(added + removed > 0 ? [`${added} cases are new, ${removed} were not run this time`] : []),
];
