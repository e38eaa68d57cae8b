/** A frame in words, for the plan event. */
import type { Filter } from "../../../tools/inputs.ts";
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
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  ["activity", "attribute", "window", "duration", "variant"].includes(String(value.kind));

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
  }
}
