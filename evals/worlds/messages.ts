/** What a run and its processes say to each other. */
import type { CaseResult, Tier } from "../run.ts";
import type { SuiteCase } from "../suites.ts";

export interface CaseTask {
  readonly one: SuiteCase;
  readonly tier: Tier;
  readonly epoch: number;
  /** The prepared data folder of the case's world. */
  readonly prepared: string;
  readonly served: boolean;
}

export type FromProcess =
  | { readonly kind: "ready" }
  | { readonly kind: "result"; readonly result: CaseResult }
  | { readonly kind: "broken"; readonly message: string };
