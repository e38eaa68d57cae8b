/** "the return step": a word beside the word for a step may stand for several activities. */
import type { LinkOf } from "../link/links.ts";
import type { Reading } from "../link/reading.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { inside, type Span } from "../text/utterance.ts";

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

/** A link that is surer has its activity's whole name. */
const wholeName = 0.9;

/**
 * Other activities whose names have the one word that was said of a link's own, and are as long: "the papers" were
 * requested as well as sent. How rare the unsaid words are tells nothing about which was meant.
 */
export function namedAlike({ index, tokens }: Reading, link: LinkOf<"thing">): readonly string[] {
  if (!index || link.thing.kind !== "activity" || link.score >= wholeName) return [];
  const [word, ...more] = tokens.filter((token) => inside(token, link));
  if (!word || more.length > 0) return [];
  const { name } = link.thing;
  const entries = (index.byStem.get(word.stem) ?? [])
    .map((position) => index.entries[position]!)
    .filter(({ thing }) => thing.kind === "activity");
  const lengths = new Set(
    entries.filter(({ thing }) => thing.name === name).map(({ slots }) => slots.length),
  );
  const alike = entries.filter(({ thing, slots }) => thing.name !== name && lengths.has(slots.length));
  return [...new Set(alike.map(({ thing }) => thing.name))];
}
