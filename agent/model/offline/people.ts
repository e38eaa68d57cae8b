/** Individuals are not ranked or compared by name, however it is asked. */
import { languageOf } from "./languages/index.ts";
import type { Concept } from "./languages/language.ts";
import type { LinkOf } from "./link/links.ts";
import { linksOf, type Reading, rolesAt } from "./link/reading.ts";
import { any, line, refusal, type Situation, type Spoken } from "./spoken.ts";
import { lexiconOf, phrases, stems } from "./text/lexicon.ts";
import { inside } from "./text/utterance.ts";
import { says } from "./text/wording.ts";

const judging: readonly Concept[] = [
  "slow",
  "fast",
  "bad",
  "good",
  "late",
  "failure",
  "compare",
  "count",
  "rework",
  "wait",
  "cause",
  "bottleneck",
];

/** The tokens that a list's words and phrases begin at, as they are written; a word of content in other forms too. */
const wordsOf = ({ tokens, language }: Reading, list: "ranks" | "picks"): number[] => {
  const wanted = phrases(language[list]).map((phrase) => phrase.split(" "));
  const roots = new Set(
    wanted.flatMap(([word, ...more]) => (more.length === 0 ? stems(word!, language) : [])),
  );
  const { functionStems } = lexiconOf(language);
  return tokens.flatMap(({ stem }, at) => {
    const written = wanted.some((words) =>
      words.every((word, offset) => tokens[at + offset]?.lower === word),
    );
    return written || (roots.has(stem) && !functionStems.has(stem)) ? [at] : [];
  });
};

/** Not "one person more", who is nobody yet: a word for people with one that picks among them shortly before, or a word for a ranking anywhere. */
function asksForPeople(reading: Reading): boolean {
  const added = reading.senses.filter(({ meaning }) => meaning.value === "add-resource");
  const people = reading.senses.filter(
    (sense) =>
      sense.meaning.kind === "concept" &&
      sense.meaning.value === "person" &&
      !added.some((more) => inside(sense, more)),
  );
  if (wordsOf(reading, "ranks").length > 0) return people.length > 0;
  return people.some(({ from, to }) =>
    wordsOf(reading, "picks").some(
      (at) =>
        (at >= from && at < to) ||
        (at < from && from - at <= 2) ||
        (reading.language.questionsInPlace === true && at >= to && at - to <= 5),
    ),
  );
}

/** Attributes whose values are people's names. */
const ofPeople = ({ thing }: LinkOf<"thing">, reading: Reading): boolean => {
  if (thing.kind !== "value") return false;
  const english = lexiconOf(languageOf("en"));
  const words = stems(thing.name, languageOf("en"));
  if (words.length === 1 && english.parts.has(words[0]!)) return false;
  return [reading.language, languageOf("en")].some((language) =>
    stems(thing.attribute, language).some((stem) =>
      lexiconOf(language)
        .entries.get(stem)
        ?.some(({ value }) => value === "person" || value === "staff"),
    ),
  );
};

/** "who is the …": a phrase for a person opens the text. */
const asksWho = ({ senses }: Reading): boolean =>
  senses.some(
    ({ meaning, from, to }) =>
      meaning.kind === "concept" && meaning.value === "person" && from === 0 && to - from > 1,
  );

/** Individuals are not ranked or compared by name; teams are. */
export function ranking({ reading }: Situation): Spoken | null {
  const named = linksOf(reading, "thing").some((link) => ofPeople(link, reading));
  if (named && any(reading, ...judging)) return noRanking();
  if (!any(reading, "person")) return null;
  const judged =
    any(reading, ...judging) ||
    rolesAt(reading, "superlative").length > 0 ||
    wordsOf(reading, "ranks").length > 0;
  const ofTeams = any(reading, "team") && !asksWho(reading);
  if (!asksForPeople(reading) || !judged || ofTeams || any(reading, "optimise", "budget", "spending"))
    return null;
  if (any(reading, "cost") && reading.moves.has("identity")) return null;
  if (says(reading, "obligation")) return null;
  return noRanking();
}

const noRanking = (): Spoken =>
  refusal(
    line("I do not rank or compare people by name."),
    [line("I can show the same by team, step or workload, where the log has it.")],
    "where do we wait?",
  );
