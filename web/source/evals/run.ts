/** A kept run of the evals as the page reads it, and its cross-table. */

export interface Cell {
  readonly tier: string;
  readonly persona: string;
  readonly capability: string;
  readonly language: string;
  readonly risk: string;
  readonly suite: string;
  readonly passed: number;
  readonly of: number;
}

export interface Share {
  readonly passed: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface TierCard {
  readonly tier: string;
  readonly cases: number;
  readonly notRun: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly k: number;
  readonly passAt1: Share;
  readonly passHatK: Share;
  readonly falselySure: Share;
  readonly flaky: readonly string[];
  readonly milliseconds: { readonly median: number | null; readonly p95: number | null };
}

export interface FailedCase {
  readonly id: string;
  readonly suite: string;
  readonly tier: string;
  readonly persona: string;
  readonly language: string;
  readonly capability: string;
  readonly risk: string;
  readonly note: string;
  readonly problems: readonly { readonly turn: number; readonly problem: string }[];
  readonly diverges: { readonly turn: number; readonly call: number } | null;
  readonly transcript: readonly {
    readonly say: string;
    readonly person: string;
    readonly reply: string;
    readonly calls: readonly { readonly tool: string; readonly input: unknown }[];
  }[];
  readonly again: string;
}

export interface EvalRun {
  readonly suites: readonly string[];
  readonly completedAt: string;
  readonly commit: string | null;
  readonly cards: readonly TierCard[];
  readonly cells: readonly Cell[];
  readonly failures: readonly FailedCase[];
  readonly hiddenFailures: number;
}

export const dimensions = ["persona", "capability", "language", "risk", "suite"] as const;
export type Dimension = (typeof dimensions)[number];

export const tierNames: Readonly<Record<string, string>> = {
  mechanics: "Mechanics",
  "built-in": "Built-in planner",
  live: "Live model",
};

export interface CrossTable {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** By row, then column; null where there is no case. */
  readonly cells: readonly (readonly ({ readonly passed: number; readonly of: number } | null)[])[];
}

/** The cases of one tier, by two dimensions. */
export function crossTable(
  all: readonly Cell[],
  tier: string,
  rows: Dimension,
  columns: Dimension,
): CrossTable {
  const own = all.filter((cell) => cell.tier === tier);
  const values = (dimension: Dimension) => [...new Set(own.map((cell) => cell[dimension]))].sort();
  const cell = (row: string, column: string) => {
    const here = own.filter((one) => one[rows] === row && one[columns] === column);
    if (here.length === 0) return null;
    return {
      passed: here.reduce((sum, { passed }) => sum + passed, 0),
      of: here.reduce((sum, { of }) => sum + of, 0),
    };
  };
  const [left, top] = [values(rows), values(columns)];
  return { rows: left, columns: top, cells: left.map((row) => top.map((column) => cell(row, column))) };
}
