/** Which comparison stands beside an amount. */
import type { Comparator } from "../languages/language.ts";
import { phrases } from "../text/lexicon.ts";
import type { Span } from "../text/utterance.ts";
import { isPostposition } from "../text/wording.ts";
import { linksOf, type Reading, tokensBetween } from "./reading.ts";

const signComparators: Readonly<Record<string, Comparator>> = {
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
  "=": "=",
  "==": "=",
  "!=": "!=",
  "≥": ">=",
  "≤": "<=",
};

/** The comparison that stands right before the span, or (as "or more") right after it. */
export function comparatorAt(reading: Reading, span: Span): Comparator | null {
  const sign = /([<>]=?|[!=]=?|≥|≤)\s*$/u.exec(reading.text.slice(0, span.start));
  if (sign) return signComparators[sign[1]!] ?? null;
  const words = linksOf(reading, "comparator");
  const follows = (word: Span): boolean =>
    isPostposition(reading.text.slice(word.start, word.end), reading.language);
  const before = words.filter(
    (word) =>
      word.end <= span.start && !follows(word) && tokensBetween(reading, word.end, span.start).length <= 1,
  );
  const after = words.filter((word) => word.start >= span.end && word.start - span.end <= 1);
  return (before.at(-1) ?? after[0])?.comparator ?? null;
}

/** "Do the self-employed wait longer?": one value, held against the rest. */
export function againstTheRest(reading: Reading): boolean {
  const { yesNo, comparatives, questionsInPlace } = reading.language;
  const asked = reading.tokens.filter((_, at) => at === 0 || questionsInPlace === true);
  const values = linksOf(reading, "thing").filter(({ thing }) => thing.kind === "value");
  return (
    values.length === 1 &&
    asked.some(({ lower }) => phrases(yesNo).includes(lower)) &&
    reading.tokens.some(({ lower }) => phrases(comparatives).includes(lower))
  );
}
