/** The port to the eval suites, which a composition root provides: tools know neither suites nor worlds. */
import { MillwrightError } from "../../errors.ts";
import type { ToolContext } from "../define.ts";

export interface ShareOf {
  readonly passed: number;
  readonly of: number;
  /** 0 … 1, with a 95 % interval. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface TierCard {
  readonly tier: "mechanics" | "built-in" | "live";
  readonly cases: number;
  readonly notRun: number;
  /** Why cases were not run, and how many. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly k: number;
  readonly passAt1: ShareOf;
  readonly passHatK: ShareOf;
  readonly falselySure: ShareOf;
  readonly flaky: readonly string[];
  readonly by: Readonly<
    Record<
      "persona" | "capability" | "language" | "risk" | "suite",
      readonly (ShareOf & { readonly value: string })[]
    >
  >;
  readonly milliseconds: { readonly median: number | null; readonly p95: number | null };
  readonly costMicros: number;
}

/** A case that did not hold, with what was said; held-out cases are not among them. */
export interface FailedCase {
  readonly id: string;
  readonly suite: string;
  readonly tier: TierCard["tier"];
  readonly persona: string;
  readonly language: string;
  readonly capability: string;
  readonly risk: string;
  readonly note: string;
  readonly problems: readonly { readonly turn: number; readonly grader: string; readonly problem: string }[];
  /** The first call (0 …) of a turn (1 …) that is not on the expected way. */
  readonly diverges: { readonly turn: number; readonly call: number } | null;
  readonly transcript: readonly {
    readonly say: string;
    readonly person: string;
    readonly reply: string;
    readonly calls: readonly { readonly tool: string; readonly input: unknown }[];
  }[];
  /** The one line that runs it again. */
  readonly again: string;
}

/** What is kept of a run. */
export interface EvalRun {
  readonly id: string;
  readonly suites: readonly string[];
  readonly epochs: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly completedAt: string;
  readonly commit: string | null;
  readonly cards: readonly TierCard[];
  /** Cases that passed of those that were run, for each combination. */
  readonly cells: readonly {
    readonly tier: string;
    readonly persona: string;
    readonly capability: string;
    readonly language: string;
    readonly risk: string;
    readonly suite: string;
    readonly passed: number;
    readonly of: number;
  }[];
  readonly failures: readonly FailedCase[];
  /** Held-out cases that did not hold: counted, never named. */
  readonly hiddenFailures: number;
}

export interface EvalsPort {
  run(request: {
    readonly suites: readonly string[];
    readonly epochs: number;
    readonly signal: AbortSignal;
    progress(message: string, share: number): void;
  }): Promise<EvalRun>;
  /** The last run that is kept; null when there is none. */
  latest(): Promise<EvalRun | null>;
}

declare module "../define.ts" {
  interface ToolServices {
    readonly evals?: EvalsPort;
  }
}

class EvalsMissingError extends MillwrightError {
  constructor() {
    super("evals-missing", 501, "The eval suites are not part of this installation.", {
      remedy: "Run `npx millwright eval` in a checkout of Millwright.",
    });
  }
}

/** @throws EvalsMissingError where no composition root has provided them */
export function evalsOf({ services }: ToolContext): EvalsPort {
  if (services.evals === undefined) throw new EvalsMissingError();
  return services.evals;
}
