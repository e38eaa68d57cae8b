import type { EventLog } from "../../../logs/core/event-log.ts";

/**
 * 1 for the cases of `all` that are in `part`, a selection of its cases. Who was busy with what is only seen in the whole log, so
 * figures of resources are computed there and then kept for the cases asked about. O(cases).
 */
export function askedCases(all: EventLog, part: EventLog): Uint8Array {
  if (all === part) return new Uint8Array(all.cases).fill(1);
  const rows = new Set<number>();
  for (let c = 0; c < part.cases; c++) rows.add(part.row[part.caseStart[c]!]!);
  return Uint8Array.from({ length: all.cases }, (_, c) => (rows.has(all.row[all.caseStart[c]!]!) ? 1 : 0));
}
