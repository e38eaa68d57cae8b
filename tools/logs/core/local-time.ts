/** An instant as the clocks of a zone show it, in typed arrays and in SQL. */
import { instantToLocal } from "./zones.ts";

/** From `from` on (microseconds since 1970), clocks are `offset` microseconds ahead of UTC. */
export interface OffsetSpan {
  readonly from: number;
  readonly offset: number;
}

const DAY = 86_400_000_000;
const QUARTER = 900_000_000;

/**
 * The offsets of a zone between two instants, microseconds since 1970; the first span begins at -∞. Zones change at
 * quarters of an hour, found by bisection within the day of the change.
 */
export function offsetSpans(zone: string, first: number, last: number): readonly OffsetSpan[] {
  const local = instantToLocal(zone);
  const offsetAt = (instant: number) => local(instant) - instant;
  const spans: OffsetSpan[] = [{ from: Number.NEGATIVE_INFINITY, offset: offsetAt(first) }];
  for (let day = first; day < last; day += DAY) {
    const next = Math.min(day + DAY, last);
    if (offsetAt(day) !== offsetAt(next)) spans.push(changeBetween(offsetAt, day, next));
  }
  return spans;
}

function changeBetween(offsetAt: (instant: number) => number, before: number, after: number): OffsetSpan {
  let [low, high] = [Math.floor(before / QUARTER), Math.ceil(after / QUARTER)];
  const offset = offsetAt(after);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsetAt(middle * QUARTER) === offset) high = middle;
    else low = middle;
  }
  return { from: high * QUARTER, offset };
}

/** Microseconds that the clocks show, as if they were UTC. */
export function toLocal(instant: number, spans: readonly OffsetSpan[]): number {
  let at = spans.length - 1;
  while (instant < spans[at]!.from) at--;
  return instant + spans[at]!.offset;
}

/** The same in SQL, of an expression in microseconds. */
export function toLocalSql(instant: string, spans: readonly OffsetSpan[]): string {
  const [first, ...changes] = spans;
  if (changes.length === 0) return first!.offset === 0 ? instant : `(${instant} + ${first!.offset})`;
  const cases = [...changes].reverse().map(({ from, offset }) => `when ${instant} >= ${from} then ${offset}`);
  return `(${instant} + case ${cases.join(" ")} else ${first!.offset} end)`;
}
