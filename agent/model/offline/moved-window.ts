/** "the week before", "a month later": the last call's window, moved by a unit. */
import type { Filter } from "../../../tools/inputs.ts";
import type { TimeUnit } from "./languages/language.ts";
import { add, instants, localDate, rangeLabel } from "./link/calendar.ts";
import { linksOf, type Reading } from "./link/reading.ts";
import { phrases } from "./text/lexicon.ts";
import { says } from "./text/wording.ts";

type Window = Extract<Filter, { kind: "window" }>;

/** The unit of time that the text names, where it names one. */
export function unitNamed({ language, tokens }: Reading): TimeUnit | null {
  const { units } = language.time;
  const named = (Object.keys(units) as TimeUnit[]).filter((unit) =>
    tokens.some(({ lower }) => phrases(units[unit].toLowerCase()).includes(lower)),
  );
  return named.length === 1 ? named[0]! : null;
}

/** How many units later than what was spoken of the text is about. */
const stepOf = (reading: Reading): number =>
  says(reading, "earlier") ? -1 : says(reading, "afterwards") ? 1 : 0;

/** Half a month, as it is called where it has a name: days. */
const halfMonths: Readonly<Record<string, number>> = {
  fortnight: 14,
  quinzaine: 15,
  quincena: 15,
  quindicina: 15,
  quinzena: 15,
};

interface Stretch {
  readonly unit: TimeUnit;
  readonly count: number;
}

/** "the two weeks", "the 10 days", "the fortnight": a length of its own. */
function stretchOf(reading: Reading): Stretch | null {
  const half = reading.tokens.find(({ lower }) => Object.hasOwn(halfMonths, lower));
  if (half) return { unit: "day", count: halfMonths[half.lower]! };
  const [length, ...more] = linksOf(reading, "duration");
  const unit = unitNamed(reading);
  const seconds = unit === null ? undefined : secondsOf[unit];
  if (!length || more.length > 0 || unit === null || seconds === undefined) return null;
  const count = length.seconds / seconds;
  return Number.isInteger(count) && count >= 1 ? { unit, count } : null;
}

/** As lengths of time are read. */
const secondsOf: Partial<Record<TimeUnit, number>> = { day: 86_400, week: 604_800, month: 2_592_000 };

/** A unit and which way, and no window of its own. */
export const movesWindow = (reading: Reading): boolean =>
  stepOf(reading) !== 0 &&
  (unitNamed(reading) !== null || stretchOf(reading) !== null) &&
  linksOf(reading, "window").length === 0;

/** A length of its own lies right before or behind the window; a bare unit moves the window by one. */
function rangeBeside<Day extends Parameters<typeof add>[1]>(reading: Reading, first: Day, last: Day) {
  const step = stepOf(reading);
  const stretch = stretchOf(reading);
  if (stretch === null) {
    const unit = unitNamed(reading)!;
    return [add(unit, first, step), add(unit, last, step)] as const;
  }
  const { unit, count } = stretch;
  return step > 0 ? ([last, add(unit, last, count)] as const) : ([add(unit, first, -count), first] as const);
}

/** The only closed window among the filters, one unit earlier or later; null where the text says no such thing. */
export function movedWindow(reading: Reading, filters: readonly Filter[], zone: string): Window | null {
  const windows = filters.filter((filter): filter is Window => filter.kind === "window");
  const [window] = windows;
  if (windows.length !== 1 || !window?.from || !window.to || !movesWindow(reading)) return null;
  const [first, last] = [window.from, window.to].map((instant) => localDate(new Date(instant), zone));
  const [from, to] = rangeBeside(reading, first!, last!);
  return { ...window, ...instants(from, to, zone), label: rangeLabel(from, to, reading.language.code) };
}
