/**
 * Nodes of a search on the synchronous product: a state of the model and how many events are behind. Columns of typed
 * arrays that are used again from trace to trace.
 */
export class ProductNodes {
  count = 0;
  state = new Int32Array(1024);
  position = new Int32Array(1024);
  /** Cost so far. */
  cost = new Int32Array(1024);
  /** Lower bound of what is left; -1 while it is only estimated. */
  bound = new Int32Array(1024);
  /** Priority under which the node waits; -1 once it is done. */
  waiting = new Int32Array(1024);
  parent = new Int32Array(1024);
  /** The transition taken to get here, -1 for a log move. */
  transition = new Int32Array(1024);
  #table = new Int32Array(4096);

  clear(): void {
    if (this.count * 4 > this.#table.length / 8) this.#table.fill(0);
    else for (let node = 0; node < this.count; node++) this.#forget(node);
    this.count = 0;
  }

  #forget(node: number): void {
    const mask = this.#table.length - 1;
    let slot = hash(this.state[node]!, this.position[node]!) & mask;
    while (this.#table[slot] !== 0) {
      this.#table[slot] = 0;
      slot = (slot + 1) & mask;
    }
  }

  /** The node of a state and position; a new one has cost -1. */
  at(state: number, position: number): number {
    const mask = this.#table.length - 1;
    let slot = hash(state, position) & mask;
    for (let entry = this.#table[slot]!; entry !== 0; entry = this.#table[slot]!) {
      if (this.state[entry - 1] === state && this.position[entry - 1] === position) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const node = this.count++;
    if (node === this.state.length) this.#grow();
    this.state[node] = state;
    this.position[node] = position;
    this.cost[node] = -1;
    this.bound[node] = -1;
    this.#table[slot] = node + 1;
    if (this.count * 2 > this.#table.length) this.#rehash();
    return node;
  }

  #grow(): void {
    const larger = (old: Int32Array<ArrayBuffer>) => {
      const grown = new Int32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.state = larger(this.state);
    this.position = larger(this.position);
    this.cost = larger(this.cost);
    this.bound = larger(this.bound);
    this.waiting = larger(this.waiting);
    this.parent = larger(this.parent);
    this.transition = larger(this.transition);
  }

  #rehash(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    const mask = this.#table.length - 1;
    for (let node = 0; node < this.count; node++) {
      let slot = hash(this.state[node]!, this.position[node]!) & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = node + 1;
    }
  }
}

function hash(state: number, position: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(position, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
