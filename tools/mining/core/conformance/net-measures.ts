import type { PetriNet } from "../petri-net.ts";

/**
 * Simplicity by arc degree: 1 / (1 + max(d - 2, 0)), d the mean number of arcs at a place or transition (after Vázquez-Barreiros,
 * Mucientes & Lama 2015, as PM4Py computes it). A plain chain has 1.
 */
export function simplicity(net: PetriNet): number {
  const nodes = net.places + net.transitions.length;
  const arcs = net.transitions.reduce(
    (sum, { inputs, outputs }) => sum + new Set(inputs).size + new Set(outputs).size,
    0,
  );
  return nodes === 0 ? 1 : 1 / (1 + Math.max((2 * arcs) / nodes - 2, 0));
}

/**
 * Generalisation: 1 - the mean over transitions of 1/√(times fired), 1 for one that never fired (Buijs, van Dongen & van
 * der Aalst 2014): parts of a model that few cases support are likely to be different for the next case.
 */
export function generalisation(fired: Float64Array): number {
  let sum = 0;
  for (const times of fired) sum += times > 0 ? 1 / Math.sqrt(times) : 1;
  return fired.length === 0 ? 1 : 1 - sum / fired.length;
}

/** Harmonic mean of fitness and precision (van Rijsbergen 1979); 0 where both are. */
export const fScore = (fitness: number, precision: number): number =>
  fitness + precision === 0 ? 0 : (2 * fitness * precision) / (fitness + precision);
