import type { Column, EventLog } from "../../logs/core/event-log.ts";
import type { KnownAttribute } from "./measure.ts";

/** More different values than this no column of currencies has. */
const FEW = 200;

/** The attributes of a log as `measureOf` wants them: a text's values only where they are few. */
export function knownAttributes(log: EventLog): readonly KnownAttribute[] {
  const of = (columns: ReadonlyMap<string, Column>, owner: "case" | "event"): KnownAttribute[] =>
    Array.from(columns, ([name, column]) => ({
      name,
      of: owner,
      kind: column.kind,
      values: column.kind === "text" && column.dictionary.length <= FEW ? column.dictionary : [],
    }));
  return [...of(log.caseAttributes, "case"), ...of(log.attributes, "event")];
}
