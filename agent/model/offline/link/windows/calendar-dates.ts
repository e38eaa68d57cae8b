/** Days, months and years as calendars name them. */
import { phrases } from "../../text/lexicon.ts";
import { addDays, isBefore, isValid, weekday } from "../calendar.ts";
import type { TimeClass } from "../time-lexicon.ts";
import { day, type Extent, is, type Reader, whole } from "./reader.ts";

export function dayNumber(reader: Reader, at: number): number | null {
  const match = /^(\d{1,2})(\p{L}*)$/u.exec(reader.tokens[at]?.lower ?? "");
  const endings = reader.language.numbers.ordinalEndings;
  const day = match && (match[2] === "" || phrases(endings).includes(match[2]!)) ? Number(match[1]) : 0;
  return day >= 1 && day <= 31 ? day : null;
}

export function written(reader: Reader, at: number): Extent | null {
  const found = reader.dates.get(at);
  return found ? day(found.date, found.to) : null;
}

/** "12 October", "October 12th, 2026". */
export function dayAndMonth(reader: Reader, at: number): Extent | null {
  const marked = markedDay(reader, at);
  if (marked) return marked;
  const leading = dayNumber(reader, at);
  const monthAt = leading === null ? at : at + 1 + is(reader, at + 1, "of");
  const found = monthNumber(reader, monthAt);
  if (!found) return null;
  const date = leading ?? dayNumber(reader, found.to);
  const mark = leading === null ? is(reader, found.to + 1, "mark-day") : 0;
  if (date === null || (reader.language.script !== null && leading === null && mark === 0)) return null;
  const end = leading === null ? found.to + 1 + mark : found.to;
  const next = beforeYear(reader, end);
  const stated = yearNumber(reader, next);
  const built = { year: stated ?? reader.today.year, month: found.month, day: date };
  if (!isValid(built)) return null;
  const past = stated !== null || !isBefore(reader.today, built) ? built : { ...built, year: built.year - 1 };
  return day(past, stated === null ? end : next + 1);
}

/** "10月12日": the figures with their marks. */
function markedDay(reader: Reader, at: number): Extent | null {
  const found = markedMonth(reader, at);
  const date = found && dayNumber(reader, found.to);
  if (!found || !date || is(reader, found.to + 1, "mark-day") === 0) return null;
  const built = { year: reader.today.year, month: found.month, day: date };
  if (!isValid(built)) return null;
  const past = isBefore(reader.today, built) ? { ...built, year: built.year - 1 } : built;
  return day(past, found.to + 2);
}

function markedMonth(reader: Reader, at: number): { month: number; to: number } | null {
  const month = dayNumber(reader, at);
  const length = month !== null && month <= 12 ? is(reader, at + 1, "mark-month") : 0;
  return length > 0 ? { month: month!, to: at + 1 + length } : null;
}

function monthNumber(reader: Reader, at: number): { month: number; to: number } | null {
  const token = reader.tokens[at];
  if (!token) return null;
  const marked = markedMonth(reader, at);
  if (marked) return marked;
  for (let index = 0; index < 12; index++) {
    const length = is(reader, at, `month-${index + 1}` as TimeClass);
    if (length > 0 && certain(reader, at)) return { month: index + 1, to: at + length };
  }
  return null;
}

/** "may", "march", "sun", "sat" are months and weekdays only where their company says so. */
function certain(reader: Reader, at: number): boolean {
  const token = reader.tokens[at]!;
  if (!reader.lexicon.isDoubtful(token)) return true;
  const [before, next] = [reader.tokens[at - 1], reader.tokens[at + 1]];
  if (
    reader.lexicon.isNumber(token) &&
    next &&
    /^\p{L}{4}/u.test(next.lower) &&
    is(reader, at + 1, "last") === 0
  )
    return false;
  const company = [
    "in",
    "since",
    "last",
    "current",
    "between",
    "until",
    "before",
    "after",
    "of",
    "to",
  ] as const;
  const introduced = before !== undefined && company.some((name) => is(reader, at - 1, name) > 0);
  const numbered = dayNumber(reader, at - 1) !== null || dayNumber(reader, at + 1) !== null;
  return (
    introduced || numbered || yearNumber(reader, at + 1) !== null || (at > 0 && /^\p{Lu}/u.test(token.text))
  );
}

export function month(reader: Reader, at: number): Extent | null {
  const leading = yearNumber(reader, at);
  const yearMark = leading === null ? 0 : is(reader, at + 1, "mark-year");
  const dated = yearMark > 0 ? markedMonth(reader, at + 1 + yearMark) : null;
  if (dated) return whole("month", { year: leading!, month: dated.month, day: 1 }, dated.to);
  const found = monthNumber(reader, at);
  if (!found) return null;
  const next = beforeYear(reader, found.to);
  const stated = yearNumber(reader, next);
  const from = { year: stated ?? reader.today.year, month: found.month, day: 1 };
  const past = stated !== null || !isBefore(reader.today, from) ? from : { ...from, year: from.year - 1 };
  return whole("month", past, stated === null ? found.to : next + 1);
}

/** "octubre de 2026": past the word between a month and its year. */
const beforeYear = (reader: Reader, at: number): number => at + is(reader, at, "of");

export function yearNumber(reader: Reader, at: number): number | null {
  const lower = reader.tokens[at]?.lower ?? "";
  return /^(?:19|20)\d{2}$/u.test(lower) ? Number(lower) : null;
}

/** A bare "2019" is a year unless a unit or a currency sign makes it an amount. */
export function year(reader: Reader, at: number): Extent | null {
  const found = yearNumber(reader, at);
  const mark = is(reader, at + 1, "mark-year");
  if (found === null || (mark === 0 && reader.lexicon.isAmount(reader.tokens, at))) return null;
  return whole("year", { year: found, month: 1, day: 1 }, at + 1 + mark);
}

/** "Monday", "last Tuesday": the latest one before today. */
export function weekdayName(reader: Reader, at: number): Extent | null {
  const first = at + is(reader, at, "last");
  const follows = (to: number): number => (reader.language.time.adjectiveAfter ? is(reader, to, "last") : 0);
  for (let index = 0; index < 7; index++) {
    const length = is(reader, first, `weekday-${index + 1}` as TimeClass);
    if (length === 0 || (first === at && !certain(reader, first))) continue;
    const days = (weekday(reader.today) - index - 1 + 7) % 7 || 7;
    return day(addDays(reader.today, -days), first + length + follows(first + length));
  }
  return null;
}
