/** Slots for how often, how many ranges and how many of the most frequent: "3x", "4 buckets", "top 10". */

import { linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import { entryOf } from "../text/entry.ts";
import type { Span, Token } from "../text/utterance.ts";
import { type Wording, wordings } from "../text/wording.ts";
import { type Filled, freeOf, type SlotContext } from "./slot-context.ts";

/** "3x", "three times", "dreimal". */
export function fillTimes({ reading }: SlotContext): Filled | null {
  const words = wordings(reading, "times");
  for (const [at, token] of reading.tokens.entries()) {
    const joined = splitCount(token, reading);
    if (joined !== null) return { value: joined, links: [] };
    const value = wholeNumber(token, reading);
    if (value !== null && words.some(({ from }) => from === at + 1)) return { value, links: [] };
  }
  return null;
}

/** "3x", "dreimal": the figure or the word for it, and the word for times, in one. */
function splitCount({ lower }: Token, { language }: Reading): number | null {
  const ending = language.words.times
    .split(",")
    .map((word) => word.trim().toLowerCase())
    .find((word) => word !== "" && lower.endsWith(word) && lower.length > word.length);
  if (ending === undefined) return null;
  const count = lower.slice(0, -ending.length);
  return /^\d{1,3}$/u.test(count) ? Number(count) : (entryOf(language.numbers.values, count) ?? null);
}

const wholeNumber = ({ lower }: Token, { language }: Reading): number | null => {
  if (/^\d{1,3}$/u.test(lower)) return Number(lower);
  const value = entryOf(language.numbers.values, lower);
  return value !== undefined && Number.isInteger(value) ? value : null;
};

/** "in 4 buckets", "bucket it into 4", "4 Klassen". */
export const fillBins = ({ reading }: SlotContext): Filled | null =>
  numberBeside(reading, wordings(reading, "bins"));

/** "top 10", "die 10 häufigsten". */
export function fillTop(context: SlotContext): Filled | null {
  const found = numberBeside(context.reading, wordings(context.reading, "top"));
  const links = freeOf(context, "number").filter(({ value }) => value === found?.value);
  return found ? { value: found.value, links } : null;
}

/** The number with at most two words between it and one of the words. */
function numberBeside(reading: Reading, words: readonly Wording[]): Filled | null {
  const near = (span: Span): boolean =>
    words.some(
      ({ start, end }) =>
        (end <= span.start && tokensBetween(reading, end, span.start).length <= 2) ||
        (span.end <= start && tokensBetween(reading, span.end, start).length <= 1),
    );
  const found = linksOf(reading, "number").find((link) => Number.isInteger(link.value) && near(link));
  return found ? { value: found.value, links: [found] } : null;
}
