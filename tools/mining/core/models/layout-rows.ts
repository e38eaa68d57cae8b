import { GAPS } from "./layout-graph.ts";
import type { Layers, Slot } from "./layout-layers.ts";
import { slotNeighbours } from "./layout-order.ts";

const SWEEPS = 8;
/** How much a slot insists on its place: bends of one edge on a straight line, the main path on the middle line. */
const WEIGHTS = { node: 1, bend: 4, main: 1e6 };

/**
 * The height of each slot's middle; 0 is the main path. Each layer in turn takes the heights that are nearest to its
 * neighbours' (median), in order and with the gap between: isotonic regression in the L1 norm, by pooling adjacent
 * violators (Stout 2008), so that as many edges as possible are straight.
 */
export function rowsOf(layers: Layers, order: readonly (readonly number[])[]): readonly number[] {
  const { before, after } = slotNeighbours(layers);
  const rows = layers.slots.map(() => 0);
  for (const slots of order) place(layers, slots, rows, () => []);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    const neighbours = forward ? before : after;
    for (const slots of forward ? order : order.toReversed()) {
      place(layers, slots, rows, (slot) => neighbours[slot]!.map((each) => rows[each]!));
    }
  }
  return rows;
}

interface Block {
  /** Of each member: where it would like to be, and how much. */
  readonly wishes: readonly (readonly [height: number, weight: number])[];
  readonly height: number;
}

function place(
  { slots }: Layers,
  order: readonly number[],
  rows: number[],
  near: (slot: number) => readonly number[],
): void {
  const offsets = offsetsOf(order.map((slot) => slots[slot]!));
  const blocks: Block[] = [];
  order.forEach((slot, i) => {
    const { isMain, node } = slots[slot]!;
    const wished = isMain ? 0 : (median(near(slot)) ?? rows[slot]!);
    const weight = isMain ? WEIGHTS.main : node === null ? WEIGHTS.bend : WEIGHTS.node;
    push(blocks, [[wished - offsets[i]!, weight]]);
  });
  let i = 0;
  for (const { wishes, height } of blocks) {
    for (const _ of wishes) {
      rows[order[i]!] = Math.round(height) + offsets[i]!;
      i++;
    }
  }
}

/** How far each slot's middle is at least below the first one's. Lines alone may lie closer. */
function offsetsOf(slots: readonly Slot[]): number[] {
  let offset = 0;
  return slots.map(({ node, height }, i) => {
    const above = slots[i - 1];
    if (above === undefined) return offset;
    const gap = node === null && above.node === null ? GAPS.lines : GAPS.y;
    offset += Math.ceil((above.height + height) / 2) + gap;
    return offset;
  });
}

/** Adds a block below the others; blocks that would overlap become one. */
function push(blocks: Block[], wishes: Block["wishes"]): void {
  const height = weightedMedian(wishes);
  const above = blocks.at(-1);
  if (above === undefined || above.height <= height) {
    blocks.push({ wishes, height });
    return;
  }
  blocks.pop();
  push(blocks, [...above.wishes, ...wishes]);
}

function weightedMedian(wishes: Block["wishes"]): number {
  const sorted = wishes.toSorted(([a], [b]) => a - b);
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let passed = 0;
  for (const [height, weight] of sorted) {
    passed += weight;
    if (passed >= half) return height;
  }
  return 0;
}

function median(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1]!;
}
