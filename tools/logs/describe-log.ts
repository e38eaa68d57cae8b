import { buildEventLog } from "./core/build-event-log.ts";
import type { EventLog, LogColumns } from "./core/event-log.ts";
import { type Finding, mergeFindings } from "./core/findings.ts";
import { spanOf, vocabularyOf } from "./core/profile.ts";
import { findQuality } from "./core/quality/find-quality.ts";

/** What the database keeps about a log's content. */
export function describe(
  columns: LogColumns,
  found: readonly Finding[],
  log: EventLog = buildEventLog(columns),
) {
  const { first, last } = spanOf(log);
  return {
    findings: mergeFindings(found, findQuality(log, columns)),
    vocabulary: vocabularyOf(log),
    cases: log.cases,
    events: log.events,
    firstEvent: first === null ? null : new Date(first),
    lastEvent: last === null ? null : new Date(last),
  };
}
