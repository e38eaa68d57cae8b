/**
 * A weekly calendar in hours of the week (UTC, Monday 00:00 is hour 0): when work is done, as a log shows it. Unlike
 * `BusinessTime` (tools/logs/core/business-time.ts), which a person writes for the span of a log, it repeats without end
 * and runs backwards (`addWork`), since a simulation works on past the log's last event.
 */
const hour = 3_600e6;
const week = 168 * hour;
/** Monday 1969-12-29T00:00Z: weeks count from here. */
const epochMonday = -3 * 24 * hour;

export interface Calendar {
  /** 168 entries, 1 where work is done. */
  readonly open: Uint8Array;
  /** Open microseconds from the start of the week to the start of each hour; 169 entries. */
  readonly before: Float64Array;
}

export function calendarOf(open: Uint8Array): Calendar {
  const before = new Float64Array(169);
  for (let slot = 0; slot < 168; slot++) before[slot + 1] = before[slot]! + open[slot]! * hour;
  return { open, before };
}

export const alwaysOpen: Calendar = calendarOf(new Uint8Array(168).fill(1));

/** Open hours in a week. */
export const openHours = (calendar: Calendar): number => calendar.before[168]! / hour;

function hourOfWeek(time: number): number {
  const since = (((time - epochMonday) % week) + week) % week;
  return Math.floor(since / hour);
}

/**
 * When work is done: on the weekdays that hold at least one in fifty of the starts and completions, between the hours
 * that hold all but one in two hundred at either end. More than three quarters of the week, or few times, is no
 * calendar worth the name.
 */
export function inferCalendar(times: Iterable<number>): Calendar {
  const days = new Float64Array(7);
  const hours = new Float64Array(24);
  let total = 0;
  for (const time of times) {
    if (Number.isNaN(time)) continue;
    const slot = hourOfWeek(time);
    days[Math.floor(slot / 24)]!++;
    hours[slot % 24]!++;
    total++;
  }
  const [first, last] = hourRange(hours, total);
  const open = Uint8Array.from({ length: 168 }, (_, slot) =>
    Number(days[Math.floor(slot / 24)]! >= total / 50 && slot % 24 >= first && slot % 24 <= last),
  );
  const used = open.reduce((sum, slot) => sum + slot, 0);
  return total < 200 || used > 126 ? alwaysOpen : calendarOf(open);
}

function hourRange(hours: Float64Array, total: number): readonly [number, number] {
  let [first, before] = [0, 0];
  while (before + hours[first]! <= total / 200 && first < 23) before += hours[first++]!;
  let [last, after] = [23, 0];
  while (after + hours[last]! <= total / 200 && last > 0) after += hours[last--]!;
  return [first, last];
}

/** Open microseconds since the Monday before 1970. */
function openSince(calendar: Calendar, time: number): number {
  const since = time - epochMonday;
  const weeks = Math.floor(since / week);
  const rest = since - weeks * week;
  const slot = Math.min(167, Math.floor(rest / hour));
  return weeks * calendar.before[168]! + calendar.before[slot]! + calendar.open[slot]! * (rest - slot * hour);
}

/** Open microseconds between two instants. */
export const workBetween = (calendar: Calendar, from: number, to: number): number =>
  calendar === alwaysOpen ? to - from : openSince(calendar, to) - openSince(calendar, from);

/** The earliest instant, not before `from`, at which `work` open microseconds have passed since `from`. */
export function addWork(calendar: Calendar, from: number, work: number): number {
  if (calendar === alwaysOpen) return from + work;
  if (work <= 0) return nextOpen(calendar, from);
  const target = openSince(calendar, from) + work;
  const perWeek = calendar.before[168]!;
  let weeks = Math.floor(target / perWeek);
  let rest = target - weeks * perWeek;
  if (rest === 0) {
    weeks--;
    rest = perWeek;
  }
  const slot = slotReaching(calendar, rest);
  return epochMonday + weeks * week + slot * hour + (rest - calendar.before[slot]!);
}

/** The hour in which the open time of the week reaches `rest` > 0. */
function slotReaching(calendar: Calendar, rest: number): number {
  let [low, high] = [0, 167];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (calendar.before[middle + 1]! >= rest) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `time` itself when it lies in an open hour, else the start of the next one. */
export function nextOpen(calendar: Calendar, time: number): number {
  let current = time;
  for (let tries = 0; tries <= 168 && calendar.open[hourOfWeek(current)] === 0; tries++) {
    current = (Math.floor((current - epochMonday) / hour) + 1) * hour + epochMonday;
  }
  return current;
}
