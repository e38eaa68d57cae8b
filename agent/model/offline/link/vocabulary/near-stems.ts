/** Stems that differ by a slip or an ending. */
import { isSlip } from "../../text/distance.ts";
import type { Token } from "../../text/utterance.ts";
import type { VocabularyIndex } from "./index.ts";

/** `exact`: the stem itself; `forms`: other forms of the word; `slips`: misspellings too. */
type Fuzziness = "exact" | "forms" | "slips";

/** The index's stem that a word most likely is: itself, a form of it, or a slip of the hand. Best score first. */
export function nearStems(
  { stem: word, lower }: Pick<Token, "stem" | "lower">,
  index: VocabularyIndex,
  fuzzy: Fuzziness,
): readonly (readonly [string, number])[] {
  if (index.byStem.has(word)) return [[word, 1]];
  if (fuzzy === "exact" || word.length < 4) return [];
  const found: (readonly [string, number])[] = [];
  for (const candidate of index.byStem.keys()) {
    if (candidate.length < 4) continue;
    const shared = sharedPrefix(word, candidate);
    const misspelt = fuzzy === "slips" && word.at(-1) === candidate.at(-1) && isSlip(word, candidate);
    if (misspelt) found.push([candidate, slip]);
    else if (shared >= 5 && shared >= 0.7 * Math.max(word.length, candidate.length)) {
      found.push([candidate, otherForm]);
    } else if (fuzzy === "slips" && (word[0] === candidate[0] || word[1] === candidate[1])) {
      if (isSlip(word, candidate)) found.push([candidate, slip]);
    }
  }
  if (fuzzy === "slips")
    for (const [written, root] of index.spellings)
      if (written[0] === lower[0] && isSlip(lower, written) && !found.some(([known]) => known === root))
        found.push([root, slip]);
  return found.sort((left, right) => right[1] - left[1]).slice(0, 4);
}

function sharedPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}

/** Whether the language has a meaning for a word, and whether that meaning leaves room for a name. */
export type Familiarity = "unknown" | "soft" | "known";

export const fuzziness = (familiarity: Familiarity): Fuzziness =>
  (({ unknown: "slips", soft: "forms", known: "exact" }) as const)[familiarity];

/** A slip of the hand. */
const slip = 0.75;

/** A word of the same root; enough for a step's name ("approval"), not for a value ("delivery" is not "delivered"). */
export const otherForm = 0.85;

/** Another form of the word than the name has. */
export const inflected = 0.97;
