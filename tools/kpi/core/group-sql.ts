import type { Column } from "../../logs/core/event-log.ts";
import { sqlName, sqlText } from "../../rules/core/condition-sql.ts";

/** What an observation is one of: a step has its activity and resource, an event every attribute of events. */
export type Observed = "case" | "step" | "event";

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

/** The observation itself has the value. */
export const standsOnIt = (observed: Observed, attribute: string): boolean =>
  observed !== "case" && (attribute === "activity" || attribute === "resource");

/**
 * A condition over an observation (case_id; activity and resource where it is one of a step or event; position of an
 * event) for its group: `holds` says what its attribute's column has to fulfil.
 */
export function groupSql(
  log: AttributeKinds,
  attribute: string,
  observed: Observed,
  holds: (column: string) => string,
): string {
  if (standsOnIt(observed, attribute)) return holds(attribute);
  if (log.caseAttributes.has(attribute)) {
    return `case_id IN (SELECT case_id FROM cases WHERE ${holds(sqlName(attribute))})`;
  }
  if (observed === "event") {
    return `EXISTS (SELECT 1 FROM events own WHERE own.case_id = o.case_id AND own.position = o.position AND ${holds(`own.${sqlName(attribute)}`)})`;
  }
  return `case_id IN (SELECT case_id FROM events GROUP BY case_id HAVING ${holds(`arg_max(${sqlName(attribute)}, position)`)})`;
}

/**
 * A SELECT of an attribute's values to join to observations, with how: of each case (its last one where it is an attribute
 * of events), or of each event.
 */
export function relationSql(
  log: AttributeKinds,
  attribute: string,
  observed: Observed,
  alias: string,
): string {
  const column = sqlName(attribute);
  const joined = (select: string, place = "") =>
    ` LEFT JOIN (${select}) ${alias} ON ${alias}.owner = o.case_id${place}`;
  if (log.caseAttributes.has(attribute)) return joined(`SELECT case_id AS owner, ${column} AS v FROM cases`);
  if (observed === "event")
    return joined(
      `SELECT case_id AS owner, position AS place, ${column} AS v FROM events`,
      ` AND ${alias}.place = o.position`,
    );
  return joined(`SELECT case_id AS owner, arg_max(${column}, position) AS v FROM events GROUP BY case_id`);
}
