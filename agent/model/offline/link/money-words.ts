/** Words for money that name no column: "revenue", "how much money". */
import { lexiconOf } from "../text/lexicon.ts";
import { inside, type Span } from "../text/utterance.ts";
import type { Reading } from "./reading.ts";

/**
 * Where they stand. A longer phrase of another idea does not hide them ("how much money is affected"), a comparison does
 * ("worth more than 500").
 */
export function moneyWords({ senses, tokens, language }: Reading): readonly Span[] {
  const phrases = senses.filter(({ meaning }) => meaning.kind === "concept" && meaning.value === "money");
  const { entries } = lexiconOf(language);
  const words = tokens.filter(({ stem }) =>
    entries.get(stem)?.some(({ kind, value }) => kind === "concept" && value === "money"),
  );
  const compared = senses.filter(({ meaning, from, to }) => meaning.kind === "comparator" && to - from > 1);
  return [...phrases, ...words.filter((word) => !phrases.some((phrase) => inside(word, phrase)))]
    .filter((word) => !compared.some((other) => inside(word, other)))
    .sort((left, right) => left.start - right.start);
}
