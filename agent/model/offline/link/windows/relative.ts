/** Days and spans counted from today. */
import type { TimeUnit } from "../../languages/language.ts";
import { add, addDays, startOf } from "../calendar.ts";
import { dayAndMonth, written } from "./calendar-dates.ts";
import { holiday } from "./parts.ts";
import {
  article,
  back,
  day,
  type Extent,
  is,
  longest,
  number,
  type Reader,
  relative,
  units,
  whole,
} from "./reader.ts";

export function relativeDay(reader: Reader, at: number): Extent | null {
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

/** "last week", "semana pasada", "this month", "the last 30 days", "los últimos dos meses", "die vorletzte Woche". */
export function relativeUnit(reader: Reader, at: number): Extent | null {
  return longest(
    relative.flatMap((name) =>
      units.map(
        (unit) =>
          before(reader, at, name, unit) ?? after(reader, at, name, unit) ?? counted(reader, at, name, unit),
      ),
    ),
  );
}

export function before(reader: Reader, at: number, name: keyof typeof back, unit: TimeUnit): Extent | null {
  const length = is(reader, at, name);
  if (length === 0) return null;
  const count = name === "last" ? number(reader, at + length) : null;
  const unitAt = at + length + (count === null ? 0 : 1);
  const words = is(reader, unitAt, unit);
  return words === 0 ? null : unitsBack(reader, unit, name, unitAt + words, count ?? 1);
}

/** The adjective after the unit; not where it begins what comes next ("week last Tuesday"). */
export function after(reader: Reader, at: number, name: keyof typeof back, unit: TimeUnit): Extent | null {
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
export function fusedUnit(reader: Reader, at: number): Extent | null {
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

/** "3 days ago", "two weeks ago": that day, that week. */
export function ago(reader: Reader, at: number): Extent | null {
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

/** "the week of 12 October"; "the week before last"; "the month before". */
export function unitOf(reader: Reader, at: number): Extent | null {
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
