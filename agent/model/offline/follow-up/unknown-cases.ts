/** "and without the cancelled ones?", in a log that has no such thing: it is said, and nothing is filtered. */
import type { Concept } from "../languages/language.ts";
import { type Reading, rolesAt } from "../link/reading.ts";
import { noSuchName } from "../obstacles/names.ts";
import type { Spoken } from "../spoken.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { inside, overlap, type Token } from "../text/utterance.ts";
import { wordCount } from "../text/wording.ts";
import type { Turn } from "../turn.ts";

/** Longer texts ask for something of their own. */
const longest = 7;

/** Ideas that words for the state of a case have besides. */
const ofStates: readonly Concept[] = [
  "undo",
  "decide",
  "failure",
  "completed",
  "act",
  "approval",
  "case",
  "cancel",
];

/** Null where everything that the text narrows by is known, or where it narrows nothing. */
export function unknownCases({ reading, briefing, state }: Turn): Spoken | null {
  if (state.frames.length === 0 || wordCount(reading) > longest || reading.links.length > 0) return null;
  if (!leadsToCases(reading)) return null;
  const [word, ...more] = strangeTo(reading);
  if (word === undefined || more.length > 0) return null;
  return noSuchName(word.text, reading, briefing, ["activity"]);
}

/** It begins with what takes cases in or leaves them out, "and" aside. */
function leadsToCases(reading: Reading): boolean {
  const additions = reading.senses.filter(
    ({ meaning, from }) => from === 0 && meaning.kind === "move" && meaning.value === "addition",
  );
  const begins = Math.max(0, ...additions.map(({ to }) => to));
  return [...rolesAt(reading, "exclude"), ...rolesAt(reading, "include")].some(
    ({ from }) => from === 0 || from === begins,
  );
}

/** Words for states and words that nobody knows; none where any other idea is spoken of. */
function strangeTo({ tokens, senses, language }: Reading): readonly Token[] {
  const narrowing = senses.filter(
    ({ meaning }) => meaning.kind === "role" && (meaning.value === "exclude" || meaning.value === "include"),
  );
  const ideas = senses.filter(
    ({ meaning, ...span }) => meaning.kind === "concept" && !narrowing.some((word) => overlap(word, span)),
  );
  if (ideas.some(({ meaning }) => !ofStates.includes(meaning.value as Concept))) return [];
  const { functionStems } = lexiconOf(language);
  const cases = ideas.filter(({ meaning }) => meaning.value === "case");
  const leading = senses.filter(
    ({ meaning }) => meaning.kind === "role" || (meaning.kind === "move" && meaning.value === "addition"),
  );
  return tokens.filter(
    (token) => !functionStems.has(token.stem) && ![...cases, ...leading].some((span) => inside(token, span)),
  );
}
