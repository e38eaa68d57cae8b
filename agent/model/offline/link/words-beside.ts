import type { MoveName } from "../languages/language.ts";
import { lexiconOf } from "../text/lexicon.ts";
import type { Reading } from "./reading.ts";

/** Words outside the move's own phrases, function words aside. */
export function wordsBeside(reading: Reading, moves: readonly MoveName[]): number {
  const own = reading.senses.filter(
    ({ meaning }) => meaning.kind === "move" && moves.includes(meaning.value),
  );
  if (own.length === 0) return Number.POSITIVE_INFINITY;
  const { functionStems } = lexiconOf(reading.language);
  return reading.tokens.filter(
    (token, at) => !functionStems.has(token.stem) && !own.some(({ from, to }) => from <= at && at < to),
  ).length;
}
