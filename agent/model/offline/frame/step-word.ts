/** "the return step": a word beside the word for a step may stand for several activities. */
import type { LinkOf } from "../link/links.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { inside, type Span } from "../text/utterance.ts";
import { isArticle, phraseAt } from "../text/wording.ts";

export interface StepWord extends Span {
  /** Names of activities, in the log's order; at least two. */
  readonly names: readonly string[];
}

/** How many words may stand between ("l'étape du retour"). */
const apart = 2;

/**
 * The activities that a single word is a part of, where it stands beside the word for a step, or says before or until what a
 * time runs; null where it is none or only one.
 */
export function stepWord(reading: Reading): StepWord | null {
  const { tokens } = reading;
  for (const { meaning, from, to } of reading.senses) {
    if (meaning.kind !== "concept" || meaning.value !== "activity" || to - from > 1) continue;
    const { functionStems } = lexiconOf(reading.language);
    // "解決のステップ": a particle stands between.
    const earlier = functionStems.has(tokens[from - 1]?.stem ?? "") ? from - 2 : from - 1;
    const beside = [earlier, ...Array.from({ length: apart }, (_, at) => to + at)];
    for (const at of beside) {
      const found = partOfSeveral(reading, at);
      if (found) return found;
    }
  }
  return tokens.length > 0 && endsOfWaits(reading) ? firstOf(boundaries(reading), reading) : null;
}

const firstOf = (places: readonly number[], reading: Reading): StepWord | null =>
  places
    .flatMap((at) => partOfSeveral(reading, at) ?? [])
    .find((word) => !linksOf(reading, "thing").some((link) => inside(word, link))) ?? null;

/** Several activities have the word in their names, and it is no word for cases. */
function partOfSeveral({ index, tokens, language, senses }: Reading, at: number): StepWord | null {
  const token = tokens[at];
  if (!index || !token || lexiconOf(language).functionStems.has(token.stem)) return null;
  const ofCases = senses.some(
    ({ meaning, from, to }) =>
      from <= at && at < to && meaning.kind === "concept" && meaning.value === "case",
  );
  const beside = [at - 1, at + 1].some((place) => isStepNoun(senses, place));
  if (ofCases && !beside) return null;
  const names = (index.byStem.get(token.stem) ?? []).flatMap((position) => {
    const { thing } = index.entries[position]!;
    return thing.kind === "activity" ? [thing.name] : [];
  });
  const different = [...new Set(names)];
  return different.length > 1 ? { names: different, start: token.start, end: token.end } : null;
}

const isStepNoun = (senses: Reading["senses"], at: number): boolean =>
  senses.some(
    ({ meaning, from, to }) =>
      from <= at && at < to && meaning.kind === "concept" && meaning.value === "activity",
  );

/** A time is asked for: "how long …", "the wait …". */
const endsOfWaits = (reading: Reading): boolean =>
  reading.concepts.has("duration") ||
  reading.concepts.has("wait") ||
  linksOf(reading, "metric").some(({ metric }) => metric === "waiting_time");

/** Right behind "before", "until"; right before them where they stand after what they are about. Articles may stand between. */
function boundaries(reading: Reading): number[] {
  const { tokens, language } = reading;
  const { before, until } = language.time;
  const { functionStems } = lexiconOf(language);
  const lists = [before, until];
  return tokens.flatMap((_, at) => {
    const length = Math.max(...lists.map((list) => phraseAt(tokens, at, list, language)));
    if (length === 0) return [];
    if (language.script !== null) return [at - 1];
    const next = tokens.findIndex(
      (token, place) => place >= at + length && !isArticle(token, language) && !functionStems.has(token.stem),
    );
    return next < 0 ? [] : [next];
  });
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
