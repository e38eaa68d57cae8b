const QUARTER = 900_000_000;

/**
 * A function from an instant to the local clock of an IANA zone, both in microseconds (the local clock as if it were
 * UTC). Offsets change on quarters of an hour, so one answer per quarter is enough.
 */
export function localClock(zone: string): (instant: number) => number {
  if (zone === "UTC" || zone === "Etc/UTC" || zone === "Z") return (instant) => instant;
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  const offsets = new Map<number, number>();
  return (instant) => {
    if (Number.isNaN(instant)) return instant;
    const quarter = Math.floor(instant / QUARTER);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      offset = offsetOf(format, quarter * 900_000);
      offsets.set(quarter, offset);
    }
    return instant + offset;
  };
}

/** Microseconds ahead of UTC, from "GMT+05:30". */
function offsetOf(format: Intl.DateTimeFormat, milliseconds: number): number {
  const name = format.formatToParts(milliseconds).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000_000;
}

/** Local clock less instant, microseconds, for instants before `until`. */
export interface ClockOffset {
  readonly until: number;
  readonly offset: number;
}

/** The offsets of a local clock between two instants, in order; the last holds for ever after. To the quarter of an hour. */
export function clockOffsets(local: (instant: number) => number, from: number, to: number): ClockOffset[] {
  const offsetAt = (quarter: number) => local(quarter * QUARTER) - quarter * QUARTER;
  const last = Math.ceil(to / QUARTER);
  const found: ClockOffset[] = [];
  let offset = offsetAt(Math.floor(from / QUARTER));
  for (let quarter = Math.floor(from / QUARTER); quarter < last; quarter += 96) {
    const next = Math.min(last, quarter + 96);
    if (offsetAt(next) === offset) continue;
    let [low, high] = [quarter, next];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    found.push({ until: high * QUARTER, offset });
    offset = offsetAt(next);
  }
  return [...found, { until: Number.POSITIVE_INFINITY, offset }];
}
