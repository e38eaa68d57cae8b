import { type Reading, tokensBetween } from "../link/reading.ts";
import { phrases } from "../text/lexicon.ts";
import { wordings } from "../text/wording.ts";

/** "which region …": the word for it stands right before. */
export const asksWhich = (reading: Reading, start: number): boolean =>
  wordings(reading, "which").some(
    ({ end, to }) => end <= start && (reading.tokens[to]?.start ?? 0) >= start,
  ) || ranksFirst(reading, start);

/** "一番遅い支店はどこ": the superlative stands right before what is told apart, and the question follows it. */
const ranksFirst = (reading: Reading, start: number): boolean =>
  reading.language.questionsInPlace === true &&
  reading.senses.some(
    ({ meaning, end }) => meaning.value === "superlative" && end <= start && isOf(reading, end, start),
  ) &&
  reading.senses.some((sense) => sense.meaning.value === "question" && sense.start > start);

/** Nothing but "of" between. */
const isOf = (reading: Reading, end: number, start: number): boolean =>
  tokensBetween(reading, end, start).every(({ lower }) => phrases(reading.language.time.of).includes(lower));
