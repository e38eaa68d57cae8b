/** How the words of a date are read, one behind the other. */
import type { Language, TimeUnit } from "../../languages/language.ts";
import type { Token } from "../../text/utterance.ts";
import { add, addDays, type LocalDate } from "../calendar.ts";
import type { TimeClass, TimeLexicon } from "../time-lexicon.ts";

export const units: readonly TimeUnit[] = ["day", "week", "month", "quarter", "year"];

/** [from, end) of local dates that tokens up to `to` (exclusive) name. */
export interface Extent {
  readonly to: number;
  readonly from: LocalDate | null;
  readonly end: LocalDate | null;
  readonly unit: TimeUnit | null;
}

export interface Reader {
  readonly tokens: readonly Token[];
  readonly lexicon: TimeLexicon;
  readonly language: Language;
  readonly today: LocalDate;
  readonly dates: ReadonlyMap<number, { readonly to: number; readonly date: LocalDate }>;
  /** What has been read, by the index of the first token. */
  readonly extents: Map<number, Extent | null>;
}

export const longest = (extents: readonly (Extent | null)[]): Extent | null =>
  extents.reduce((best, extent) => (extent && (!best || extent.to > best.to) ? extent : best), null);

export const is = (reader: Reader, at: number, name: TimeClass): number =>
  reader.lexicon.match(reader.tokens, at, name);

export const skip = (reader: Reader, at: number, name: TimeClass): number => {
  const length = is(reader, at, name);
  return article(reader, at + length);
};

export const article = (reader: Reader, at: number): number =>
  reader.lexicon.articles.has(reader.tokens[at]?.lower ?? "") ? at + 1 : at;

export const day = (date: LocalDate, to: number): Extent => ({
  to,
  from: date,
  end: addDays(date, 1),
  unit: "day",
});

export const whole = (unit: TimeUnit, from: LocalDate, to: number, count = 1): Extent => ({
  to,
  from,
  end: add(unit, from, count),
  unit,
});

/** How many units back a word for relative time goes. */
export const back = { beforeLast: 2, last: 1, current: 0 } as const;

export const relative = ["beforeLast", "last", "current"] as const;

export function number(reader: Reader, at: number): number | null {
  const lower = reader.tokens[at]?.lower ?? "";
  const value = /^\d{1,4}$/u.test(lower) ? Number(lower) : reader.language.numbers.values[lower];
  return value !== undefined && Number.isInteger(value) && value > 0 ? value : null;
}

export const roman = ["i", "ii", "iii", "iv"];
