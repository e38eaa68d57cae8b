/**
 * Dates and windows in words. Word classes come from the language (`Language.time`); the order of the parts is tried
 * in every way that the languages we speak use. "Last week" is the last complete one; a month without a year is the
 * latest that has begun.
 */
import { type Holiday, holidays, type Language, type TimeUnit } from "../languages/language.ts";
import { entryOf } from "../text/entry.ts";
import { phrases } from "../text/lexicon.ts";
import type { Token, Utterance } from "../text/utterance.ts";
import { isPostposition, phraseAt } from "../text/wording.ts";
import type { LocalDate } from "./calendar.ts";
import {
  add,
  addDays,
  daysBetween,
  easterSunday,
  instants,
  isBefore,
  isoWeek,
  isValid,
  localDate,
  rangeLabel,
  startOf,
  weekday,
} from "./calendar.ts";
import type { LinkOf, Window } from "./links.ts";
import { type TimeClass, type TimeLexicon, timeLexicon } from "./time-lexicon.ts";
import { writtenDates } from "./written-dates.ts";

const units: readonly TimeUnit[] = ["day", "week", "month", "quarter", "year"];

/** [from, end) of local dates that tokens up to `to` (exclusive) name. */
interface Extent {
  readonly to: number;
  readonly from: LocalDate | null;
  readonly end: LocalDate | null;
  readonly unit: TimeUnit | null;
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly lexicon: TimeLexicon;
  readonly language: Language;
  readonly today: LocalDate;
  readonly dates: ReadonlyMap<number, { readonly to: number; readonly date: LocalDate }>;
  /** What has been read, by the index of the first token. */
  readonly extents: Map<number, Extent | null>;
}

/** All windows in the text, longest first at each place, not overlapping. */
export function linkWindows(utterance: Utterance, now: Date, zone: string): LinkOf<"window">[] {
  const lexicon = timeLexicon(utterance.language);
  if (!lexicon.speaksOfTime(utterance.tokens)) return [];
  const reader: Reader = {
    tokens: utterance.tokens,
    lexicon,
    language: utterance.language,
    today: localDate(now, zone),
    dates: writtenDates(utterance),
    extents: new Map(),
  };
  const links: LinkOf<"window">[] = [];
  let before: Extent | null = null;
  for (let index = 0; index < reader.tokens.length; ) {
    const extent: Extent | null = window(reader, index) ?? samePart(reader, index, before);
    if (!extent) {
      index += 1;
      continue;
    }
    const [first, last] = [reader.tokens[index]!, reader.tokens[extent.to - 1]!];
    const words = reader.tokens[Math.min(skip(reader, index, "in"), extent.to - 1)]!;
    links.push({
      kind: "window",
      score: 1,
      start: first.start,
      end: last.end,
      window: asWindow(extent, utterance, [words.start, last.end], now, zone),
    });
    index = extent.to;
    before = extent;
  }
  return links;
}

function asWindow(
  extent: Extent,
  utterance: Utterance,
  span: readonly [number, number],
  now: Date,
  zone: string,
): Window {
  const range = instants(extent.from, extent.end, zone);
  const words = utterance.text.slice(span[0], span[1]);
  const label = rangeLabel(extent.from, extent.end, utterance.language.code);
  const partial =
    extent.end !== null &&
    Date.parse(range.to!) > now.getTime() &&
    (!range.from || Date.parse(range.from) <= now.getTime());
  return {
    ...range,
    label: words.includes(label) ? label : `${words} (${label})`,
    partial,
    unit: extent.unit,
  };
}

const longest = (extents: readonly (Extent | null)[]): Extent | null =>
  extents.reduce((best, extent) => (extent && (!best || extent.to > best.to) ? extent : best), null);

function window(reader: Reader, at: number): Extent | null {
  const start = skip(reader, at, "in");
  const plain = longest([between(reader, start), open(reader, start), extent(reader, start)]);
  return (
    plain ?? (start === at ? null : longest([between(reader, at), open(reader, at), extent(reader, at)]))
  );
}

const is = (reader: Reader, at: number, name: TimeClass): number =>
  reader.lexicon.match(reader.tokens, at, name);
const skip = (reader: Reader, at: number, name: TimeClass): number => {
  const length = is(reader, at, name);
  return article(reader, at + length);
};
const article = (reader: Reader, at: number): number =>
  reader.lexicon.articles.has(reader.tokens[at]?.lower ?? "") ? at + 1 : at;

/** "since March", "before 12 October", "after Q2", "until last week". */
function open(reader: Reader, at: number): Extent | null {
  if (is(reader, at, "beforeLast") > 0) return null;
  for (const name of openings) {
    const length = is(reader, at, name);
    if (length === 0 || (name === "since" && comparesWith(reader, at))) continue;
    const point = extent(reader, article(reader, at + length));
    if (!point?.from || !point.end) continue;
    const to = point.to + postposition(reader, point.to, name);
    return { to, unit: null, ...bounded(name, point.from, point.end) };
  }
  return openAfter(reader, at);
}

/** "wolniejszy od maja": with a comparative before it, the word for "since" is "than". */
const comparesWith = ({ tokens, language }: Reader, at: number): boolean =>
  phraseAt(tokens, at - 1, language.concepts.compare ?? "", language) > 1;

const openings = ["since", "before", "after", "until"] as const;
type Opening = (typeof openings)[number];

const bounded = (name: Opening, from: LocalDate, end: LocalDate): Pick<Extent, "from" | "end"> =>
  ({
    since: { from, end: null },
    before: { from: null, end: from },
    after: { from: end, end: null },
    until: { from: null, end },
  })[name];

/** How many tokens from `at` on are of the class and stand after what they are about. */
function postposition(reader: Reader, at: number, name: TimeClass): number {
  const length = is(reader, at, name);
  const words = reader.tokens.slice(at, at + length).map(({ lower }) => lower);
  return length > 0 && isPostposition(words.join(""), reader.language) ? length : 0;
}

/** "3月以降", "先週まで": the point in time comes first. */
function openAfter(reader: Reader, at: number): Extent | null {
  if (reader.language.postpositions === undefined) return null;
  const point = extent(reader, at);
  if (!point?.from || !point.end) return null;
  for (const name of openings) {
    const length = postposition(reader, point.to, name);
    if (length > 0) return { to: point.to + length, unit: null, ...bounded(name, point.from, point.end) };
  }
  return null;
}

/** "between 3 and 12 October", "from March to May", "2026-01-01 to 2026-02-01". */
function between(reader: Reader, at: number): Extent | null {
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

function dayNumber(reader: Reader, at: number): number | null {
  const match = /^(\d{1,2})(\p{L}*)$/u.exec(reader.tokens[at]?.lower ?? "");
  const endings = reader.language.numbers.ordinalEndings;
  const day = match && (match[2] === "" || phrases(endings).includes(match[2]!)) ? Number(match[1]) : 0;
  return day >= 1 && day <= 31 ? day : null;
}

function extent(reader: Reader, at: number): Extent | null {
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

const day = (date: LocalDate, to: number): Extent => ({ to, from: date, end: addDays(date, 1), unit: "day" });
const whole = (unit: TimeUnit, from: LocalDate, to: number, count = 1): Extent => ({
  to,
  from,
  end: add(unit, from, count),
  unit,
});

function relativeDay(reader: Reader, at: number): Extent | null {
  for (const [name, back] of [
    ["dayBeforeYesterday", 2],
    ["yesterday", 1],
    ["today", 0],
  ] as const) {
    const length = is(reader, at, name);
    if (length > 0) return day(addDays(reader.today, -back), at + length);
  }
  return null;
}

/** How many units back a word for relative time goes. */
const back = { beforeLast: 2, last: 1, current: 0 } as const;
const relative = ["beforeLast", "last", "current"] as const;

/** "last week", "semana pasada", "this month", "the last 30 days", "los últimos dos meses", "die vorletzte Woche". */
function relativeUnit(reader: Reader, at: number): Extent | null {
  return longest(
    relative.flatMap((name) =>
      units.map(
        (unit) =>
          before(reader, at, name, unit) ?? after(reader, at, name, unit) ?? counted(reader, at, name, unit),
      ),
    ),
  );
}

function before(reader: Reader, at: number, name: keyof typeof back, unit: TimeUnit): Extent | null {
  const length = is(reader, at, name);
  if (length === 0) return null;
  const count = name === "last" ? number(reader, at + length) : null;
  const unitAt = at + length + (count === null ? 0 : 1);
  const words = is(reader, unitAt, unit);
  return words === 0 ? null : unitsBack(reader, unit, name, unitAt + words, count ?? 1);
}

/** The adjective after the unit; not where it begins what comes next ("week last Tuesday"). */
function after(reader: Reader, at: number, name: keyof typeof back, unit: TimeUnit): Extent | null {
  if (!reader.language.time.adjectiveAfter) return null;
  const count = number(reader, at);
  const unitAt = count === null ? at : at + 1;
  const words = is(reader, unitAt, unit);
  const length = words === 0 ? 0 : is(reader, unitAt + words, name);
  return length === 0 ? null : unitsBack(reader, unit, name, unitAt + words + length, count ?? 1);
}

/** "les 30 derniers jours", "los 30 últimos días". */
function counted(reader: Reader, at: number, name: keyof typeof back, unit: TimeUnit): Extent | null {
  const count = name === "last" ? number(reader, at) : null;
  const length = count === null ? 0 : is(reader, at + 1, name);
  const words = length === 0 ? 0 : is(reader, at + 1 + length, unit);
  return words === 0 ? null : unitsBack(reader, unit, name, at + 1 + length + words, count!);
}

/** "先週": one word for the unit and which one. */
function fusedUnit(reader: Reader, at: number): Extent | null {
  return longest(
    relative.flatMap((name) =>
      units.map((unit) => {
        const length = is(reader, at, `${name}-${unit}`);
        return length === 0 ? null : unitsBack(reader, unit, name, at + length, 1);
      }),
    ),
  );
}

function unitsBack(
  reader: Reader,
  unit: TimeUnit,
  name: keyof typeof back,
  to: number,
  count: number,
): Extent {
  const current = startOf(unit, reader.today);
  if (name === "last") return whole(unit, add(unit, current, -count), to, count);
  return whole(unit, add(unit, current, -back[name]), to);
}

/** Days of a holiday in a year: first day, how many. */
const holidayDays: Readonly<Record<Holiday, (year: number) => readonly [LocalDate, number]>> = {
  easter: (year) => [addDays(easterSunday(year), -2), 4],
  pentecost: (year) => [addDays(easterSunday(year), 49), 2],
  christmas: (year) => [{ year, month: 12, day: 24 }, 3],
  "new-year": (year) => [{ year: year - 1, month: 12, day: 31 }, 2],
};

/** "Easter", "at Christmas 2025": the latest that has begun where no year is said. */
function holiday(reader: Reader, at: number): Extent | null {
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

function number(reader: Reader, at: number): number | null {
  const lower = reader.tokens[at]?.lower ?? "";
  const value = /^\d{1,4}$/u.test(lower) ? Number(lower) : reader.language.numbers.values[lower];
  return value !== undefined && Number.isInteger(value) && value > 0 ? value : null;
}

/** "3 days ago", "two weeks ago": that day, that week. */
function ago(reader: Reader, at: number): Extent | null {
  const before = is(reader, at, "ago");
  const count = number(reader, at + before);
  if (count === null) return null;
  for (const unit of units) {
    const words = is(reader, at + before + 1, unit);
    const after = words > 0 && before === 0 ? is(reader, at + 1 + words, "ago") : 0;
    if (words === 0 || before + after === 0) continue;
    return whole(unit, add(unit, startOf(unit, reader.today), -count), at + before + 1 + words + after);
  }
  return null;
}

function written(reader: Reader, at: number): Extent | null {
  const found = reader.dates.get(at);
  return found ? day(found.date, found.to) : null;
}

/** "12 October", "October 12th, 2026". */
function dayAndMonth(reader: Reader, at: number): Extent | null {
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

function month(reader: Reader, at: number): Extent | null {
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

function yearNumber(reader: Reader, at: number): number | null {
  const lower = reader.tokens[at]?.lower ?? "";
  return /^(?:19|20)\d{2}$/u.test(lower) ? Number(lower) : null;
}

/** A bare "2019" is a year unless a unit or a currency sign makes it an amount. */
function year(reader: Reader, at: number): Extent | null {
  const found = yearNumber(reader, at);
  const mark = is(reader, at + 1, "mark-year");
  if (found === null || (mark === 0 && reader.lexicon.isAmount(reader.tokens, at))) return null;
  return whole("year", { year: found, month: 1, day: 1 }, at + 1 + mark);
}

/** "2026年第1四半期", "去年3月", "2025 Q3": the year, then the part of it. */
function yearFirst(reader: Reader, at: number): Extent | null {
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
function partOfYear(reader: Reader, at: number): Extent | null {
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

const roman = ["i", "ii", "iii", "iv"];

/** "w drugim kwartale … niż w pierwszym", "Q2 … than in the first": the other quarter of that year by its place alone. */
function samePart(reader: Reader, at: number, known: Extent | null): Extent | null {
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
function calendarWeek(reader: Reader, at: number, year: number | null = null): Extent | null {
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

/** "Monday", "last Tuesday": the latest one before today. */
function weekdayName(reader: Reader, at: number): Extent | null {
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

/** "the week of 12 October"; "the week before last"; "the month before". */
function unitOf(reader: Reader, at: number): Extent | null {
  for (const unit of units) {
    const words = is(reader, at, unit);
    if (words === 0) continue;
    const before = is(reader, at + words, "before");
    const last = before > 0 ? is(reader, at + words + before, "last") : 0;
    if (last > 0) {
      return whole(unit, add(unit, startOf(unit, reader.today), -2), at + words + before + last);
    }
    const of = is(reader, at + words, "of");
    const point = of > 0 && unit !== "day" ? dayOnly(reader, at + words + of) : null;
    if (point?.from) return whole(unit, startOf(unit, point.from), point.to);
    const feast = before > 0 ? holiday(reader, article(reader, at + words + before)) : null;
    if (feast?.from) return whole(unit, add(unit, startOf(unit, feast.from), -1), feast.to);
  }
  return null;
}

function dayOnly(reader: Reader, at: number): Extent | null {
  return longest([written(reader, at), dayAndMonth(reader, at)]);
}

/** The window of the same length just before; a partial one is cut to the same days first. */
export function previousWindow(
  window: Window,
  now: Date,
  zone: string,
  language: string,
): readonly [Window, Window] {
  const from = localDate(new Date(window.from ?? now), zone);
  const today = localDate(now, zone);
  const fullEnd = localDate(new Date(window.to ?? now), zone);
  const end = window.partial ? addDays(today, 1) : fullEnd;
  const length = daysBetween(from, end);
  const earlier = window.unit ? add(window.unit, from, -1) : addDays(from, -length);
  const earlierEnd = window.unit && !window.partial ? from : addDays(earlier, length);
  const make = (start: LocalDate, stop: LocalDate, partial: boolean): Window => ({
    ...instants(start, stop, zone),
    label: rangeLabel(start, stop, language),
    partial,
    unit: null,
  });
  return [window.partial ? make(from, end, true) : window, make(earlier, earlierEnd, false)];
}
