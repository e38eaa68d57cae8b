/** Groups of items by their distances, as medoids: each group is stood for by one of its items. */
export interface Clustering {
  /** Group of each item; groups are numbered by weight, the heaviest first. */
  readonly groupOf: Int32Array;
  /** Item that stands for each group. */
  readonly medoids: readonly number[];
  /** Mean silhouette, -1 to 1: above 0.5 clear groups, below 0.25 hardly any (Kaufman & Rousseeuw 1990). */
  readonly silhouette: number;
}

const MOST_ROUNDS = 30;
/** A silhouette this close to the best is as good: then fewer groups are better. */
const ENOUGH = 0.05;

/**
 * k-medoids for the least number of groups, of 2 to `most`, whose silhouette (Rousseeuw 1987) is about the best. `distance` is symmetric with
 * values from 0 to 1; `weights` is how often each item occurs. Begins with greedily chosen medoids (Kaufman & Rousseeuw's
 * BUILD), so there is no chance in it: equal input gives equal groups. Null where there are fewer than three items.
 * O(most × rounds × items²).
 */
export function cluster(
  items: number,
  distance: (i: number, j: number) => number,
  weights: ArrayLike<number>,
  most = 8,
): Clustering | null {
  if (items < 3) return null;
  const matrix = new Float64Array(items * items);
  for (let i = 0; i < items; i++) {
    for (let j = 0; j < i; j++) matrix[i * items + j] = matrix[j * items + i] = distance(i, j);
  }
  const points = new Points(items, matrix, weights);
  const tried: Clustering[] = [];
  const medoids: number[] = [points.nextMedoid([])];
  for (let k = 2; k <= Math.min(most, items - 1); k++) {
    medoids.push(points.nextMedoid(medoids));
    tried.push(points.settle(medoids));
  }
  const best = Math.max(...tried.map(({ silhouette }) => silhouette));
  return tried.find(({ silhouette }) => silhouette >= best - ENOUGH)!;
}

class Points {
  readonly #items: number;
  readonly #distance: Float64Array;
  readonly #weights: ArrayLike<number>;

  constructor(items: number, distance: Float64Array, weights: ArrayLike<number>) {
    this.#items = items;
    this.#distance = distance;
    this.#weights = weights;
  }

  #between = (i: number, j: number): number => this.#distance[i * this.#items + j]!;

  /** The item that brings all items closest to a medoid. */
  nextMedoid(medoids: readonly number[]): number {
    const nearest = Float64Array.from({ length: this.#items }, (_, i) =>
      medoids.reduce((least, medoid) => Math.min(least, this.#between(i, medoid)), 1),
    );
    let best = -1;
    let most = -1;
    for (let candidate = 0; candidate < this.#items; candidate++) {
      if (medoids.includes(candidate)) continue;
      let gain = 0;
      for (let i = 0; i < this.#items; i++) {
        gain += Math.max(0, nearest[i]! - this.#between(i, candidate)) * this.#weights[i]!;
      }
      if (gain > most) [best, most] = [candidate, gain];
    }
    return best;
  }

  /** Assigns items and moves medoids in turns until nothing changes. */
  settle(start: readonly number[]): Clustering {
    let medoids = [...start];
    let groupOf = this.#assign(medoids);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const moved = medoids.map((_, group) => this.#centre(groupOf, group));
      const assigned = this.#assign(moved);
      const settled = moved.every((medoid, group) => medoid === medoids[group]);
      [medoids, groupOf] = [moved, assigned];
      if (settled) break;
    }
    return this.#byWeight(medoids, groupOf);
  }

  #assign(medoids: readonly number[]): Int32Array {
    return Int32Array.from({ length: this.#items }, (_, i) => {
      const own = medoids.indexOf(i);
      if (own >= 0) return own;
      let best = 0;
      for (let group = 1; group < medoids.length; group++) {
        if (this.#between(i, medoids[group]!) < this.#between(i, medoids[best]!)) best = group;
      }
      return best;
    });
  }

  /** The member with the least sum of distances to the others. */
  #centre(groupOf: Int32Array, group: number): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let candidate = 0; candidate < this.#items; candidate++) {
      if (groupOf[candidate] !== group) continue;
      let sum = 0;
      for (let i = 0; i < this.#items; i++) {
        if (groupOf[i] === group) sum += this.#between(i, candidate) * this.#weights[i]!;
      }
      if (sum < least) [best, least] = [candidate, sum];
    }
    return best;
  }

  #byWeight(medoids: readonly number[], groupOf: Int32Array): Clustering {
    const weight = new Float64Array(medoids.length);
    groupOf.forEach((group, i) => {
      weight[group]! += this.#weights[i]!;
    });
    const order = medoids.map((_, group) => group).sort((g, h) => weight[h]! - weight[g]! || g - h);
    const numbers = new Int32Array(order.length);
    order.forEach((group, number) => {
      numbers[group] = number;
    });
    return {
      groupOf: groupOf.map((group) => numbers[group]!),
      medoids: order.map((group) => medoids[group]!),
      silhouette: this.#silhouette(groupOf, weight),
    };
  }

  /** Weighted: an item that occurs w times is w items at one place. */
  #silhouette(groupOf: Int32Array, weight: Float64Array): number {
    let total = 0;
    let all = 0;
    for (let i = 0; i < this.#items; i++) {
      const sums = new Float64Array(weight.length);
      for (let j = 0; j < this.#items; j++) sums[groupOf[j]!]! += this.#between(i, j) * this.#weights[j]!;
      const own = groupOf[i]!;
      all += this.#weights[i]!;
      if (weight[own]! <= 1) continue;
      const inside = sums[own]! / (weight[own]! - 1);
      let outside = Number.POSITIVE_INFINITY;
      weight.forEach((size, group) => {
        if (group !== own && size > 0) outside = Math.min(outside, sums[group]! / size);
      });
      const larger = Math.max(inside, outside);
      if (larger > 0) total += (this.#weights[i]! * (outside - inside)) / larger;
    }
    return all === 0 ? 0 : total / all;
  }
}
