/** A finished evaluation: what every report is made of. */
import type { Comparison, Outcomes } from "../compare.ts";
import type { CaseResult } from "../run.ts";
import type { Scorecard } from "../scorecard.ts";

export interface Evaluation {
  readonly id: string;
  readonly suites: readonly string[];
  readonly split: "development" | "held-out" | "all";
  readonly epochs: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly completedAt: string;
  /** The commit that was evaluated; null outside of a checkout. */
  readonly commit: string | null;
  readonly results: readonly CaseResult[];
  readonly cards: readonly Scorecard[];
  readonly outcomes: Outcomes;
  /** Null where it was compared with nothing. */
  readonly comparisons: readonly Comparison[] | null;
}

/** What may be shown one by one: everything but the held-out cases, unless a single one was asked for. */
export const shownResults = ({ results }: Evaluation): readonly CaseResult[] =>
  results.filter(({ heldOut }) => !heldOut);
