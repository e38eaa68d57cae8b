/** Times that cannot be, or that say nothing of the order. */
import { select } from "../../../mining/core/quantiles.ts";
import type { EventLog, LogColumns, TextColumn } from "../event-log.ts";
import type { Finding, FindingExample } from "../findings.ts";
import { daysFromCivil, isoInstant } from "../instants.ts";
import { hasStarts } from "../profile.ts";
import { caseOf, DAY, finding, place, YEAR } from "./finding.ts";

/** Cases whose rows are not in order of time in the file. */
export function order(log: EventLog): Finding | null {
  const { row } = log;
  let count = 0;
  let example: FindingExample | null = null;
  for (let index = 0; index < log.cases; index++) {
    const end = log.caseStart[index + 1] as number;
    let at = (log.caseStart[index] as number) + 1;
    while (at < end && (row[at - 1] as number) < (row[at] as number)) at++;
    if (at >= end) continue;
    count++;
    const note = "stands in the file before an event that happened earlier";
    example ??= place(log, index, at, note);
  }
  return finding("order", count, example);
}

/** Neighbours with equal times: the order of the rows decides. */
export function ties(log: EventLog): Finding | null {
  const { completed, caseStart } = log;
  if (!completed) return null;
  let count = 0;
  let example: FindingExample | null = null;
  for (let index = 0; index < log.cases; index++) {
    const end = caseStart[index + 1] as number;
    for (let at = (caseStart[index] as number) + 1; at < end; at++) {
      if (completed[at - 1] !== completed[at]) continue;
      count++;
      example ??= place(log, index, at, "the same time as the event before it");
    }
  }
  return finding("tie", count, example);
}

/**
 * Day and month exchanged wherever the day is at most 12, as a spreadsheet of another country does it. Exchanging
 * them again in sound dates tears cases apart; here it draws them together to less than 60 % of their length.
 */
export function dayMonth({ completed, case: cases, rows }: LogColumns): Finding | null {
  if (!completed) return null;
  const exchange = dayMonthExchange();
  const [written, exchanged] = [new CaseLengths(cases), new CaseLengths(cases)];
  let [affected, certain, first] = [0, 0, -1];
  for (let row = 0; row < rows; row++) {
    const time = completed[row] as number;
    const shift = exchange(time);
    written.add(row, time);
    exchanged.add(row, time + (shift ?? 0));
    if (shift === null) certain++;
    else if (shift !== 0 && affected++ === 0) first = row;
  }
  if (affected < 20 || certain < rows * 0.05) return null;
  const [long, short] = [written.total(), exchanged.total()];
  if (!(short < long * 0.6)) return null;
  const note = `with day and month exchanged the cases would last ${Math.round((short / long) * 100)} % as long; read as written`;
  const value = isoInstant(completed[first] as number);
  return finding("day-month", affected, {
    row: first + 1,
    case: cases.dictionary[cases.codes[first] as number] as string,
    value,
    note,
  });
}

/** The length of each case from its first to its last instant. */
class CaseLengths {
  readonly #codes: Uint32Array;
  readonly #first: Float64Array;
  readonly #last: Float64Array;

  constructor({ codes, dictionary }: TextColumn) {
    this.#codes = codes;
    this.#first = new Float64Array(dictionary.length).fill(Number.POSITIVE_INFINITY);
    this.#last = new Float64Array(dictionary.length).fill(Number.NEGATIVE_INFINITY);
  }

  add(row: number, time: number): void {
    const own = this.#codes[row] as number;
    if (time < (this.#first[own] as number)) this.#first[own] = time;
    if (time > (this.#last[own] as number)) this.#last[own] = time;
  }

  /** All lengths added up. */
  total(): number {
    return this.#first.reduce((sum, from, own) => sum + Math.max(0, (this.#last[own] as number) - from), 0);
  }
}

/**
 * What exchanging day and month adds to a time, microseconds; null where the day is beyond 12, 0 where there is no time.
 * Neighbouring events share a day more often than not, so it is worked out once a day.
 */
export function dayMonthExchange(): (micros: number) => number | null {
  const known = new Map<number, number | null>();
  let lastDay = Number.NaN;
  let lastShift: number | null = 0;
  return (micros) => {
    const dayNumber = Math.floor(micros / DAY);
    if (dayNumber === lastDay) return lastShift;
    lastDay = dayNumber;
    const shift = known.get(dayNumber);
    lastShift = shift === undefined ? shiftOfDay(dayNumber) : shift;
    known.set(dayNumber, lastShift);
    return lastShift;
  };
}

function shiftOfDay(dayNumber: number): number | null {
  if (Number.isNaN(dayNumber)) return 0;
  const date = new Date(dayNumber * (DAY / 1000));
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  if (day > 12) return null;
  return (daysFromCivil(year, day, month) - dayNumber) * DAY;
}

/** Times of 1970: an empty date stored as zero, or times that are only relative. */
export function epoch(log: EventLog): Finding | null {
  const { completed } = log;
  if (!completed) return null;
  let count = 0;
  let first = -1;
  for (let at = 0; at < completed.length; at++) {
    const time = completed[at] as number;
    if (time >= 0 && time < YEAR && count++ === 0) first = at;
  }
  if (count === 0) return null;
  const note =
    count === completed.length
      ? "the whole log is of 1970: its times may be relative"
      : "a date of 1970 beside later ones may stand for none";
  return finding("epoch", count, place(log, caseOf(log, first), first, note));
}

export function noStart(log: EventLog): Finding | null {
  if (hasStarts(log) || !log.completed) return null;
  return finding("no-start", log.events, {
    note: "no start times: waiting and working cannot be told apart",
  });
}

/** Work that ends before it starts. */
export function negative(log: EventLog): Finding | null {
  const { started, completed } = log;
  if (!started || !completed) return null;
  let count = 0;
  let example: FindingExample | null = null;
  for (let at = 0; at < log.events; at++) {
    if (!((started[at] as number) > (completed[at] as number))) continue;
    count++;
    example ??= place(
      log,
      caseOf(log, at),
      at,
      `starts at ${isoInstant(started[at] as number)}, after its completion`,
    );
  }
  return finding("negative", count, example);
}

/** Cases that last far longer than the rest: beyond the third quartile by three times the quartiles' distance (Tukey). */
export function outliers(log: EventLog): Finding | null {
  const { completed } = log;
  if (!completed || log.cases < 20) return null;
  const durations = new Float64Array(log.cases);
  for (let index = 0; index < log.cases; index++) {
    const last = (log.caseStart[index + 1] as number) - 1;
    durations[index] = (completed[last] as number) - (completed[log.caseStart[index] as number] as number);
  }
  const { low, high } = outerQuartiles(durations);
  if (!(high > low)) return null;
  const fence = high + 3 * (high - low);
  let [beyond, longest] = [0, 0];
  for (let index = 0; index < log.cases; index++) {
    const duration = durations[index] as number;
    if (!(duration > fence)) continue;
    if (beyond++ === 0 || duration > (durations[longest] as number)) longest = index;
  }
  if (beyond === 0) return null;
  const days = ((durations[longest] as number) / DAY).toFixed(1);
  return finding("outlier", beyond, {
    case: log.caseNames[longest] as string,
    value: `${days} days`,
    note: `other cases last up to ${(fence / DAY).toFixed(1)} days`,
  });
}

/** The first and third quartile as order statistics. */
function outerQuartiles(durations: Float64Array): { low: number; high: number } {
  const known = durations.filter((duration) => !Number.isNaN(duration));
  if (known.length === 0) return { low: 0, high: 0 };
  const { length } = known;
  const quarter = Math.floor(length / 4);
  const low = select(known, 0, length, quarter);
  return { low, high: select(known, quarter, length, Math.floor((length * 3) / 4) - quarter) };
}
