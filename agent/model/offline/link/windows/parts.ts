/** Quarters, halves, weeks and holidays. */
import { type Holiday, holidays } from "../../languages/language.ts";
import { entryOf } from "../../text/entry.ts";
import { phrases } from "../../text/lexicon.ts";
import { phraseAt } from "../../text/wording.ts";
import { add, addDays, easterSunday, isBefore, isoWeek, type LocalDate } from "../calendar.ts";
import type { TimeClass } from "../time-lexicon.ts";
import { dayAndMonth, month, yearNumber } from "./calendar-dates.ts";
import { article, back, type Extent, is, longest, type Reader, relative, roman, whole } from "./reader.ts";

/** Days of a holiday in a year: first day, how many. */
const holidayDays: Readonly<Record<Holiday, (year: number) => readonly [LocalDate, number]>> = {
  easter: (year) => [addDays(easterSunday(year), -2), 4],
  pentecost: (year) => [addDays(easterSunday(year), 49), 2],
  christmas: (year) => [{ year, month: 12, day: 24 }, 3],
  "new-year": (year) => [{ year: year - 1, month: 12, day: 31 }, 2],
};

/** "Easter", "at Christmas 2025": the latest that has begun where no year is said. */
export function holiday(reader: Reader, at: number): Extent | null {
  for (const name of holidays) {
    const length = is(reader, at, `holiday-${name}`);
    if (length === 0) continue;
    const stated = yearNumber(reader, at + length);
    const [from, days] = holidayDays[name](stated ?? reader.today.year);
    const past = stated !== null || !isBefore(reader.today, from);
    const [start, count] = past ? [from, days] : holidayDays[name](reader.today.year - 1);
    const to = stated === null ? at + length : at + length + 1;
    return { to, from: start, end: addDays(start, count), unit: null };
  }
  return null;
}

/** "2026年第1四半期", "去年3月", "2025 Q3": the year, then the part of it. */
export function yearFirst(reader: Reader, at: number): Extent | null {
  const stated = leadingYear(reader, at);
  if (!stated) return null;
  const next = stated.to + is(reader, stated.to, "of");
  const week = calendarWeek(reader, next, stated.year);
  if (week) return week;
  const part = longest([dayAndMonth(reader, next), partOfYear(reader, next), month(reader, next)]);
  if (!part?.from || !part.end) return null;
  const years = stated.year - part.from.year;
  return { ...part, from: add("year", part.from, years), end: add("year", part.end, years) };
}

function leadingYear(reader: Reader, at: number): { year: number; to: number } | null {
  const figure = yearNumber(reader, at);
  if (figure !== null) return { year: figure, to: at + 1 + is(reader, at + 1, "mark-year") };
  for (const name of relative) {
    const length = is(reader, at, `${name}-year`);
    if (length > 0) return { year: reader.today.year - back[name], to: at + length };
  }
  return null;
}

/** "Q2", "second quarter of 2025", "H1 2026". */
export function partOfYear(reader: Reader, at: number): Extent | null {
  for (const [name, count, months] of [
    ["quarter", 4, 3],
    ["half", 2, 6],
  ] as const) {
    for (let index = 0; index < count; index++) {
      const length = is(reader, at, `${name}-${index + 1}` as TimeClass);
      if (length === 0) continue;
      const after = at + length + is(reader, at + length, "of");
      const stated = yearNumber(reader, after);
      const from = { year: stated ?? reader.today.year, month: index * months + 1, day: 1 };
      const past = stated !== null || !isBefore(reader.today, from) ? from : { ...from, year: from.year - 1 };
      const to = stated === null ? at + length : after + 1;
      return { to, from: past, end: add("month", past, months), unit: name === "quarter" ? "quarter" : null };
    }
  }
  return null;
}

/** "w drugim kwartale … niż w pierwszym", "Q2 … than in the first": the other quarter of that year by its place alone. */
export function samePart(reader: Reader, at: number, known: Extent | null): Extent | null {
  if (known?.unit !== "quarter" || !known.from || !isHeldAgainst(reader, at)) return null;
  const { language, tokens } = reader;
  const placed = article(reader, at + is(reader, at, "in"));
  const word = tokens[placed]?.lower ?? "";
  const place = entryOf(language.numbers.ordinals, word) ?? roman.indexOf(word) + 1;
  if (place < 1 || place > 4) return null;
  return whole("quarter", { year: known.from.year, month: place * 3 - 2, day: 1 }, placed + 1);
}

/** "than" stands right before. */
const isHeldAgainst = ({ tokens, language }: Reader, at: number): boolean =>
  at > 0 && phraseAt(tokens, at - 1, language.versus, language) === 1;

/** "week 12", "KW 12 2026", "KW12", "第12週", "12 tygodniu": ISO weeks. */
export function calendarWeek(reader: Reader, at: number, year: number | null = null): Extent | null {
  const joined = joinedWeek(reader, at);
  const prefix = is(reader, at, "ordinalPrefix");
  const bare = reader.language.time.ordinalPrefix === undefined;
  const marked = prefix > 0 || bare ? is(reader, at + prefix + 1, "mark-week") : 0;
  const length = joined ? 1 : marked > 0 ? prefix : is(reader, at, "calendarWeek");
  if (length === 0 && marked === 0) return null;
  const week = joined
    ? Number(joined[1])
    : Number(/^\d{1,2}$/u.exec(reader.tokens[at + length]?.lower ?? "")?.[0]);
  if (!(week >= 1 && week <= 53)) return null;
  const next = at + length + (joined ? 0 : 1) + marked;
  const after = next + is(reader, next, "of");
  const stated = yearNumber(reader, after);
  if (year !== null) return whole("week", isoWeek(year, week), next);
  const from = isoWeek(stated ?? reader.today.year, week);
  const past = stated !== null || !isBefore(reader.today, from) ? from : isoWeek(reader.today.year - 1, week);
  return whole("week", past, stated === null ? next : after + 1);
}

/** "KW12" in one word. */
function joinedWeek({ tokens, language }: Reader, at: number): RegExpExecArray | null {
  const found = /^\p{L}+(\d{1,2})$/u.exec(tokens[at]?.lower ?? "");
  const word = found?.[0].replace(/\d+$/u, "");
  return word && phrases(language.time.calendarWeek).includes(word) ? found : null;
}
