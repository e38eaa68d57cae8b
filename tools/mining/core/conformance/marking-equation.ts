import type { PetriNet } from "../petri-net.ts";

const TOLERANCE = 1e-7;
/** After so many pivots the inverse is made anew, so that rounding does not add up. */
const PIVOTS_BEFORE_RESET = 400;
const MOST_PIVOTS_A_BOUND = 2000;

/**
 * A lower bound on what is left to pay, by the marking equation (Adriansyah 2014; van Dongen 2018): the cheapest real
 * multiset of moves whose token changes lead from a marking to the final one and which covers the remaining events.
 *
 *     min  Σ model moves of labelled transitions + Σ log moves
 *     s.t. incidence · (model + synchronous moves) = final marking - marking      (a row each place)
 *          synchronous moves + log moves of activity a = remaining events of a    (a row each label)
 *
 * Rows do not depend on the trace, so one matrix serves a whole log and the optimal basis of one call starts the next
 * one: a changed right side leaves it dual feasible (bounded dual simplex, explicit inverse; Koberstein 2005). Any dual
 * feasible point gives a valid bound, so stopping early costs tightness only. O(rows²) a pivot, few pivots a call.
 */
export class MarkingEquation {
  readonly #rows: number;
  readonly #places: number;
  /** Structural columns: transitions as model moves, then as synchronous moves, then labels as log moves. */
  readonly #columns: readonly (readonly [rows: Int32Array, values: Float64Array])[];
  readonly #cost: Float64Array;
  readonly #final: Float64Array;
  /** Column in each basic position; rows' artificial ones are `#columns.length + row` and must be 0. */
  readonly #basis: Int32Array;
  readonly #isBasic: Uint8Array;
  readonly #inverse: Float64Array;
  readonly #dual: Float64Array;
  readonly #right: Float64Array;
  readonly #values: Float64Array;
  #pivots = 0;

  constructor(net: PetriNet, labelOf: Int32Array, labels: number) {
    this.#places = net.places;
    this.#rows = net.places + labels;
    const { columns, cost } = columnsOf(net, labelOf, labels);
    this.#columns = columns;
    this.#cost = Float64Array.from(cost);
    this.#final = Float64Array.from(net.final);
    this.#basis = new Int32Array(this.#rows);
    this.#isBasic = new Uint8Array(columns.length);
    this.#inverse = new Float64Array(this.#rows * this.#rows);
    this.#dual = new Float64Array(this.#rows);
    this.#right = new Float64Array(this.#rows);
    this.#values = new Float64Array(this.#rows);
    this.#reset();
  }

  /**
   * Least cost from a marking with these events left, by label, rounded up to a whole number as all costs are whole.
   * Infinity where the final marking cannot be reached.
   */
  bound(tokens: (place: number) => number, remaining: Int32Array): number {
    for (let p = 0; p < this.#places; p++) this.#right[p] = this.#final[p]! - tokens(p);
    for (let a = 0; a < remaining.length; a++) this.#right[this.#places + a] = remaining[a]!;
    if (this.#pivots > PIVOTS_BEFORE_RESET) this.#reset();
    this.#multiply();
    for (let pivot = 0; pivot < MOST_PIVOTS_A_BOUND; pivot++) {
      const row = this.#leaving();
      if (row < 0) break;
      if (!this.#pivot(row)) return Number.POSITIVE_INFINITY;
    }
    let bound = 0;
    for (let r = 0; r < this.#rows; r++) bound += this.#dual[r]! * this.#right[r]!;
    return Math.max(0, Math.ceil(bound - 1e-5));
  }

  #reset(): void {
    this.#inverse.fill(0);
    this.#isBasic.fill(0);
    this.#dual.fill(0);
    for (let r = 0; r < this.#rows; r++) {
      this.#inverse[r * this.#rows + r] = 1;
      this.#basis[r] = this.#columns.length + r;
    }
    this.#pivots = 0;
  }

  /** Values of the basic columns: inverse × right side. */
  #multiply(): void {
    const rows = this.#rows;
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      const base = r * rows;
      for (let c = 0; c < rows; c++) sum += this.#inverse[base + c]! * this.#right[c]!;
      this.#values[r] = sum;
    }
  }

  /** The basic position that is furthest from what it may be; -1 when all are fine. */
  #leaving(): number {
    let worst = TOLERANCE;
    let found = -1;
    for (let r = 0; r < this.#rows; r++) {
      const value = this.#values[r]!;
      const wrong = this.#basis[r]! >= this.#columns.length ? Math.abs(value) : -value;
      if (wrong > worst) {
        worst = wrong;
        found = r;
      }
    }
    return found;
  }

  /** Brings the column of least dual ratio in at a position. False where none can: there is no solution. */
  #pivot(row: number): boolean {
    const rows = this.#rows;
    const sign = this.#values[row]! > 0 ? 1 : -1;
    const base = row * rows;
    let entering = -1;
    let least = Number.POSITIVE_INFINITY;
    let size = 0;
    for (let j = 0; j < this.#columns.length; j++) {
      if (this.#isBasic[j] === 1) continue;
      const [at, values] = this.#columns[j]!;
      let alpha = 0;
      let reduced = this.#cost[j]!;
      for (let k = 0; k < at.length; k++) {
        alpha += this.#inverse[base + at[k]!]! * values[k]!;
        reduced -= this.#dual[at[k]!]! * values[k]!;
      }
      if (alpha * sign <= TOLERANCE) continue;
      const ratio = Math.max(0, reduced) / (alpha * sign);
      if (ratio < least - 1e-12 || (ratio <= least + 1e-12 && alpha * sign > size)) {
        least = ratio;
        entering = j;
        size = alpha * sign;
      }
    }
    if (entering < 0) return false;
    this.#enter(row, entering, least * sign);
    return true;
  }

  #enter(row: number, entering: number, step: number): void {
    const rows = this.#rows;
    const [at, values] = this.#columns[entering]!;
    const inverse = this.#inverse;
    const base = row * rows;
    for (let c = 0; c < rows; c++) this.#dual[c]! += step * inverse[base + c]!;
    let alpha = 0;
    for (let k = 0; k < at.length; k++) alpha += inverse[base + at[k]!]! * values[k]!;
    for (let c = 0; c < rows; c++) inverse[base + c]! /= alpha;
    this.#values[row]! /= alpha;
    for (let r = 0; r < rows; r++) {
      if (r === row) continue;
      const own = r * rows;
      let factor = 0;
      for (let k = 0; k < at.length; k++) factor += inverse[own + at[k]!]! * values[k]!;
      if (factor === 0) continue;
      for (let c = 0; c < rows; c++) inverse[own + c]! -= factor * inverse[base + c]!;
      this.#values[r]! -= factor * this.#values[row]!;
    }
    const leaving = this.#basis[row]!;
    if (leaving < this.#columns.length) this.#isBasic[leaving] = 0;
    this.#basis[row] = entering;
    this.#isBasic[entering] = 1;
    this.#pivots++;
  }
}

function columnsOf(net: PetriNet, labelOf: Int32Array, labels: number) {
  const columns: (readonly [Int32Array, Float64Array])[] = [];
  const cost: number[] = [];
  const add = (entries: ReadonlyMap<number, number>, price: number) => {
    const kept = [...entries].filter(([, value]) => value !== 0);
    columns.push([Int32Array.from(kept, ([row]) => row), Float64Array.from(kept, ([, value]) => value)]);
    cost.push(price);
  };
  net.transitions.forEach((_, t) => {
    add(changes(net, t), labelOf[t]! < 0 ? 0 : 1);
  });
  net.transitions.forEach((_, t) => {
    if (labelOf[t]! >= 0) add(new Map([...changes(net, t), [net.places + labelOf[t]!, 1]]), 0);
  });
  for (let a = 0; a < labels; a++) add(new Map([[net.places + a, 1]]), 1);
  return { columns, cost };
}

/** Change of tokens by place. */
function changes(net: PetriNet, t: number): Map<number, number> {
  const { inputs, outputs } = net.transitions[t]!;
  const change = new Map<number, number>();
  for (const p of inputs) change.set(p, (change.get(p) ?? 0) - 1);
  for (const p of outputs) change.set(p, (change.get(p) ?? 0) + 1);
  return change;
}
