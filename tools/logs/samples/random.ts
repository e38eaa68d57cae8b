/** A seeded source of randomness (mulberry32): the same seed, the same numbers on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  /** Log-normal with the given median; `spread` is the standard deviation of the logarithm. */
  lognormal(median: number, spread: number): number {
    const angle = 2 * Math.PI * this.next();
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(angle);
    return median * Math.exp(spread * normal);
  }

  /** One of the values, by weight. */
  pick<Value>(weighted: readonly (readonly [Value, number])[]): Value {
    let rest = this.next() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of weighted) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return (weighted[weighted.length - 1] as readonly [Value, number])[0];
  }
}
