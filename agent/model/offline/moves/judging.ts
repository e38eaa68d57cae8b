/** A verdict on what nobody named. */
import type { Concept } from "../languages/language.ts";
import type { Reading } from "../link/reading.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
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
export function judgesIt({ tokens, senses, links, language, document }: Reading): boolean {
  if (document !== null || tokens.length < 2 || tokens.length > 8 || language.script !== null) return false;
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
  const judges = (index: number): boolean =>
    at(index).some(({ meaning }) => meaning.kind === "concept" && judgements.includes(meaning.value));
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
        (pointing && functionStems.has(tokens[index]!.stem)) ||
        (points(index - 1) && at(index).some(({ meaning }) => meaning.value === "case")),
    )
  );
}
