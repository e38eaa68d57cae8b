import type { Layers } from "./layout-layers.ts";

/** Sweeps over all layers; more change nothing on graphs of the size that people read. */
const SWEEPS = 12;

/** Slots next to each other: who is in the layer before, and who in the layer after. */
export interface SlotNeighbours {
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

export function slotNeighbours(layers: Layers): SlotNeighbours {
  const before = layers.slots.map((): number[] => []);
  const after = layers.slots.map((): number[] => []);
  for (const chain of layers.chains.values()) {
    chain.slice(1).forEach((slot, i) => {
      before[slot]!.push(chain[i]!);
      after[chain[i]!]!.push(slot);
    });
  }
  return { before, after };
}

/** The slots of each layer from top to bottom, with few crossings: barycentres of neighbours, to and fro; the best is kept. */
export function orderLayers(layers: Layers): readonly (readonly number[])[] {
  const { before, after } = slotNeighbours(layers);
  const order = layers.byLayer.map((slots) => [...slots]);
  let best = order.map((slots) => [...slots]);
  let fewest = crossings(order, after);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const forward = sweep % 2 === 0;
    const indexes = [...order.keys()];
    for (const layer of forward ? indexes : indexes.reverse()) {
      sortByBarycentre(order, layer, forward ? layer - 1 : layer + 1, forward ? before : after);
    }
    const count = crossings(order, after);
    if (count >= fewest) continue;
    fewest = count;
    best = order.map((slots) => [...slots]);
  }
  return best;
}

function sortByBarycentre(
  order: number[][],
  layer: number,
  beside: number,
  neighbours: readonly (readonly number[])[],
): void {
  const positions = new Map((order[beside] ?? []).map((slot, at) => [slot, at]));
  const barycentre = (slot: number, at: number): number => {
    const found = neighbours[slot]!.flatMap((each) => positions.get(each) ?? []);
    return found.length === 0 ? at : found.reduce((sum, each) => sum + each, 0) / found.length;
  };
  const keyed = order[layer]!.map((slot, at) => ({ slot, key: barycentre(slot, at) }));
  order[layer] = keyed.sort((a, b) => a.key - b.key).map(({ slot }) => slot);
}

/** Pairs of neighbouring edges that cross. */
function crossings(order: readonly (readonly number[])[], after: readonly (readonly number[])[]): number {
  const position = new Map(order.flatMap((slots) => slots.map((slot, at) => [slot, at] as const)));
  let count = 0;
  for (const slots of order) {
    const ends: number[] = [];
    for (const slot of slots) {
      const own = after[slot]!.map((next) => position.get(next)!);
      for (const end of own) count += ends.filter((other) => other > end).length;
      ends.push(...own);
    }
  }
  return count;
}
