import type { Filter } from "../../inputs.ts";
import { type BusinessTime, businessTimeOf } from "../../logs/core/business-time.ts";
import type { CalendarDefinition } from "../../logs/core/calendar-definition.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import { filterLog, filterSql } from "../../logs/core/filters.ts";
import { stepTable } from "./steps.ts";

/** What of `OpenLog` (tools/define.ts) a selection needs. */
interface Opened {
  readonly id: string;
  readonly name: string;
  readonly log: EventLog;
}

export interface Selection {
  readonly id: string;
  readonly name: string;
  readonly whole: EventLog;
  /** The cases that pass the filters. */
  readonly log: EventLog;
  /** A SELECT of their case_ids; null when all pass. */
  readonly casesSql: string | null;
  /** Durations count by it; null for the clock. */
  readonly calendar: BusinessTime | null;
}

/** Applies filters, in typed arrays and as SQL. */
export function selectCases(
  open: Opened,
  filters: readonly Filter[],
  wanted: CalendarDefinition | null = null,
): Selection {
  const { id, name, log } = open;
  const calendar = wanted && businessTimeOf(log, wanted);
  if (filters.length === 0) return { id, name, whole: log, log, casesSql: null, calendar };
  return {
    id,
    name,
    whole: log,
    log: filterLog(log, filters, calendar),
    calendar,
    casesSql: `SELECT case_id FROM cases WHERE ${filterSql(filters, calendar !== null)}`,
  };
}

/** First and last instant of a log, microseconds since 1970; null without times. */
export function spanOf(log: EventLog): { readonly first: number | null; readonly last: number | null } {
  const { firstEvent, lastEvent } = stepTable(log);
  const known = (values: Float64Array): Float64Array => values.filter((time) => !Number.isNaN(time));
  const [firsts, lasts] = [known(firstEvent), known(lastEvent)];
  if (firsts.length === 0) return { first: null, last: null };
  return {
    first: firsts.reduce((low, time) => Math.min(low, time), Infinity),
    last: lasts.reduce((high, time) => Math.max(high, time), -Infinity),
  };
}
