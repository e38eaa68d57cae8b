/**
 * Numbers with whole, small priorities: least first, among equals the last one in. For searches with unit costs, where
 * going deeper first among equally promising states finds a goal soonest. O(1) in and, over a search, out.
 */
export class BucketQueue {
  readonly #buckets: number[][] = [];
  #least = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The least priority that is in. */
  get least(): number {
    while (this.#least < this.#buckets.length && this.#buckets[this.#least]!.length === 0) this.#least++;
    return this.#least;
  }

  push(item: number, priority: number): void {
    while (this.#buckets.length <= priority) this.#buckets.push([]);
    this.#buckets[priority]!.push(item);
    if (priority < this.#least) this.#least = priority;
    this.#size++;
  }

  pop(): number {
    const item = this.#buckets[this.least]!.pop()!;
    this.#size--;
    return item;
  }

  clear(): void {
    for (const bucket of this.#buckets) bucket.length = 0;
    this.#least = 0;
    this.#size = 0;
  }
}
