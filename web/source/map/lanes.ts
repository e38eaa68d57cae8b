/**
 * The lane (row) of every slot. The happy path holds lane 0 in every layer; the others stand above and below it,
 * ordered by the median of their neighbours (Gansner et al., "A technique for drawing directed graphs", 1993).
 */
import type { Layers, Slot } from "./layers.ts";

const sweeps = 8;

/** Whole numbers by slot id; negative is above the happy path. */
export function lanesOf(layers: Layers): ReadonlyMap<string, number> {
  const neighbours = neighboursOf(layers);
  const straight = straightSlots(layers);
  const lanes = new Map<string, number>();
  const before = previousSlots(layers);
  for (const layer of layers.slots) initialLanes(layer, straight, before, lanes);
  const furthest = Math.max(...layers.slots.map((layer) => Math.ceil(layer.length / 2))) + 1;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const ordered = sweep % 2 === 0 ? layers.slots : [...layers.slots].reverse();
    for (const layer of ordered) settleLayer(layer, straight, neighbours, lanes, furthest);
  }
  return lanes;
}

/** Nodes of the happy path, and the bends where it passes a layer. */
function straightSlots(layers: Layers): ReadonlySet<string> {
  const straight = new Set(layers.happy);
  const steps = new Set(layers.happy.slice(1).map((node, index) => `${layers.happy[index]}\n${node}`));
  for (const [edge, route] of layers.routes) {
    if (steps.has(`${edge.from}\n${edge.to}`)) for (const id of route) straight.add(id);
  }
  return straight;
}

function neighboursOf(layers: Layers): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  const add = (id: string, other: string) => {
    const known = neighbours.get(id);
    if (known) known.push(other);
    else neighbours.set(id, [other]);
  };
  for (const route of layers.routes.values()) {
    for (let index = 1; index < route.length; index++) {
      const [left, right] = [route[index - 1] as string, route[index] as string];
      add(left, right);
      add(right, left);
    }
  }
  return neighbours;
}

/** By slot, where the edges into it come from. */
function previousSlots(layers: Layers): ReadonlyMap<string, string> {
  const before = new Map<string, string>();
  for (const route of layers.routes.values()) {
    for (let index = 1; index < route.length; index++)
      before.set(route[index] as string, route[index - 1] as string);
  }
  return before;
}

/**
 * A slot starts on the side that its predecessor is on, so that no long step crosses the happy path for nothing; what
 * leaves the happy path goes where there is more room. Activities stand nearer to it than bends.
 */
function initialLanes(
  layer: readonly Slot[],
  straight: ReadonlySet<string>,
  before: ReadonlyMap<string, string>,
  lanes: Map<string, number>,
): void {
  const free = layer.filter((slot) => !straight.has(slot.id));
  for (const slot of layer) if (straight.has(slot.id)) lanes.set(slot.id, 0);
  const used = { above: 0, below: 0 };
  const nodesFirst = [
    ...free.filter((slot) => slot.bend === null),
    ...free.filter((slot) => slot.bend !== null),
  ];
  for (const slot of nodesFirst) {
    const from = lanes.get(before.get(slot.id) ?? "") ?? 0;
    const side = from < 0 || (from === 0 && used.above < used.below) ? "above" : "below";
    used[side] += 1;
    lanes.set(slot.id, side === "above" ? -used.above : used.below);
  }
}

function settleLayer(
  layer: readonly Slot[],
  straight: ReadonlySet<string>,
  neighbours: ReadonlyMap<string, readonly string[]>,
  lanes: Map<string, number>,
  furthest: number,
): void {
  const bounded = (wish: number) => Math.max(-furthest, Math.min(furthest, wish));
  const wished = layer
    .filter((slot) => !straight.has(slot.id))
    .map((slot) => ({
      id: slot.id,
      wish: bounded(wishOf(slot.id, neighbours, lanes)),
      now: lanes.get(slot.id) ?? 0,
    }));
  const hasStraight = wished.length < layer.length;
  const isAbove = (slot: { wish: number; now: number }) => slot.wish < 0 || (slot.wish === 0 && slot.now < 0);
  const above = wished.filter(isAbove).sort((a, b) => b.wish - a.wish || b.now - a.now);
  const below = wished.filter((slot) => !isAbove(slot)).sort((a, b) => a.wish - b.wish || a.now - b.now);
  let last = 0;
  for (const slot of above) {
    last = Math.min(last - 1, Math.round(slot.wish));
    lanes.set(slot.id, last);
  }
  last = hasStraight ? 0 : -1;
  for (const slot of below) {
    last = Math.max(last + 1, Math.round(slot.wish));
    lanes.set(slot.id, last);
  }
}

/** Median of the neighbours' lanes; where there are none, where it stands. */
function wishOf(
  id: string,
  neighbours: ReadonlyMap<string, readonly string[]>,
  lanes: ReadonlyMap<string, number>,
): number {
  const around = (neighbours.get(id) ?? []).map((other) => lanes.get(other) ?? 0).sort((a, b) => a - b);
  if (around.length === 0) return lanes.get(id) ?? 0;
  const middle = around.length >> 1;
  return around.length % 2 === 1
    ? (around[middle] as number)
    : ((around[middle - 1] as number) + (around[middle] as number)) / 2;
}
