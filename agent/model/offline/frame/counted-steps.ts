/** Steps that are counted, as in "more than two reminders". */
import type { Filter, Slot } from "../../../../tools/inputs.ts";
import type { Field } from "./fields.ts";

/** "How many orders were rejected?": finished cases are counted, of those the ones in which the step happens. */
function stepsCounted(
  fields: readonly Field[],
  input: Readonly<Record<string, unknown>>,
): { readonly given: Readonly<Record<string, unknown>>; readonly instead: readonly string[] } {
  const nameOf = (slot: Slot): string => fields.find((field) => field.slot === slot)?.name ?? "";
  const step = input[nameOf("activity")];
  const filters = nameOf("filters");
  const metric = input[nameOf("metric")];
  const timed = input[nameOf("threshold")] !== undefined;
  const statistic = input[nameOf("statistic")];
  if (nameOf("measure") in input) return { given: {}, instead: [] };
  const counts =
    (statistic === "count" || statistic === "share") &&
    (metric === "throughput" || (metric === undefined && !timed));
  if (!counts || filters === "") return { given: {}, instead: [] };
  if (typeof step !== "string")
    return {
      given: statistic === "count" && nameOf("metric") !== "" ? { [nameOf("metric")]: "throughput" } : {},
      instead: [],
    };
  const before = (input[filters] as readonly Filter[] | undefined) ?? [];
  const instead = [nameOf("activity"), nameOf("activities")];
  const finished = { [nameOf("metric")]: "throughput" };
  if (before.some((filter) => filter.kind === "activity" && filter.activities.includes(step)))
    return { given: finished, instead };
  return {
    given: { ...finished, [filters]: [...before, { kind: "activity", activities: [step], mode: "any" }] },
    instead,
  };
}

export function withStepsCounted(
  fields: readonly Field[],
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { given, instead } = stepsCounted(fields, input);
  const kept = Object.entries(input).filter(([name]) => !instead.includes(name));
  return { ...Object.fromEntries(kept), ...given };
}
