/** What is wrong with a log, by kinds of finding. */
import type { EventLog, LogColumns } from "../event-log.ts";
import type { Finding } from "../findings.ts";
import { duplicates, missing, notAvailable } from "./cells.ts";
import { nearNames, singleEvents } from "./names.ts";
import { dayMonth, epoch, negative, noStart, order, outliers, ties } from "./times.ts";

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
