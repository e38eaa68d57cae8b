/** Until when something is to be remembered, out of the words that say so. */
import { type ExpiryWords, expiryWords } from "../languages/expiry-words.ts";
import { languageOf } from "../languages/index.ts";
import type { TimeUnit } from "../languages/language.ts";
import { add, addDays, type LocalDate, localDate, midnight, startOf } from "../link/calendar.ts";
import type { LinkOf } from "../link/links.ts";
import { read } from "../link/read.ts";
import { linksOf } from "../link/reading.ts";
import { any, gap, matching } from "./phrase-pattern.ts";
import { type Wish, wishIn } from "./wish.ts";

/** Where a text names a time that something may hold until. */
interface Limit {
  readonly start: number;
  readonly end: number;
  readonly until: Date;
  /** It says "only", or a comma parts it from what stands before. */
  readonly parted: boolean;
  /** A word like "until" or "for" is with it. */
  readonly said: boolean;
  /** "until Friday", not "for two weeks". */
  readonly open: boolean;
}

export interface Lasting {
  readonly wish: Wish;
  /** Null: until it is forgotten. */
  readonly until: Date | null;
}

interface When {
  readonly now: Date;
  readonly zone: string;
}

/** What a text wishes, and for how long. Null where it wishes nothing of the kind. */
export function lastingWishIn(text: string, languages: readonly string[], when: When): Lasting | null {
  const whole = wishIn(text, languages);
  if (whole !== null && whole.kind !== "remember" && whole.kind !== "define")
    return { wish: whole, until: null };
  for (const code of new Set(languages.slice(0, 3))) {
    for (const limit of limitsIn(text, code, when)) {
      const wish = limited(text, limit, whole, languages);
      if (wish !== null) return { wish, until: limit.until };
    }
  }
  return whole === null ? null : { wish: whole, until: null };
}

/** The wish, where the time limits it and is no part of what is to be remembered. */
function limited(text: string, limit: Limit, whole: Wish | null, languages: readonly string[]): Wish | null {
  const cut = `${text.slice(0, limit.start)} ${text.slice(limit.end)}`.replace(/^[\s,;:、，]+|\s+$/gu, "");
  const wish = wishIn(cut, languages);
  if (wish === null || (wish.kind !== "remember" && wish.kind !== "define")) return null;
  if (wish.kind === "remember" && wish.what === null) return wish;
  const said = wish.what?.text ?? "";
  const at = text.indexOf(said);
  if (at < 0 || !(limit.said || limit.parted)) return null;
  if (limit.end <= at) return wish;
  if (at + said.length > limit.start) return null;
  const trails = text.slice(limit.end).replace(/[\s.!。！]+/gu, "") === "";
  const apart = /\p{L}/u.test(text.slice(at + said.length, limit.start));
  if (limit.parted || apart || !trails) return wish;
  const defines = wish.what?.term !== undefined;
  const prefers = wish.what?.always === true || wish.what?.language !== undefined;
  if (prefers) return wish;
  return limit.open && !defines && wish.kind === "remember" ? whole : null;
}

/** The longest first. */
function limitsIn(text: string, code: string, when: When): Limit[] {
  const words = expiryWords[code];
  const language = languageOf(code);
  if (words === undefined || language.code !== code) return [];
  const spans = [...namedSpans(text, words, when), ...readSpans(text, code, when)];
  const limits = spans.flatMap((span) => asLimit(text, span, words, when) ?? []);
  return limits.sort((left, right) => right.end - right.start - (left.end - left.start));
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly until: Date;
  readonly open: boolean;
  /** Now is not in it: it limits nothing unless a word says so. */
  readonly later: boolean;
}

/** Dates, windows and lengths of time, as they are read in questions. */
function readSpans(text: string, code: string, when: When): Span[] {
  const reading = read(text, languageOf(code), { ...when, log: null, logs: [], proposals: [], kpis: [] });
  const lengths = linksOf(reading, "duration").map(({ start, end, seconds }) => ({
    ...{ start, end, open: false, later: false },
    until: new Date(when.now.getTime() + seconds * 1000),
  }));
  const periods = linksOf(reading, "period").map(({ start, end, period }) => ({
    ...{ start, end, open: false, later: false },
    until: dayEnd(add(period, localDate(when.now, when.zone), 1), when.zone),
  }));
  return [
    ...linksOf(reading, "window").flatMap((link) => coming(text, code, link, when) ?? []),
    ...lengths,
    ...periods,
  ];
}

/** Days on which a window is read anew, until it ends after now: the coming Friday, next October. */
const shifts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 32, 95, 367];

function coming(text: string, code: string, link: LinkOf<"window">, { now, zone }: When): Span | null {
  for (const days of shifts) {
    const later = new Date(now.getTime() + days * 86_400_000);
    const reading = read(text, languageOf(code), {
      now: later,
      zone,
      log: null,
      logs: [],
      proposals: [],
      kpis: [],
    });
    const same = linksOf(reading, "window").find(({ start }) => start === link.start);
    const { from = null, to = null } = same?.window ?? {};
    if (same === undefined || to === null || Date.parse(to) <= now.getTime()) continue;
    const holds = from === null || Date.parse(from) <= now.getTime();
    return { start: same.start, end: same.end, until: new Date(to), open: from === null, later: !holds };
  }
  return null;
}

/** Times to come that nobody asks about: tomorrow, the end of the month, next week. */
function namedSpans(text: string, words: ExpiryWords, { now, zone }: When): Span[] {
  const today = localDate(now, zone);
  const after = (unit: TimeUnit, count: number): LocalDate => add(unit, startOf(unit, today), count);
  const named: [readonly string[] | undefined, LocalDate][] = [[words.tomorrow, addDays(today, 2)]];
  for (const unit of ["week", "month", "quarter", "year"] as const)
    named.push([words.ends[unit], after(unit, 1)], [words.next[unit], after(unit, 2)]);
  return named.flatMap(([phrases, date]) => {
    const found = phrases === undefined ? null : matching(any(phrases)).exec(text);
    if (found === null) return [];
    const [start, end] = [found.index, found.index + found[0].length];
    return [{ start, end, until: dayEnd(date, zone), open: true, later: true }];
  });
}

const dayEnd = (date: LocalDate, zone: string): Date => new Date(midnight(date, zone));

/** With the words around it; null where it limits nothing. */
function asLimit(text: string, span: Span, words: ExpiryWords, { now }: When): Limit | null {
  if (span.until.getTime() <= now.getTime()) return null;
  const fillers = any([...words.only, ...words.around]);
  const before = matching(`(?:${fillers}${gap})+$`).exec(text.slice(0, span.start))?.[0] ?? "";
  const after = matching(`^(?:${gap}${fillers})+`).exec(text.slice(span.end))?.[0] ?? "";
  const own = text.slice(span.start, span.end);
  const says = (phrases: readonly string[]): boolean =>
    matching(any(phrases)).test(`${before} ${own} ${after}`);
  const said = says(words.around) || says(words.only);
  if (span.later && !said) return null;
  const start = span.start - before.length;
  const comma = /[,;、，–—-]\s*$/u.test(text.slice(0, start));
  return {
    ...{ start, end: span.end + after.length, until: span.until, said, open: span.open },
    parted: says(words.only) || comma,
  };
}
