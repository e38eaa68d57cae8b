/** "the return step": a word beside the word for a step may stand for several activities. */
import type { Reading } from "../link/reading.ts";
import { lexiconOf } from "../text/lexicon.ts";
import type { Span } from "../text/utterance.ts";

export interface StepWord extends Span {
  /** Names of activities, in the log's order; at least two. */
  readonly names: readonly string[];
}

/** How many words may stand between ("l'étape du retour"). */
const apart = 2;

/** The activities that a single word beside the word for a step is a part of; null where it is none or only one. */
export function stepWord(reading: Reading): StepWord | null {
  const { index, tokens } = reading;
  if (!index) return null;
  const { functionStems } = lexiconOf(reading.language);
  for (const { meaning, from, to } of reading.senses) {
    if (meaning.kind !== "concept" || meaning.value !== "activity" || to - from > 1) continue;
    const beside = [from - 1, ...Array.from({ length: apart }, (_, at) => to + at)];
    for (const at of beside) {
      const token = tokens[at];
      if (!token || functionStems.has(token.stem)) continue;
      const names = (index.byStem.get(token.stem) ?? []).flatMap((position) => {
        const { thing } = index.entries[position]!;
        return thing.kind === "activity" ? [thing.name] : [];
      });
      if (names.length > 1) return { names: [...new Set(names)], start: token.start, end: token.end };
    }
  }
  return null;
}
