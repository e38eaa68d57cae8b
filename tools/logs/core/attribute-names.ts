/** Names of attributes in the relations `events` and `cases`: unique there whatever the case of their letters. */
import type { Column, LogColumns } from "./event-log.ts";

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
  return {
    ...columns,
    attributes: unique(columns.attributes, OF_EVENTS),
    caseAttributes: unique(columns.caseAttributes, OF_CASES),
  };
}

function unique(columns: ReadonlyMap<string, Column>, reserved: readonly string[]): Map<string, Column> {
  const taken = new Set(reserved);
  const renamed = new Map<string, Column>();
  for (const [name, column] of columns) {
    let own = reserved.includes(name.toLowerCase()) ? `${name} (attribute)` : name || "(unnamed)";
    for (let copy = 2; taken.has(own.toLowerCase()); copy++) own = `${name} (${copy})`;
    taken.add(own.toLowerCase());
    renamed.set(own, column);
  }
  return renamed;
}
