/** "show me those", after a count: which cases are meant. */
import type { Filter } from "../../../../tools/inputs.ts";
import { type Reading, rolesAt } from "../link/reading.ts";
import { filtersOf, type Input } from "./carried.ts";

const counts: readonly unknown[] = ["count", "share"];

/** The cases that a call told of: its filters, and where it counted those over a limit, that limit. */
export function casesMeant(last: Input): readonly Filter[] {
  const { metric, statistic, threshold: seconds, activity } = last;
  const filters = filtersOf(last);
  if (typeof seconds !== "number" || !counts.includes(statistic)) return filters;
  if ((metric === "cycle_time" || metric === "throughput") && activity === undefined)
    return [...filters, { kind: "duration", comparator: ">", seconds }];
  if (metric !== "waiting_time") return filters;
  const step = typeof activity === "string" ? { activity } : {};
  return [...filters, { kind: "waiting", ...step, comparator: ">", seconds }];
}

/** It points at cases and does not ask for what causes them, which needs the others beside them. */
export const pointsAtCases = (reading: Reading): boolean =>
  rolesAt(reading, "pronoun").length > 0 && !reading.concepts.has("cause");
