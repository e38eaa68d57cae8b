import type { EventLog } from "../../logs/core/event-log.ts";
import { sqlName, sqlText } from "../../rules/core/condition-sql.ts";
import type { Metric } from "./metrics.ts";

/** Whether a column has a group's value; null: whether it has none. */
export function valueSql(log: EventLog, attribute: string, column: string, group: string | null): string {
  const kind = (log.caseAttributes.get(attribute) ?? log.attributes.get(attribute))?.kind ?? "text";
  if (group === null) return `${column} IS NULL`;
  return `${column} = ${kind === "text" ? sqlText(group) : kind === "time" ? `make_timestamp(${group})` : group}`;
}

/**
 * A condition over an observation (case_id, and activity and resource where it is one of a step) for its group:
 * `holds` says what its attribute's column has to fulfil.
 */
export function groupSql(
  log: EventLog,
  attribute: string,
  metric: Metric,
  holds: (column: string) => string,
): string {
  if (metric === "waiting_time" && (attribute === "activity" || attribute === "resource"))
    return holds(attribute);
  if (log.caseAttributes.has(attribute)) {
    return `case_id IN (SELECT case_id FROM cases WHERE ${holds(sqlName(attribute))})`;
  }
  return `case_id IN (SELECT case_id FROM events GROUP BY case_id HAVING ${holds(`arg_max(${sqlName(attribute)}, position)`)})`;
}

/** The condition for a group that is one value. */
export const groupFilterSql = (
  log: EventLog,
  attribute: string,
  group: string | null,
  metric: Metric,
): string => groupSql(log, attribute, metric, (column) => valueSql(log, attribute, column, group));
