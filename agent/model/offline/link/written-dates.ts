/** Dates in figures: 2026-10-12, 12.10.2026, 12/10/2026 (in the language's order). */
import type { Utterance } from "../text/utterance.ts";
import type { LocalDate } from "./calendar.ts";
import { isValid } from "./calendar.ts";

const patterns = [
  { pattern: /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/gu, order: [1, 2, 3] },
  { pattern: /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/gu, order: [3, 2, 1] },
  { pattern: /\b(\d{4})\/(\d{1,2})\/(\d{1,2})\b/gu, order: [1, 2, 3] },
  { pattern: /(\d{4})年(\d{1,2})月(\d{1,2})日/gu, order: [1, 2, 3] },
] as const;

/** By index of the first token; `to` is the index after the last. */
export function writtenDates(utterance: Utterance): Map<number, { to: number; date: LocalDate }> {
  const found = new Map<number, { to: number; date: LocalDate }>();
  const dayFirst = utterance.language.time.slashes === "day-month";
  const slashed = {
    pattern: /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/gu,
    order: dayFirst ? [3, 2, 1] : [3, 1, 2],
  };
  for (const { pattern, order } of [...patterns, slashed]) {
    for (const match of utterance.text.matchAll(pattern)) {
      const [year, month, day] = order.map((group) => Number(match[group]));
      const date = { year: year!, month: month!, day: day! };
      const end = match.index + match[0].length;
      const first = utterance.tokens.findIndex((token) => token.end > match.index);
      const to = utterance.tokens.findLastIndex((token) => token.start < end) + 1;
      if (isValid(date)) found.set(first, { to, date });
    }
  }
  return found;
}
