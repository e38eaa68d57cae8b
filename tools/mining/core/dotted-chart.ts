import type { EventLog } from "../../logs/core/event-log.ts";
import { caseSpans } from "./throughput.ts";

export type DottedTime = "time" | "since-start";
export type DottedOrder = "start" | "duration" | "first-seen";

export interface DottedChartOptions {
  readonly x: DottedTime;
  /** How the rows are ordered, from the top. */
  readonly order: DottedOrder;
  /** Cases at most: every n-th of them in their order is shown, so that the picture keeps its shape. */
  readonly cases: number;
}

/** The dotted chart of a log (Song & van der Aalst, "Supporting process mining by showing events at a glance", 2007). */
export interface DottedChart {
  /** Cases of the rows. */
  readonly rows: readonly number[];
  /** Of each dot: its row, seconds (since 1970, or since the case's first event), activity code. */
  readonly dots: readonly (readonly [row: number, seconds: number, activity: number])[];
}

/** O(events + cases log cases). Null where the log has no times. */
export function dottedChart(log: EventLog, { x, order, cases }: DottedChartOptions): DottedChart | null {
  const spans = caseSpans(log);
  const { completed } = log;
  if (spans === null || completed === null) return null;
  const key = (c: number): number =>
    order === "start" ? spans.first[c]! : order === "duration" ? spans.last[c]! - spans.first[c]! : c;
  const ordered = Array.from({ length: log.cases }, (_, c) => c)
    .filter((c) => !Number.isNaN(spans.first[c]!))
    .sort((a, b) => key(a) - key(b) || a - b);
  const rows = evenly(ordered, cases);
  const dots = rows.flatMap((c, row) => {
    const from = x === "time" ? 0 : spans.first[c]!;
    const own: (readonly [number, number, number])[] = [];
    for (let at = log.caseStart[c]!; at < log.caseStart[c + 1]!; at++) {
      const time = completed[at]!;
      if (!Number.isNaN(time)) own.push([row, (time - from) / 1e6, log.activity[at]!]);
    }
    return own;
  });
  return { rows, dots };
}

/** At most `most` of the items, evenly spread, the first and the last among them. */
export function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  if (most <= 1) return items.slice(0, most);
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => items[Math.round(at * step)]!);
}
