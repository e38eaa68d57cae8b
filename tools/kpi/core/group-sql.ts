import type { Column } from "../../logs/core/event-log.ts";
import { sqlName, sqlText } from "../../rules/core/condition-sql.ts";
import type { Metric } from "./metrics.ts";

type Kinds = ReadonlyMap<string, Pick<Column, "kind">>;

/** What of a log the SQL of its attributes depends on. */
export interface AttributeKinds {
  readonly caseAttributes: Kinds;
  readonly attributes: Kinds;
}

/** Whether a column has a group's value; null: whether it has none. */
export function valueSql(
  log: AttributeKinds,
  attribute: string,
  column: string,
  group: string | null,
): string {
  const kind = (log.caseAttributes.get(attribute) ?? log.attributes.get(attribute))?.kind ?? "text";
  if (group === null) return `${column} IS NULL`;
  return `${column} = ${kind === "text" ? sqlText(group) : kind === "time" ? `make_timestamp(${group})` : group}`;
}

/**
 * A condition over an observation (case_id, and activity and resource where it is one of a step) for its group:
 * `holds` says what its attribute's column has to fulfil.
 */
export function groupSql(
  log: AttributeKinds,
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

/** A SELECT of (owner, v): an attribute's value of each case, its last one where it is an attribute of events. */
export function relationSql(log: AttributeKinds, attribute: string): string {
  if (log.caseAttributes.has(attribute))
    return `SELECT case_id AS owner, ${sqlName(attribute)} AS v FROM cases`;
  return `SELECT case_id AS owner, arg_max(${sqlName(attribute)}, position) AS v FROM events GROUP BY case_id`;
}

/** The condition for a group that is one value. */
export const groupFilterSql = (
  log: AttributeKinds,
  attribute: string,
  group: string | null,
  metric: Metric,
): string => groupSql(log, attribute, metric, (column) => valueSql(log, attribute, column, group));
