/** A frame in words, for the plan event. */
import { type Filter, FilterSchema } from "../../../tools/inputs.ts";
import type { Frame } from "./plan.ts";

export function understood({ tool, input }: Frame): string {
  const parts = Object.entries(input).map(([name, value]) => `${name}: ${show(value)}`);
  return parts.length > 0 ? `${tool} (${parts.join("; ")})` : tool;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.map(show).join(" and ");
  if (isFilter(value)) return showFilter(value);
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return String(value);
}

const isFilter = (value: unknown): value is Filter =>
  typeof value === "object" && value !== null && "kind" in value && FilterSchema.safeParse(value).success;

export function showFilter(filter: Filter): string {
  switch (filter.kind) {
    case "activity":
      return `${filter.mode} of ${filter.activities.join(", ")}`;
    case "attribute":
      return `${filter.attribute} ${filter.comparator} ${String(filter.value)}`;
    case "window":
      return filter.label ?? `${filter.from ?? ""} to ${filter.to ?? ""}`;
    case "duration":
      return `duration ${filter.comparator} ${filter.seconds} s`;
    case "variant":
      return `${filter.variants.length} variants`;
    case "top-variants":
      return `${filter.most} ${filter.unit} of the most frequent paths`;
    case "endpoint":
      return `${filter.at} with ${filter.activities.join(" or ")}`;
    case "follows":
      return `${filter.from} ${filter.mode} ${filter.how} followed by ${filter.to}`;
    case "waiting":
      return `wait ${filter.comparator} ${filter.seconds} s`;
    case "open":
      return filter.next === undefined ? "still open" : `still open, before ${filter.next}`;
    case "sample":
      return `sample of ${filter.size} ${filter.unit}`;
  }
}
