/** The name that is nearest to one which the log does not have. */
import type { Thing } from "../links.ts";
import { compact, type VocabularyIndex } from "./index.ts";

/** The three activities or values most like the text, by shared trigrams. */
export function nearest(
  text: string,
  index: VocabularyIndex,
  kinds: readonly Thing["kind"][] = ["activity"],
): Thing[] {
  const wanted = trigrams(compact(text));
  const names = new Map(index.entries.map(({ thing }) => [JSON.stringify(thing), thing]));
  const scored = [...names.values()]
    .filter(({ kind }) => kinds.includes(kind))
    .map((thing) => ({ thing, likeness: dice(wanted, trigrams(compact(thing.name))) }))
    .sort((left, right) => right.likeness - left.likeness);
  return scored.slice(0, 3).map(({ thing }) => thing);
}

function trigrams(text: string): Set<string> {
  const padded = `  ${text} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

function dice(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of left) if (right.has(gram)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}
