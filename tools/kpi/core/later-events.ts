/** Observations after an instant, and where they stand against a limit. */

import type { EventLog } from "../../logs/core/event-log.ts";
import { type KpiDefinition, type Observations, observe } from "./metrics.ts";

/** Observations strictly after `since` (microseconds; null for all). */
export function observeAfter(log: EventLog, kpi: KpiDefinition, since: number | null): Observations {
  const all = observe(log, kpi);
  if (since === null) return all;
  const kept = [...all.at.keys()].filter((index) => all.at[index]! > since);
  return {
    case: Uint32Array.from(kept, (index) => all.case[index]!),
    value: Float64Array.from(kept, (index) => all.value[index]!),
    at: Float64Array.from(kept, (index) => all.at[index]!),
    event: all.event === null ? null : Uint32Array.from(kept, (index) => all.event![index]!),
  };
}

/** Whether each observation breaks the limit, or the case's own deadline where there is one. */
export function breaches(
  log: EventLog,
  kpi: KpiDefinition,
  limit: number,
  observations: Observations,
): Uint8Array {
  const deadline = kpi.deadline === null ? undefined : log.caseAttributes.get(kpi.deadline);
  return Uint8Array.from(observations.value, (value, index) => {
    if (deadline?.kind !== "time") return Number(value > limit);
    const due = deadline.values[observations.case[index]!]!;
    return Number(Number.isNaN(due) ? value > limit : observations.at[index]! > due);
  });
}
