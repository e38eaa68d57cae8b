/**
 * Working hours in words: "Mon-Fri 9-17", "Monday to Friday, 8:30 to 16:00", "montags bis freitags von 9 bis 17 Uhr", "9am-5pm
 * Mon-Thu and Fri 9-12", with an IANA zone where one is named. Weekdays and "to" are the language's own words for time.
 */
import type { Language } from "../languages/language.ts";
import { phrases } from "../text/lexicon.ts";
import type { Token, Utterance } from "../text/utterance.ts";
import type { LinkOf, WorkingHours } from "./links.ts";
import { type TimeClass, type TimeLexicon, timeLexicon } from "./time-lexicon.ts";

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const MINUTES_A_DAY = 24 * 60;
const MOST_NAME = 60;

interface Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly lexicon: TimeLexicon;
  readonly conjunctions: ReadonlySet<string>;
}

/** What tokens from somewhere up to `to` (exclusive) say. */
interface Read<Value> {
  readonly to: number;
  readonly value: Value;
}

/** Minutes of the day. */
type Spans = readonly (readonly [from: number, to: number])[];

interface Group {
  /** 0 Monday; null: hours without days. */
  readonly days: readonly number[] | null;
  readonly spans: Spans;
}

/** The working hours of the text. `spoken`: it speaks of business time, so that hours need no days. */
export function linkWorkingHours(utterance: Utterance, spoken: boolean): LinkOf<"hours">[] {
  const reader: Reader = {
    text: utterance.text,
    tokens: utterance.tokens,
    lexicon: timeLexicon(utterance.language),
    conjunctions: joining(utterance.language),
  };
  const zone = linkZone(utterance);
  for (let at = 0; at < reader.tokens.length; at++) {
    const first = group(reader, at, spoken);
    if (first === null) continue;
    const found = [first.value];
    let { to } = first;
    for (;;) {
      const next = group(reader, joined(reader, to), false);
      if (next === null) break;
      found.push(next.value);
      ({ to } = next);
    }
    const span = { start: reader.tokens[at]!.start, end: reader.tokens[to - 1]!.end };
    const hours: WorkingHours = {
      name: reader.text.slice(span.start, span.end).slice(0, MOST_NAME),
      hours: hoursOf(found),
      ...(zone === null ? {} : { zone: zone.name }),
    };
    const links = [{ kind: "hours" as const, score: 1, ...span, hours }];
    return zone === null ? links : [...links, { ...links[0]!, start: zone.start, end: zone.end }];
  }
  return [];
}

/** An IANA zone as it is written: "Europe/Berlin". */
export function linkZone({
  text,
}: Pick<Utterance, "text">): { name: string; start: number; end: number } | null {
  const found =
    /\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[\w/-]+/u.exec(text);
  if (found === null) return null;
  const [name] = found;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
  } catch {
    return null;
  }
  return { name, start: found.index, end: found.index + name.length };
}

const joining = (language: Language): ReadonlySet<string> => new Set(phrases(language.conjunctions));

/** Days and their hours, in either order. */
function group(reader: Reader, at: number, spoken: boolean): Read<Group> | null {
  const named = weekdays(reader, at);
  if (named !== null) {
    const spans = timeSpans(reader, led(reader, named.to));
    return spans && { to: spans.to, value: { days: named.value, spans: spans.value } };
  }
  const spans = timeSpans(reader, at);
  if (spans === null) return null;
  const after = weekdays(reader, led(reader, spans.to));
  if (after !== null) return { to: after.to, value: { days: after.value, spans: spans.value } };
  return spoken ? { to: spans.to, value: { days: null, spans: spans.value } } : null;
}

/** "Mon-Fri", "Monday to Friday", "Mon, Wed and Fri". */
function weekdays(reader: Reader, at: number): Read<readonly number[]> | null {
  const first = weekday(reader, at);
  if (first === null) return null;
  const last = weekday(reader, through(reader, first.to));
  if (last !== null && last.to > first.to + 1 - (isDash(reader, first.to) ? 1 : 0)) {
    const count = ((last.value - first.value + 7) % 7) + 1;
    return { to: last.to, value: Array.from({ length: count }, (_, day) => (first.value + day) % 7) };
  }
  const found = [first.value];
  let { to } = first;
  for (;;) {
    const start = joined(reader, to);
    const next = start > to || isComma(reader, to) ? weekday(reader, start) : null;
    if (next === null) return { to, value: found };
    found.push(next.value);
    ({ to } = next);
  }
}

function weekday(reader: Reader, at: number): Read<number> | null {
  for (const day of days.keys()) {
    const length = reader.lexicon.match(reader.tokens, at, `weekday-${day + 1}` as TimeClass);
    if (length > 0) return { to: at + length, value: day };
  }
  return null;
}

/** "9-17", "from 8:30 to 12 and 13 to 17". */
function timeSpans(reader: Reader, at: number): Read<Spans> | null {
  const first = timeSpan(reader, led(reader, at));
  if (first === null) return null;
  const spans = [first.value];
  let { to } = first;
  for (;;) {
    const next = timeSpan(reader, led(reader, joined(reader, to)));
    const isLater = next !== null && next.value[0] >= spans.at(-1)![1];
    if (!isLater) return { to, value: spans };
    spans.push(next.value);
    ({ to } = next);
  }
}

function timeSpan(reader: Reader, at: number): Read<readonly [number, number]> | null {
  const from = time(reader, at);
  if (from === null) return null;
  const start = through(reader, from.to);
  if (start === from.to && !isDash(reader, from.to)) return null;
  const until = time(reader, start);
  if (until === null) return null;
  const [opens, closes] = [from.value, until.value];
  const end = closes.minutes <= opens.minutes && !closes.marked ? closes.minutes + 12 * 60 : closes.minutes;
  const isDay = opens.minutes < end && end <= MINUTES_A_DAY;
  return isDay ? { to: until.to, value: [opens.minutes, end] } : null;
}

/** "9", "9:30", "17h", "5pm", "17 Uhr"; `marked` where half of the day is said or past. */
function time(reader: Reader, at: number): Read<{ minutes: number; marked: boolean }> | null {
  const parts = between(reader, at + 1) === ":" ? 2 : 1;
  const words = reader.tokens.slice(at, at + parts).map(({ lower }) => lower);
  const written = /^(\d{1,2})(?:[:.h](\d{2}))?(am|pm|h)?$/u.exec(words.join(":"));
  if (written === null) return null;
  const following = reader.tokens[at + parts]?.lower ?? "";
  const isBeside = ["am", "pm", "uhr", "h", "o'clock", "uur"].includes(following);
  const half = written[3] ?? (isBeside ? following : "");
  const [hour, minute] = [Number(written[1]), Number(written[2] ?? 0)];
  if (hour > 24 || minute > 59 || ((half === "am" || half === "pm") && (hour > 12 || hour === 0)))
    return null;
  const shifted = half === "pm" ? (hour % 12) + 12 : half === "am" ? hour % 12 : hour;
  const marked = half === "am" || half === "pm" || hour > 12;
  return { to: at + parts + (isBeside ? 1 : 0), value: { minutes: shifted * 60 + minute, marked } };
}

/** Past "to" and the like. */
function through(reader: Reader, at: number): number {
  for (const name of ["to", "until"] as const) {
    const length = reader.lexicon.match(reader.tokens, at, name);
    if (length > 0) return at + length;
  }
  return at;
}

/** Past "from" and the like. */
function led(reader: Reader, at: number): number {
  for (const name of ["since", "between", "in"] as const) {
    const length = reader.lexicon.match(reader.tokens, at, name);
    if (length > 0) return at + length;
  }
  return at;
}

/** Past "and". */
const joined = (reader: Reader, at: number): number =>
  reader.conjunctions.has(reader.tokens[at]?.lower ?? "") ? at + 1 : at;

const between = ({ text, tokens }: Reader, at: number): string =>
  at > 0 && at < tokens.length ? text.slice(tokens[at - 1]!.end, tokens[at]!.start) : "";
const isDash = (reader: Reader, at: number): boolean => /^\s?[-~]\s?$/u.test(between(reader, at));
const isComma = (reader: Reader, at: number): boolean => /^\s?[,/]\s?$/u.test(between(reader, at));

function hoursOf(groups: readonly Group[]): WorkingHours["hours"] {
  const hours: Partial<Record<(typeof days)[number], [string, string][]>> = {};
  for (const { days: on, spans } of groups)
    for (const day of on ?? [0, 1, 2, 3, 4])
      hours[days[day]!] = spans.map(([from, to]) => [clock(from), clock(to)]);
  return hours;
}

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
