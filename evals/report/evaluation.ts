/** A finished evaluation: what every report is made of. */
import type { Comparison, Outcomes } from "../compare.ts";
import type { CaseResult } from "../run.ts";
import type { Scorecard } from "../scorecard.ts";

/** How well memories are found again, on the labelled set of memory/fixtures/recall.ts. Shares of the queries, 0 to 1. */
export interface RecallFigures {
  readonly way: "words" | "vectors" | "both, fused";
  readonly embedder: string;
  /** In the language of their memory, and in another. */
  readonly queries: { readonly same: number; readonly across: number };
  /** Found first, and among the first five, of those in the same language. */
  readonly first: number;
  readonly five: number;
  /** Among the first five, of those in another language. */
  readonly across: number;
}

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
  /** Null where the suite of memories was not among those that were run. */
  readonly recall?: readonly RecallFigures[] | null;
  /** Null where it was compared with nothing. */
  readonly comparisons: readonly Comparison[] | null;
}

/** What may be shown one by one: everything but the held-out cases, unless a single one was asked for. */
export const shownResults = ({ results }: Evaluation): readonly CaseResult[] =>
  results.filter(({ heldOut }) => !heldOut);
