import type { Filter } from "../../inputs.ts";
import { filterText } from "../../logs/core/filter-words.ts";
import { printDuration } from "../../rules/core/condition.ts";

/** A sentence with holes for strings (structurally a `Message` of tools/define.ts). */
export interface Sentence {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A day as people write it in tables: 2024-05-31, in the zone. */
export function dayIn(zone: string, microseconds: number): string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return format.format(new Date(microseconds / 1000));
}

const printed = (quantity: number, unit: string): string =>
  unit === "s"
    ? printDuration(quantity)
    : unit === "share"
      ? `${Math.round(quantity * 1000) / 10} %`
      : `${quantity} ${unit}`.trim();

function describeFilter(filter: Filter): string {
  switch (filter.kind) {
    case "attribute":
      return `${filter.attribute} ${filter.comparator.replace("-", " ")} ${Array.isArray(filter.value) ? filter.value.join(", ") : filter.value}`;
    case "window":
      if (filter.by === "contained" || filter.by === "intersecting") return filterText(filter, printed);
      return filter.label ?? filterText(filter, printed);
    case "variant":
      return filter.variants.map((variant) => variant.join(" → ")).join(" or ");
    default:
      return filterText(filter, printed);
  }
}

/** Filters as a reader says them; "all cases" without any. */
export const describeFilters = (filters: readonly Filter[]): string =>
  filters.length === 0 ? "all cases" : filters.map(describeFilter).join(", ");

export interface Scope {
  readonly name: string;
  /** Microseconds since 1970; null without times. */
  readonly first: number | null;
  readonly last: number | null;
  readonly zone: string;
  readonly filters: readonly Filter[];
}

/** What a figure rests on: the log, its span in the zone, the filter. */
export function assumptionsOf({ name, first, last, zone, filters }: Scope): readonly Sentence[] {
  const cases = describeFilters(filters);
  if (first === null || last === null) return [{ text: "Log {log}: {cases}.", values: { log: name, cases } }];
  return [
    {
      text: "Log {log}: {cases}, {from} to {to} ({zone}).",
      values: { log: name, cases, from: dayIn(zone, first), to: dayIn(zone, last), zone },
    },
  ];
}
