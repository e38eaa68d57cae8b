/** A verdict on what nobody named. */
import { written } from "../answers/written.ts";
import type { Concept } from "../languages/language.ts";
import { openWords } from "../languages/open-words.ts";
import type { Reading } from "../link/reading.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { inside } from "../text/utterance.ts";
import { isArticle } from "../text/wording.ts";

/** What is said of something: "late", "better". */
export const judgements: readonly Concept[] = [
  "late",
  "slow",
  "fast",
  "bad",
  "good",
  "up",
  "down",
  "trend",
  "sla",
];

/** "is it still within the limit?", "ist der zu spät?", "is this order late?": a verdict on what nobody named. */
export function judgesIt(reading: Reading): boolean {
  const { tokens, senses, links, language, document } = reading;
  if (document !== null || tokens.length < 2 || tokens.length > 8) return false;
  if (language.script !== null) return judgesAlone(reading);
  if (!phrases(language.yesNo).includes(tokens[0]!.lower)) return false;
  if (links.some(({ kind }) => kind !== "metric" && kind !== "statistic" && kind !== "comparator"))
    return false;
  const { functionStems } = lexiconOf(language);
  const at = (index: number) => senses.filter(({ from, to }) => from <= index && index < to);
  const points = (index: number): boolean =>
    at(index).some(({ meaning }) => meaning.kind === "role" && meaning.value === "pronoun");
  // "¿está mejor ahora?": when it is said of is no name of it.
  const passes = (index: number): boolean =>
    at(index).some(({ meaning }) => meaning.kind === "move" && meaning.value === "addition");
  const limits = written(reading, openWords[language.code]?.limits ?? []);
  const judges = (index: number): boolean =>
    limits.some((limit) => inside(tokens[index]!, limit)) ||
    at(index).some(({ meaning }) => meaning.kind === "concept" && judgements.includes(meaning.value));
  // "czy teraz jest lepiej?": the verb stands further on.
  const verbs = phrases(language.yesNo);
  const rest = tokens.map((_, index) => index).slice(1);
  const pointing = rest.some(points);
  return (
    rest.some(judges) &&
    rest.every(
      (index) =>
        judges(index) ||
        passes(index) ||
        points(index) ||
        isArticle(tokens[index]!, language) ||
        verbs.includes(tokens[index]!.lower) ||
        (pointing && functionStems.has(tokens[index]!.stem)) ||
        (points(index - 1) && at(index).some(({ meaning }) => meaning.value === "case")),
    )
  );
}

/** "现在好点了没？": a verdict is all that a question asks for, in a language that leaves out what it is of. */
function judgesAlone({ tokens, senses, links, concepts, language, text }: Reading): boolean {
  const { functionStems } = lexiconOf(language);
  const asked = /[?？]\s*$/u.test(text) || phrases(language.yesNo).includes(tokens.at(-1)!.lower);
  if (!asked || links.length > 0 || concepts.size === 0) return false;
  return (
    [...concepts].every((concept) => judgements.includes(concept)) &&
    tokens.every(
      ({ stem, lower }, at) =>
        functionStems.has(stem) || lower.length === 1 || senses.some(({ from, to }) => from <= at && at < to),
    )
  );
}
