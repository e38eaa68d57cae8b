/** The values of an attribute as observations, on typed arrays and as SQL (measure.ts says what they are). */
import type { Column, EventLog } from "../../logs/core/event-log.ts";
import type { Measure } from "./measure.ts";
import type { Observations } from "./metrics.ts";
import type { StepTable } from "./steps.ts";

type ActivitySet = ReadonlySet<number> | null;

class Collected {
  readonly cases: number[] = [];
  readonly values: number[] = [];
  readonly times: number[] = [];
  readonly events: number[] = [];
}

const numbersOf = (column: Column | undefined): Float64Array =>
  column?.kind === "number" ? column.values : new Float64Array();

/** O(events). `measure` is one of this log (`measureOf`). */
export function observeAttribute(
  log: EventLog,
  table: StepTable,
  measure: Measure,
  activities: ActivitySet,
): Observations {
  const found = new Collected();
  if (measure.observed === "case") ofCases(found, log, table, measure, activities);
  else ofEvents(found, log, table, measure, activities);
  return {
    case: Uint32Array.from(found.cases),
    value: Float64Array.from(found.values),
    at: Float64Array.from(found.times),
    event: measure.observed === "event" ? Uint32Array.from(found.events) : null,
  };
}

function ofCases(
  found: Collected,
  log: EventLog,
  table: StepTable,
  { attribute }: Measure,
  activities: ActivitySet,
): void {
  const values = numbersOf(log.caseAttributes.get(attribute));
  for (let index = 0; index < log.cases; index++) {
    const value = values[index]!;
    const at = activities === null ? table.lastEvent[index]! : firstOf(table, index, activities);
    if (Number.isNaN(value) || at === null) continue;
    found.cases.push(index);
    found.values.push(value);
    found.times.push(at);
  }
}

/** Completion of the first of the activities' steps that has one, NaN where none has; null where none happens. */
function firstOf(table: StepTable, index: number, activities: ReadonlySet<number>): number | null {
  let first: number | null = null;
  for (let step = table.caseStart[index]!; step < table.caseStart[index + 1]!; step++) {
    if (!activities.has(table.activity[step]!)) continue;
    const at = table.completed[step]!;
    if (first === null || Number.isNaN(first) || at < first) first = at;
  }
  return first;
}

function ofEvents(
  found: Collected,
  log: EventLog,
  table: StepTable,
  { attribute, observed }: Measure,
  activities: ActivitySet,
): void {
  const values = numbersOf(log.attributes.get(attribute));
  for (let index = 0; index < log.cases; index++) {
    for (let event = log.caseStart[index]!; event < log.caseStart[index + 1]!; event++) {
      const counts = activities === null || activities.has(log.activity[event]!);
      if (!counts || Number.isNaN(values[event]!)) continue;
      const isCase = observed === "having";
      found.cases.push(index);
      found.values.push(isCase ? 1 : values[event]!);
      found.times.push(isCase ? table.lastEvent[index]! : (log.completed?.[event] ?? Number.NaN));
      if (isCase) break;
      found.events.push(event);
    }
  }
}

const name = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** A SELECT of (case_id, value, observed), of events with position, activity and resource. `own`: " AND activity IN (…)", or nothing. */
export function attributeObservationsSql({ attribute, observed }: Measure, own: string): string {
  const column = name(attribute);
  if (observed === "event")
    return `SELECT case_id, position, activity, resource, ${column} AS value, completed AS observed FROM events WHERE ${column} IS NOT NULL${own}`;
  if (observed === "having")
    return `SELECT case_id, 1 AS value, last_event AS observed FROM cases WHERE case_id IN (SELECT case_id FROM events WHERE ${column} IS NOT NULL${own})`;
  if (own === "")
    return `SELECT case_id, ${column} AS value, last_event AS observed FROM cases WHERE ${column} IS NOT NULL`;
  return `SELECT c.case_id, c.${column} AS value, s.reached AS observed FROM (SELECT case_id, min(completed) AS reached FROM steps WHERE true${own} GROUP BY case_id) s JOIN cases c ON c.case_id = s.case_id WHERE c.${column} IS NOT NULL`;
}

/** Cases (that have one of the activities, where some are named) without a value. O(events). */
export function casesWithout(
  log: EventLog,
  table: StepTable,
  observations: Pick<Observations, "case">,
  activities: ActivitySet,
): number {
  const having = new Set(observations.case);
  let missing = 0;
  for (let index = 0; index < log.cases; index++) {
    const counts = activities === null || firstOf(table, index, activities) !== null;
    if (counts && !having.has(index)) missing++;
  }
  return missing;
}

/** One SELECT of how many cases (of `cases`, and that have one of the activities of `own`) have no value. */
export function casesWithoutSql({ attribute, observed }: Measure, own: string, cases: string | null): string {
  const column = name(attribute);
  const lacks =
    observed === "case"
      ? `${column} IS NULL`
      : `case_id NOT IN (SELECT case_id FROM events WHERE ${column} IS NOT NULL${own})`;
  const among = [
    ...(cases === null ? [] : [`case_id IN (${cases})`]),
    ...(own === "" ? [] : [`case_id IN (SELECT case_id FROM steps WHERE true${own})`]),
  ];
  return `SELECT count(*) FROM cases WHERE ${[lacks, ...among].join(" AND ")}`;
}
