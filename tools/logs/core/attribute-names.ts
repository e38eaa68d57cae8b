/** Names of attributes in the relations `events` and `cases`: unique there whatever the case of their letters. */
import type { Column, LogColumns } from "./event-log.ts";
import type { ColumnOrigin } from "./log-origin.ts";

const OF_EVENTS = [
  "case_id",
  "position",
  "activity",
  "completed",
  "started",
  "resource",
  "lifecycle",
  "instance",
  "row",
];
const OF_CASES = ["case_id", "first_event", "last_event", "duration_s", "events", "variant"];

/**
 * Renames attributes that would be called as a column that every log has ("Activity" → "Activity (attribute)"), or
 * as another attribute in other letters ("AGE" beside "Age" → "AGE (2)"). All else keeps its name.
 */
export function withUniqueNames(columns: LogColumns): LogColumns {
  const attributes = unique(columns.attributes, OF_EVENTS);
  const caseAttributes = unique(columns.caseAttributes, OF_CASES);
  const { origin } = columns;
  return {
    ...columns,
    attributes: attributes.columns,
    caseAttributes: caseAttributes.columns,
    ...(origin
      ? {
          origin: {
            ...origin,
            attributes: renamed(origin.attributes, attributes.names),
            caseAttributes: renamed(origin.caseAttributes, caseAttributes.names),
          },
        }
      : {}),
  };
}

/** The columns under names of their own, and which name in the file became which. */
function unique(columns: ReadonlyMap<string, Column>, reserved: readonly string[]) {
  const taken = new Set(reserved);
  const names = new Map<string, string>();
  const result = new Map<string, Column>();
  for (const [name, column] of columns) {
    let own = reserved.includes(name.toLowerCase()) ? `${name} (attribute)` : name || "(unnamed)";
    for (let copy = 2; taken.has(own.toLowerCase()); copy++) own = `${name} (${copy})`;
    taken.add(own.toLowerCase());
    result.set(own, column);
    names.set(name, own);
  }
  return { columns: result, names };
}

/** What is known of each column under its new name; a new name brings the old one along. */
function renamed(
  origins: ReadonlyMap<string, ColumnOrigin>,
  names: ReadonlyMap<string, string>,
): Map<string, ColumnOrigin> {
  const result = new Map<string, ColumnOrigin>();
  for (const [name, own] of names) {
    const origin = origins.get(name) ?? (own === name ? undefined : { path: [name] });
    if (origin) result.set(own, origin);
  }
  return result;
}
