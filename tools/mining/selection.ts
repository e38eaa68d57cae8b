import type { Fact, FactDraft, Message, OpenLog, ToolContext } from "../define.ts";
import type { Filter } from "../inputs.ts";
import { inCalendarSql } from "../logs/core/business-sql.ts";
import { type BusinessTime, businessTimeOf, inBusinessTime } from "../logs/core/business-time.ts";
import { type CalendarChoice, chooseCalendar, describeCalendar } from "../logs/core/calendar-definition.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import { filterWords } from "../logs/core/filter-words.ts";
import { filterLog, filterSql } from "../logs/core/filters.ts";
import { NoCasesError } from "./errors.ts";

/** The cases a tool looks at, as columns and as SQL. */
export interface Selection {
  readonly open: OpenLog;
  readonly log: EventLog;
  /** Durations count by it; null for the clock. */
  readonly calendar: BusinessTime | null;
  /** The log with its instants in business time, for what is made of differences; the log itself by the clock. */
  readonly timed: EventLog;
  /** A condition on `case_id` for facts; null for all cases. */
  readonly condition: string | null;
  /** A fact about these cases. */
  fact(draft: Omit<FactDraft, "log">): Fact;
}

/** Opens the log and keeps the cases that the filters select. Throws `NoCasesError` when there are none. */
export async function select(
  context: ToolContext,
  input: {
    readonly log?: string | undefined;
    readonly filters: readonly Filter[];
    readonly calendar?: CalendarChoice | undefined;
  },
): Promise<Selection> {
  const open = await context.logs.open(input.log);
  return narrow(context, open, input.filters, input.calendar);
}

/** The calendar over the log's span; null for the clock. */
export function timeOf(context: ToolContext, open: OpenLog, choice?: CalendarChoice): BusinessTime | null {
  const calendar = chooseCalendar(choice, open.calendars ?? [], context.zone);
  return calendar && businessTimeOf(open.log, calendar);
}

export function narrow(
  context: ToolContext,
  open: OpenLog,
  filters: readonly Filter[],
  choice?: CalendarChoice,
): Selection {
  const calendar = timeOf(context, open, choice);
  const log = filterLog(open.log, filters, calendar);
  if (log.cases === 0) throw new NoCasesError(open.name, filters.length > 0);
  return {
    open,
    log,
    calendar,
    timed: calendar === null ? log : inBusinessTime(log, calendar),
    condition:
      filters.length === 0
        ? null
        : `case_id in (select case_id from cases where ${filterSql(filters, calendar !== null)})`,
    fact: (draft) =>
      context.fact({ ...(calendar === null ? draft : inCalendar(draft, calendar)), log: open.id }),
  };
}

/** A figure in business time says so, and its SQL counts so. */
export function inCalendar<Draft extends Omit<FactDraft, "log">>(draft: Draft, time: BusinessTime): Draft {
  const sql = draft.sql === undefined ? undefined : inCalendarSql(draft.sql, time);
  const timed = draft.unit === "s" ? { label: `${draft.label}, in ${time.calendar.name}` } : {};
  return { ...draft, ...timed, ...(sql === undefined ? {} : { sql }) };
}

/** Which hours count. */
export const calendarLine = (time: BusinessTime | null): Message[] =>
  time === null
    ? []
    : [
        {
          text: "only time in {calendar} counts ({hours}); a day is 24 of those hours",
          values: { calendar: time.calendar.name, hours: describeCalendar(time.calendar) },
        },
      ];

/** What every answer says about its cases: the log, how many cases, which, and in which zone words were meant. */
export function assumptions(
  context: ToolContext,
  selection: Selection,
  filters: readonly Filter[],
): { readonly facts: Fact[]; readonly lines: Message[] } {
  const n = casesFact(selection);
  const about: Message =
    filters.length === 0
      ? { text: "All {n} of {log}", values: { n, log: selection.open.name } }
      : { text: "{n} of {log}", values: { n, log: selection.open.name } };
  const zoned = filters.some(({ kind }) => kind === "window");
  return {
    facts: [n],
    lines: [
      about,
      ...calendarLine(selection.calendar),
      ...filters.map(filterWords),
      ...(zoned ? [{ text: "Dates in {zone}", values: { zone: context.zone } }] : []),
    ],
  };
}

export function casesFact(selection: Selection): Fact {
  const { log, condition } = selection;
  const sql = `select count(*) from cases${condition === null ? "" : ` where ${condition}`}`;
  return selection.fact({ value: log.cases, unit: "cases", label: "Cases looked at", sql, rows: log.cases });
}
