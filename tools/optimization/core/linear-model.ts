import { MillwrightError } from "../../../errors.ts";

/** A mixed-integer linear program in rows: minimise cost · x subject to row and column bounds. */
export interface LinearModel {
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1 for columns that must be whole numbers. */
  readonly integer: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Compressed sparse rows: `rows + 1` starts. */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface SolverOptions {
  readonly seconds: number;
  /** Relative gap at which to stop: 0.001 is a tenth of a per cent. */
  readonly gap: number;
}

/** `feasible`: the time ran out with a solution in hand, whose distance to the best possible is `gap`. */
export type SolverStatus = "optimal" | "feasible" | "infeasible" | "unbounded" | "no-solution";

export interface Solution {
  readonly status: SolverStatus;
  readonly objective: number | null;
  /** Relative distance between the solution and the best bound; 0 when proved optimal, null without a solution. */
  readonly gap: number | null;
  readonly values: Float64Array | null;
  readonly seconds: number;
}

/** Solves a model; the tool's composition gives it one that runs in a worker thread (solver.ts). */
export type Solve = (model: LinearModel, options: SolverOptions) => Promise<Solution>;

/** The solver ended without an answer. */
export class SolverError extends MillwrightError {
  constructor(reason: string, options?: ErrorOptions) {
    super(
      "solver",
      500,
      `The solver ended without an answer: ${reason}.`,
      { remedy: "Try again with fewer activities or a longer time limit." },
      options,
    );
  }
}

/** Collects columns and rows one by one. */
export class ModelBuilder {
  readonly #columns: { cost: number; lower: number; upper: number; integer: boolean }[] = [];
  readonly #rows: { lower: number; upper: number; entries: readonly (readonly [number, number])[] }[] = [];

  /** Adds a column and returns its number. */
  column(cost: number, lower = 0, upper = Number.POSITIVE_INFINITY, integer = false): number {
    return this.#columns.push({ cost, lower, upper, integer }) - 1;
  }

  /** Adds lower ≤ Σ coefficient · column ≤ upper and returns its number. */
  row(lower: number, upper: number, entries: readonly (readonly [number, number])[]): number {
    return this.#rows.push({ lower, upper, entries }) - 1;
  }

  build(): LinearModel {
    const starts = new Int32Array(this.#rows.length + 1);
    this.#rows.forEach(({ entries }, index) => {
      starts[index + 1] = starts[index]! + entries.length;
    });
    const flat = this.#rows.flatMap(({ entries }) => entries);
    return {
      cost: Float64Array.from(this.#columns, ({ cost }) => cost),
      lower: Float64Array.from(this.#columns, ({ lower }) => lower),
      upper: Float64Array.from(this.#columns, ({ upper }) => upper),
      integer: Uint8Array.from(this.#columns, ({ integer }) => Number(integer)),
      rowLower: Float64Array.from(this.#rows, ({ lower }) => lower),
      rowUpper: Float64Array.from(this.#rows, ({ upper }) => upper),
      starts,
      indices: Int32Array.from(flat, ([column]) => column),
      values: Float64Array.from(flat, ([, coefficient]) => coefficient),
    };
  }
}
