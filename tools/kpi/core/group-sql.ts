import type { EventLog } from "../../logs/core/event-log.ts";
import { sqlName, sqlText } from "../../rules/core/condition-sql.ts";
import type { Metric } from "./metrics.ts";

/** A condition over an observation (case_id, and activity and resource where it is one of a step) for its group. */
export function groupFilterSql(
  log: EventLog,
  attribute: string,
  group: string | null,
  metric: Metric,
): string {
  const kind = (log.caseAttributes.get(attribute) ?? log.attributes.get(attribute))?.kind ?? "text";
  const is = (expression: string): string => {
    if (group === null) return `${expression} IS NULL`;
    return `${expression} = ${kind === "text" ? sqlText(group) : kind === "time" ? `make_timestamp(${group})` : group}`;
  };
  if (metric === "waiting_time" && (attribute === "activity" || attribute === "resource"))
    return is(attribute);
  if (log.caseAttributes.has(attribute)) {
    return `case_id IN (SELECT case_id FROM cases WHERE ${is(sqlName(attribute))})`;
  }
  return `case_id IN (SELECT case_id FROM events GROUP BY case_id HAVING ${is(`arg_max(${sqlName(attribute)}, position)`)})`;
}
