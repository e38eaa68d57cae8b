/** Whether a word with a job in the sentence stands before what it is about. */
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { phrases } from "../text/lexicon.ts";
import { inside, type Span, type Token } from "../text/utterance.ts";
import { isPostposition, wordings } from "../text/wording.ts";

/** A word of the role stands before the span (after it, where the language has it so), with at most `distance` words between. */
export function preceded(
  reading: Reading,
  span: Span,
  role: "exclude" | "having" | "group-by",
  distance: number,
): boolean {
  return rolesAt(reading, role).some((sense) =>
    isPostposition(reading.text.slice(sense.start, sense.end), reading.language)
      ? sense.start >= span.end && beside(reading, span.end, sense.start) <= distance
      : sense.end <= span.start && tokensBetween(reading, sense.end, span.start).length <= distance,
  );
}

/** "by score band", "por faixa de score": a word for ranges stands between the one for grouping and the name. */
export const inRanges = (reading: Reading, span: Span): boolean =>
  wordings(reading, "bins").some(
    (word) =>
      word.end <= span.start &&
      tokensBetween(reading, word.end, span.start).length <= 1 &&
      preceded(reading, word, "group-by", 0),
  );

/** Tokens between, without those of values: "フランスとドイツを除く" is about both. */
const beside = (reading: Reading, end: number, start: number): number => {
  const values = linksOf(reading, "thing").filter(({ thing }) => thing.kind === "value");
  const between = tokensBetween(reading, end, start);
  return (
    between.filter((token) => !values.some((value) => inside(token, value))).length -
    joinsOf(between, reading)
  );
};

const joinsOf = (tokens: readonly Token[], { language }: Reading): number =>
  tokens.filter(({ lower }) => phrases(language.words["also-by"]).includes(lower)).length;
