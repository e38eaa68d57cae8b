/** An attribute that a watch holds against a limit: in one currency, that of the log when the watch began. */
import { z } from "zod";
import type { EventLog } from "../logs/core/event-log.ts";
import { ofGroup } from "./core/breakdown.ts";
import { currencyCode } from "./core/currency.ts";
import { groupingOf } from "./core/grouping.ts";
import { knownAttributes } from "./core/known-attributes.ts";
import { type Measure, measureOf } from "./core/measure.ts";
import { type KpiDefinition, KpiDefinitionError, type Observations, observedOf } from "./core/metrics.ts";

/** `Measure`, where a watch keeps it. */
export const MeasureSchema: z.ZodType<Measure> = z.object({
  attribute: z.string(),
  observed: z.enum(["case", "event", "having"]),
  unit: z.string(),
  currency: z.string().nullable(),
});

/** @throws KpiDefinitionError where amounts are in several currencies, for then a limit is one of none of them. */
export function watchedMeasure(log: EventLog, attribute: string): Measure {
  const known = knownAttributes(log);
  const measure = measureOf(known, attribute);
  const written = known.find(({ name }) => name === measure.currency)?.values ?? [];
  const codes = [...new Set(written.map((value) => currencyCode(value) ?? value))];
  if (codes.length > 1)
    throw new KpiDefinitionError(
      `${attribute} is in several currencies (${codes.join(", ")}), so a limit would be one of none of them.`,
      "amounts in one currency",
      "Watch a log that has one currency, or ask for the figure instead.",
    );
  return { ...measure, unit: codes[0] ?? measure.unit };
}

/** The observations that a watch counts: those in its own currency, and the condition that says so in SQL. */
export function inItsCurrency(
  log: EventLog,
  kpi: KpiDefinition,
  observations: Observations,
): { readonly observations: Observations; readonly where: readonly string[] } {
  const { measure } = kpi;
  if (!measure || measure.currency === null) return { observations, where: [] };
  const grouping = groupingOf(log, observations, measure.currency, observedOf(kpi));
  const names = knownAttributes(log).find(({ name }) => name === measure.currency)?.values ?? [];
  const own = names.find((name) => currencyCode(name) === measure.unit);
  if (own === undefined) return { observations, where: [] };
  return { observations: ofGroup(grouping, observations, own), where: [grouping.conditionOf(own)] };
}
