/** A binary heap of small integers by a key, smallest first; equal keys by the second key, then by the integer. */
export class MinimumHeap {
  readonly #items: number[] = [];
  readonly #keys: number[] = [];
  readonly #seconds: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(item: number, key: number, second = 0): void {
    this.#items.push(item);
    this.#keys.push(key);
    this.#seconds.push(second);
    let child = this.#items.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** Takes the entry with the smallest key; undefined when empty. */
  pop(): { readonly item: number; readonly key: number } | undefined {
    const last = this.#items.length - 1;
    if (last < 0) return undefined;
    this.#swap(0, last);
    const item = this.#items.pop()!;
    const key = this.#keys.pop()!;
    this.#seconds.pop();
    this.#sink();
    return { item, key };
  }

  #sink(): void {
    let parent = 0;
    for (;;) {
      let smallest = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < this.#items.length && this.#isBefore(child, smallest)) smallest = child;
      }
      if (smallest === parent) return;
      this.#swap(parent, smallest);
      parent = smallest;
    }
  }

  #isBefore(left: number, right: number): boolean {
    const difference =
      this.#keys[left]! - this.#keys[right]! ||
      this.#seconds[left]! - this.#seconds[right]! ||
      this.#items[left]! - this.#items[right]!;
    return difference < 0;
  }

  #swap(left: number, right: number): void {
    [this.#items[left], this.#items[right]] = [this.#items[right]!, this.#items[left]!];
    [this.#keys[left], this.#keys[right]] = [this.#keys[right]!, this.#keys[left]!];
    [this.#seconds[left], this.#seconds[right]] = [this.#seconds[right]!, this.#seconds[left]!];
  }
}
