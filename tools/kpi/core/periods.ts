/** Days, ISO weeks, months, quarters and years in a time zone. */
import type { z } from "zod";
import type { period } from "../../inputs.ts";

export type Period = z.infer<typeof period>;

export interface Bucket {
  /** 2024-05-03, 2024-W18, 2024-05, 2024-Q2 or 2024: sorts by time. */
  readonly key: string;
  /** Microseconds since 1970, end exclusive. */
  readonly start: number;
  readonly end: number;
}

const day = 86_400_000;

/** Milliseconds that the zone is ahead of UTC at an instant. */
function offsetAt(zone: string, milliseconds: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(milliseconds);
  const part = (type: string): number => Number(parts.find((own) => own.type === type)!.value);
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return local - Math.floor(milliseconds / 1000) * 1000;
}

/** The instant at which a zone's clocks show a local time (given as if it were UTC). */
function instantOf(zone: string, local: number): number {
  const guess = local - offsetAt(zone, local);
  return local - offsetAt(zone, guess);
}

interface LocalSpan {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const pad = (value: number): string => String(value).padStart(2, "0");

/** ISO 8601: weeks begin on Monday; week 1 holds the year's first Thursday. */
function isoWeek(local: Date): LocalSpan {
  const weekday = (local.getUTCDay() + 6) % 7;
  const start = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()) - weekday * day;
  const year = new Date(start + 3 * day).getUTCFullYear();
  const fourth = new Date(Date.UTC(year, 0, 4));
  const firstMonday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * day;
  const number = Math.round((start - firstMonday) / (7 * day)) + 1;
  return { key: `${year}-W${pad(number)}`, start, end: start + 7 * day };
}

function localSpan(local: Date, period: Period): LocalSpan {
  const [year, month, date] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const months = (key: string, from: number, length: number): LocalSpan => ({
    key,
    start: Date.UTC(year, from),
    end: Date.UTC(year, from + length),
  });
  switch (period) {
    case "day":
      return {
        key: `${year}-${pad(month + 1)}-${pad(date)}`,
        start: Date.UTC(year, month, date),
        end: Date.UTC(year, month, date + 1),
      };
    case "week":
      return isoWeek(local);
    case "month":
      return months(`${year}-${pad(month + 1)}`, month, 1);
    case "quarter":
      return months(`${year}-Q${Math.floor(month / 3) + 1}`, month - (month % 3), 3);
    case "year":
      return months(`${year}`, 0, 12);
  }
}

/** Makes a function from instants to their bucket; neighbouring instants are found without asking the zone again. */
export function bucketing(period: Period, zone: string): (microseconds: number) => Bucket {
  const known: Bucket[] = [];
  let last: Bucket | null = null;
  return (microseconds) => {
    if (last !== null && microseconds >= last.start && microseconds < last.end) return last;
    last = known.find((bucket) => microseconds >= bucket.start && microseconds < bucket.end) ?? null;
    if (last === null) {
      last = bucketAt(microseconds, period, zone);
      known.push(last);
    }
    return last;
  };
}

function bucketAt(microseconds: number, period: Period, zone: string): Bucket {
  const milliseconds = microseconds / 1000;
  const local = new Date(milliseconds + offsetAt(zone, milliseconds));
  const { key, start, end } = localSpan(local, period);
  return { key, start: instantOf(zone, start) * 1000, end: instantOf(zone, end) * 1000 };
}

/** All buckets from the one that holds `first` to the one that holds `last`. */
export function bucketsBetween(first: number, last: number, period: Period, zone: string): readonly Bucket[] {
  const find = bucketing(period, zone);
  const buckets = [find(first)];
  while (buckets.at(-1)!.end <= last) buckets.push(find(buckets.at(-1)!.end));
  return buckets;
}
