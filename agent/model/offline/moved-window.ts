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

/** A unit and which way, and no window of its own. */
export const movesWindow = (reading: Reading): boolean =>
  stepOf(reading) !== 0 && unitNamed(reading) !== null && linksOf(reading, "window").length === 0;

/** The only closed window among the filters, one unit earlier or later; null where the text says no such thing. */
export function movedWindow(reading: Reading, filters: readonly Filter[], zone: string): Window | null {
  const windows = filters.filter((filter): filter is Window => filter.kind === "window");
  const [window] = windows;
  const unit = unitNamed(reading);
  if (windows.length !== 1 || !window?.from || !window.to || unit === null) return null;
  if (!movesWindow(reading)) return null;
  const moved = (instant: string) => add(unit, localDate(new Date(instant), zone), stepOf(reading));
  const [from, to] = [moved(window.from), moved(window.to)];
  return { ...window, ...instants(from, to, zone), label: rangeLabel(from, to, reading.language.code) };
}
