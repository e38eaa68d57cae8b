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
