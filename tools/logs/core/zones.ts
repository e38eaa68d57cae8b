/** Local times of an IANA zone as instants. */
import { MillwrightError } from "../../../errors.ts";

export class UnknownZoneError extends MillwrightError {
  constructor(zone: string) {
    super("unknown-zone", 400, `"${zone}" is not a time zone`, {
      value: zone,
      expected: "an IANA name such as Europe/Berlin, or UTC",
      remedy: "Give another --tz.",
    });
  }
}

/** Local times of the zone are instants as they stand. */
export const isUtc = (zone: string): boolean => zone === "UTC" || zone === "Etc/UTC" || zone === "Z";

/** The other way round: what the zone's clocks show at an instant, as if it were UTC. */
export function instantToLocal(zone: string): (instant: number) => number {
  if (isUtc(zone)) return (instant) => instant;
  const offsetAt = offsets(zone);
  const known = new Map<number, number>();
  return (instant) => {
    if (Number.isNaN(instant)) return instant;
    const quarter = Math.floor(instant / QUARTER);
    const offset = known.get(quarter) ?? offsetAt(quarter * QUARTER);
    known.set(quarter, offset);
    return instant + offset;
  };
}

const QUARTER = 900_000_000;

/**
 * A function from local microseconds (as if UTC) to the instant. A local time that the clocks skip is read
 * with the offset before the change; one that they repeat is the earlier.
 */
export function localToInstant(zone: string): (local: number) => number {
  if (isUtc(zone)) return (local) => local;
  const offsetAt = offsets(zone);
  const known = new Map<number, number>();
  return (local) => {
    if (Number.isNaN(local)) return local;
    const quarter = Math.floor(local / QUARTER);
    let offset = known.get(quarter);
    if (offset === undefined) {
      offset = resolve(quarter * QUARTER, offsetAt);
      known.set(quarter, offset);
    }
    return local - offset;
  };
}

/** Offsets change on quarters of an hour, so one answer per quarter is enough. */
function resolve(local: number, offsetAt: (instant: number) => number): number {
  const before = offsetAt(local - 86_400_000_000);
  const after = offsetAt(local + 86_400_000_000);
  if (before === after) return before;
  return offsetAt(local - before) === before ? before : offsetAt(local - after) === after ? after : before;
}

function offsets(zone: string): (instant: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    throw new UnknownZoneError(zone);
  }
  return (instant) => {
    const milliseconds = Math.floor(instant / 1000);
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(milliseconds)) part[type] = value;
    const wall = Date.UTC(
      Number(part["year"]),
      Number(part["month"]) - 1,
      Number(part["day"]),
      Number(part["hour"]),
      Number(part["minute"]),
      Number(part["second"]),
    );
    return Math.round((wall - milliseconds) / 1000) * 1_000_000;
  };
}
