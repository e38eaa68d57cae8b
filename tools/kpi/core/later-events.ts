/** Observations after an instant, and where they stand against a limit. */

import type { BusinessTime } from "../../logs/core/business-time.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import { deadlineColumn, type KpiDefinition, type Observations, observe } from "./metrics.ts";

/** Observations strictly after `since` (microseconds; null for all), by the clock or in business time. */
export function observeAfter(
  log: EventLog,
  kpi: KpiDefinition,
  since: number | null,
  calendar: BusinessTime | null = null,
): Observations {
  const all = observe(log, kpi, calendar);
  if (since === null) return all;
  const kept = [...all.at.keys()].filter((index) => all.at[index]! > since);
  return {
    case: Uint32Array.from(kept, (index) => all.case[index]!),
    value: Float64Array.from(kept, (index) => all.value[index]!),
    at: Float64Array.from(kept, (index) => all.at[index]!),
    event: all.event === null ? null : Uint32Array.from(kept, (index) => all.event![index]!),
  };
}

/**
 * Whether each observation breaks the limit, or the case's own deadline where there is one. An error breaks by itself.
 * @throws KpiDefinitionError where the deadline is no case attribute that holds times.
 */
export function breaches(
  log: EventLog,
  kpi: KpiDefinition,
  limit: number | null,
  observations: Observations,
): Uint8Array {
  if (kpi.metric === "error_rate") return Uint8Array.from(observations.value);
  const due = kpi.deadline === null ? null : deadlineColumn(log, kpi.deadline).values;
  return Uint8Array.from(observations.value, (value, index) => {
    const own = due?.[observations.case[index]!] ?? Number.NaN;
    if (!Number.isNaN(own)) return Number(observations.at[index]! > own);
    return Number(limit !== null && value > limit);
  });
}
