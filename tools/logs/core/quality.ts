/** What a person should know about a log before trusting a figure from it. Finds; never corrects. */
import { select } from "../../mining/core/quantiles.ts";
import { type Column, type EventLog, type LogColumns, MISSING, type TextColumn } from "./event-log.ts";
import type { Finding, FindingExample, FindingKind } from "./findings.ts";
import { daysFromCivil, isoInstant } from "./instants.ts";
import { type ActivityCount, countActivities, hasStarts } from "./profile.ts";

const DAY = 86_400_000_000;
const YEAR = 365.25 * DAY;

/** Everything odd about a log; O(events) but for near names, which compares at most 500 activities with each other. */
export function findQuality(log: EventLog, columns: LogColumns): Finding[] {
  return [
    duplicates(log),
    missing(log, columns),
    order(log),
    ties(log),
    dayMonth(columns),
    epoch(log),
    singleEvents(log),
    nearNames(log),
    notAvailable(columns),
    noStart(log),
    negative(log),
    outliers(log),
  ].filter((found) => found !== null);
}

const finding = (kind: FindingKind, count: number, example: FindingExample | null): Finding | null =>
  count > 0 ? { kind, count, example } : null;

/** Where event `at` of case `index` stands. */
function place(log: EventLog, index: number, at: number, note?: string): FindingExample {
  const completed = log.completed?.[at];
  return {
    row: (log.row[at] as number) + 1,
    case: log.caseNames[index] as string,
    activity: log.activities[log.activity[at] as number] as string,
    ...(completed === undefined || Number.isNaN(completed) ? {} : { value: isoInstant(completed) }),
    ...(note ? { note } : {}),
  };
}

/** Rows that repeat another row of the case in every column. */
function duplicates(log: EventLog): Finding | null {
  let count = 0;
  let example: FindingExample | null = null;
  for (const { index, event } of repetitions(log)) {
    count++;
    example ??= place(log, index, event, "the same row is there twice");
  }
  return finding("duplicate", count, example);
}

/** Rows of the file that repeat another one, but for the first of each. */
export const duplicateRows = (log: EventLog): number[] =>
  Array.from(repetitions(log), ({ event }) => log.row[event] as number);

function* repetitions(log: EventLog): Generator<{ readonly index: number; readonly event: number }> {
  const { completed } = log;
  if (!completed) return;
  const columns = cellColumns(log);
  for (let index = 0; index < log.cases; index++) {
    const end = log.caseStart[index + 1] as number;
    for (let from = log.caseStart[index] as number; from < end; ) {
      let to = from + 1;
      while (to < end && completed[to] === completed[from]) to++;
      if (to - from > 1) for (const event of repeats(columns, from, to)) yield { index, event };
      from = to;
    }
  }
}

/** Events that have the same cells as one before them; `from` to `to` have the same time. */
function repeats(columns: readonly Cells[], from: number, to: number): number[] {
  if (to - from === 2) return sameCells(columns, from, from + 1) ? [from + 1] : [];
  const seen = new Set<string>();
  const repeated: number[] = [];
  for (let at = from; at < to; at++) {
    const key = columns.map((column) => column[at]).join();
    if (seen.has(key)) repeated.push(at);
    seen.add(key);
  }
  return repeated;
}

type Cells = ArrayLike<number>;

const sameCells = (columns: readonly Cells[], a: number, b: number): boolean =>
  columns.every((column) => column[a] === column[b] || (Number.isNaN(column[a]) && Number.isNaN(column[b])));

/** Everything that a row says besides its case and its completion. */
function cellColumns(log: EventLog): Cells[] {
  const { activity, started, resource, lifecycle, instance, attributes } = log;
  const roles = [activity, started, resource?.codes, lifecycle?.codes, instance?.codes];
  const others = Array.from(attributes.values(), (column) =>
    column.kind === "text" ? column.codes : column.values,
  );
  return [...roles.filter((cells) => cells !== null && cells !== undefined), ...others];
}

/** Cells without a value among the columns that play a role. */
function missing(log: EventLog, columns: LogColumns): Finding | null {
  let count = 0;
  let example: FindingExample | null = null;
  const note = (column: string, { found, first }: Matches): void => {
    count += found;
    if (found > 0) example ??= { ...place(log, caseOf(log, first), first, "no value"), column };
  };
  const unnamed = log.activities.indexOf("");
  if (unnamed >= 0) note("activity", codesEqual(log.activity, unnamed));
  const emptyCase = columns.case.dictionary.indexOf("");
  if (emptyCase >= 0) note("case", codesEqual(columns.case.codes, emptyCase, log.row));
  if (log.completed) note("timestamp", notNumbers(log.completed));
  if (log.started) note("start", notNumbers(log.started));
  for (const role of ["resource", "lifecycle"] as const) {
    const column = log[role];
    if (column) note(role, codesEqual(column.codes, MISSING));
  }
  return finding("missing", count, example);
}

interface Matches {
  readonly found: number;
  /** Index of the first; -1 where there is none. */
  readonly first: number;
}

/** `rows`, where given, says which codes to look at, in which order. The search is native: nearly every cell has a value. */
function codesEqual(codes: Uint32Array, wanted: number, rows?: Uint32Array): Matches {
  if (!codes.includes(wanted)) return NONE;
  let found = 0;
  let first = -1;
  const end = rows?.length ?? codes.length;
  for (let at = 0; at < end; at++) {
    if (codes[rows ? (rows[at] as number) : at] !== wanted) continue;
    if (found++ === 0) first = at;
  }
  return { found, first };
}

const NONE: Matches = { found: 0, first: -1 };

function notNumbers(values: Float64Array): Matches {
  if (!values.includes(Number.NaN)) return NONE;
  let found = 0;
  let first = -1;
  for (let at = 0; at < values.length; at++) {
    if (Number.isNaN(values[at]) && found++ === 0) first = at;
  }
  return { found, first };
}

/** Cases whose rows are not in order of time in the file. */
function order(log: EventLog): Finding | null {
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
function ties(log: EventLog): Finding | null {
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
function dayMonth({ completed, case: cases, rows }: LogColumns): Finding | null {
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
function epoch(log: EventLog): Finding | null {
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

/** The case of an event: binary search over the offsets. */
function caseOf(log: EventLog, at: number): number {
  let [low, high] = [0, log.cases - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((log.caseStart[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function singleEvents(log: EventLog): Finding | null {
  let count = 0;
  let example: FindingExample | null = null;
  for (let index = 0; index < log.cases; index++) {
    const at = log.caseStart[index] as number;
    if ((log.caseStart[index + 1] as number) - at !== 1) continue;
    count++;
    example ??= place(log, index, at, "the only event of its case");
  }
  return finding("single-event", count, example);
}

/** Activities whose names differ only in case, spaces and marks, or in one letter. */
function nearNames(log: EventLog): Finding | null {
  const pairs = nearNamePairs(log);
  const [first] = pairs;
  if (!first) return null;
  const { rare, common } = first;
  return finding("near-name", pairs.length, {
    activity: rare.name,
    value: common.name,
    note: `${rare.count} and ${common.count} events`,
  });
}

/** Each rare name with the usual one that it is near to. */
export function nearNamePairs(
  log: EventLog,
): readonly { readonly rare: ActivityCount; readonly common: ActivityCount }[] {
  const names = countActivities(log)
    .slice(0, 500)
    .map((activity) => ({ ...activity, plain: plain(activity.name) }));
  return names.flatMap((rare, at) => {
    const common = names.slice(0, at).find((candidate) => isNear(candidate, rare));
    return common ? [{ rare, common }] : [];
  });
}

interface PlainActivity extends ActivityCount {
  readonly plain: string;
}

const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, "");

/** One letter more, less or other is a slip only where the rarer name is far rarer. */
function isNear(common: PlainActivity, rare: PlainActivity): boolean {
  const [a, b] = [common.plain, rare.plain];
  if (a === b) return a !== "";
  return rare.count <= common.count * 0.02 && Math.min(a.length, b.length) >= 6 && withinOneEdit(a, b);
}

function withinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const changed = a.slice(start, endA) + b.slice(start, endB);
  return endA - start <= 1 && endB - start <= 1 && !/\d/.test(changed);
}

export const isNotAvailable = (text: string): boolean => NOT_AVAILABLE.test(text);

const NOT_AVAILABLE = /^(na|n\/a|n\.a\.|nan|null|none|nil|#n\/a|-|\?)$/i;

/** Texts that usually stand for "nothing", kept as they are. */
function notAvailable(columns: LogColumns): Finding | null {
  let count = 0;
  let example: FindingExample | null = null;
  const perEvent: [string, Column | null][] = [
    ["case", columns.case],
    ["activity", columns.activity],
    ["resource", columns.resource],
    ...columns.attributes,
  ];
  for (const [name, column] of [...perEvent, ...columns.caseAttributes]) {
    if (column?.kind !== "text") continue;
    const suspects = new Set(
      column.dictionary.flatMap((value, code) => (NOT_AVAILABLE.test(value) ? [code] : [])),
    );
    if (suspects.size === 0) continue;
    column.codes.forEach((code, row) => {
      if (!suspects.has(code)) return;
      count++;
      const where =
        column.codes.length === columns.rows
          ? { row: row + 1 }
          : { case: columns.case.dictionary[row] as string };
      example ??= {
        ...where,
        column: name,
        value: column.dictionary[code] as string,
        note: "kept as a value, not read as empty",
      };
    });
  }
  return finding("na-text", count, example);
}

function noStart(log: EventLog): Finding | null {
  if (hasStarts(log) || !log.completed) return null;
  return finding("no-start", log.events, {
    note: "no start times: waiting and working cannot be told apart",
  });
}

/** Work that ends before it starts. */
function negative(log: EventLog): Finding | null {
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
function outliers(log: EventLog): Finding | null {
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
