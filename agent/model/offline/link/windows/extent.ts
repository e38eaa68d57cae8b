/** The longest date or span that begins at a word. */
import { add, addDays, isBefore, isValid, type LocalDate } from "../calendar.ts";
import { dayAndMonth, dayNumber, month, weekdayName, written, year } from "./calendar-dates.ts";
import { postposition } from "./openings.ts";
import { calendarWeek, holiday, partOfYear, yearFirst } from "./parts.ts";
import { article, day, type Extent, is, longest, type Reader } from "./reader.ts";
import { ago, fusedUnit, relativeDay, relativeUnit, unitOf } from "./relative.ts";

/** "between 3 and 12 October", "from March to May", "2026-01-01 to 2026-02-01". */
export function between(reader: Reader, at: number): Extent | null {
  const first = at + is(reader, at, "between");
  const left = extent(reader, article(reader, first));
  const bare = left ? null : dayNumber(reader, article(reader, first));
  const join = left?.to ?? (bare ? article(reader, first) + 1 : null);
  if (join === null) return null;
  const link = is(reader, join, "to");
  const dash = reader.tokens[join - 1] && reader.tokens[join] ? gapIsDash(reader, join) : false;
  if (link === 0 && !dash) return null;
  if (link > 0 && first === at && reader.lexicon.isConjunction(reader.tokens[join]!)) return null;
  const rightAt = article(reader, join + link);
  const right =
    extent(reader, rightAt) ?? (left?.unit === "day" ? sameMonth(reader, rightAt, left.from!) : null);
  if (!right?.end) return null;
  const from = left?.from ?? (bare && right.from ? { ...right.from, day: bare } : null);
  if (!from) return null;
  const ordered = isBefore(from, right.end) ? from : add("year", from, -1);
  const closed = postposition(reader, right.to, "until") || postposition(reader, right.to, "between");
  return { to: right.to + closed, from: ordered, end: right.end, unit: null };
}

/** "12" of "October 3 to 12", "12日" of "10月3日から12日". */
function sameMonth(reader: Reader, at: number, left: LocalDate): Extent | null {
  const date = dayNumber(reader, at);
  const mark = is(reader, at + 1, "mark-day");
  if (date === null || (mark === 0 && reader.lexicon.isAmount(reader.tokens, at))) return null;
  const built = { ...left, day: date };
  return isValid(built) && date > left.day ? day(built, at + 1 + mark) : null;
}

/** Tokens joined by a dash alone. The tokeniser drops it, so the distance tells. */
const gapIsDash = (reader: Reader, at: number): boolean => {
  const distance = reader.tokens[at]!.start - reader.tokens[at - 1]!.end;
  return distance === 1 || distance === 3;
};

export function extent(reader: Reader, at: number): Extent | null {
  let found = reader.extents.get(at);
  if (found === undefined) {
    found = longestAt(reader, at);
    reader.extents.set(at, found);
  }
  return found;
}

function longestAt(reader: Reader, at: number): Extent | null {
  return longest([
    relativeDay(reader, at),
    relativeUnit(reader, at),
    fusedUnit(reader, at),
    holiday(reader, at),
    ago(reader, at),
    written(reader, at),
    dayAndMonth(reader, at),
    partOfYear(reader, at),
    partOfMonth(reader, at),
    calendarWeek(reader, at),
    yearFirst(reader, at),
    month(reader, at),
    year(reader, at),
    weekdayName(reader, at),
    unitOf(reader, at),
  ]);
}

/** "6月下旬", "上个月上旬", "w pierwszej połowie czerwca": the days of a month that are called so. */
function partOfMonth(reader: Reader, at: number): Extent | null {
  for (const [index, { first, last }] of (reader.language.time.monthParts ?? []).entries()) {
    const words = (from: number): number => is(reader, from, `part-${index + 1}`);
    const leading = words(at);
    const of = at + leading + (leading > 0 ? is(reader, at + leading, "of") : 0);
    const found = longest([month(reader, of), fusedUnit(reader, of), relativeUnit(reader, of)]);
    if (!found?.from || found.unit !== "month") continue;
    const between = leading === 0 ? is(reader, found.to, "of") : 0;
    const length = leading === 0 ? words(found.to + between) : 0;
    if (leading + length === 0) continue;
    const end = last === null ? add("month", found.from, 1) : addDays(found.from, last);
    return { to: found.to + between + length, from: addDays(found.from, first - 1), end, unit: null };
  }
  return null;
}
