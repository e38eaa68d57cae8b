/** Filters as a reader says them. */
import type { Filter } from "../../inputs.ts";

/** A sentence with holes (structurally a `Message` of tools/define.ts). */
export interface FilterWords {
  readonly text: string;
  readonly values: Readonly<Record<string, string | { readonly quantity: number; readonly unit: string }>>;
}

export function filterWords(filter: Filter): FilterWords {
  switch (filter.kind) {
    case "activity":
      return {
        text: { any: "with {activities}", all: "with all of {activities}", none: "without {activities}" }[
          filter.mode
        ],
        values: { activities: filter.activities.join(", ") },
      };
    case "attribute":
      return {
        text: `{attribute} ${filter.comparator.replace("-", " ")} {value}`,
        values: { attribute: filter.attribute, value: [filter.value].flat().join(", ") },
      };
    case "window":
      return {
        text: {
          completed: "completed in {window}",
          started: "begun in {window}",
          contained: "begun and completed in {window}",
          intersecting: "running in {window}",
        }[filter.by],
        values: { window: filter.label ?? `${filter.from ?? "…"} – ${filter.to ?? "…"}` },
      };
    case "duration":
      return {
        text: `cycle time ${filter.comparator} {limit}`,
        values: { limit: { quantity: filter.seconds, unit: "s" } },
      };
    case "variant":
      return {
        text: filter.variants.length === 1 ? "one path" : "{n} paths",
        values: { n: { quantity: filter.variants.length, unit: "paths" } },
      };
    default:
      return patternWords(filter);
  }
}

type Pattern = Extract<
  Filter,
  { kind: "top-variants" | "endpoint" | "follows" | "waiting" | "open" | "sample" }
>;

function patternWords(filter: Pattern): FilterWords {
  switch (filter.kind) {
    case "top-variants":
      return filter.unit === "variants"
        ? { text: "on the {n} most frequent paths", values: { n: { quantity: filter.most, unit: "" } } }
        : {
            text: "on the most frequent paths that cover {share} of all cases",
            values: { share: { quantity: filter.most, unit: "share" } },
          };
    case "endpoint":
      return {
        text: filter.at === "start" ? "starting with {activities}" : "ending with {activities}",
        values: { activities: filter.activities.join(" or ") },
      };
    case "follows":
      return followsWords(filter);
    case "waiting":
      return {
        text: `with a wait${filter.activity === undefined ? "" : " before {activity}"} ${filter.comparator} {limit}`,
        values: {
          ...(filter.activity === undefined ? {} : { activity: filter.activity }),
          limit: { quantity: filter.seconds, unit: "s" },
        },
      };
    case "open":
      return filter.next === undefined
        ? { text: "still open", values: {} }
        : { text: "still open, before {activity}", values: { activity: filter.next } };
    case "sample":
      return {
        text: "a random sample of {size} (seed {seed})",
        values: {
          size: { quantity: filter.size, unit: filter.unit === "share" ? "share" : "cases" },
          seed: { quantity: filter.seed, unit: "" },
        },
      };
  }
}

function followsWords({
  from,
  to,
  how,
  mode,
  comparator,
  seconds,
}: Extract<Filter, { kind: "follows" }>): FilterWords {
  const never = mode === "never" ? "never " : "";
  const timed = comparator !== undefined && seconds !== undefined;
  return {
    text: `with {from} ${never}${how} followed by {to}${timed ? ` after ${comparator} {time}` : ""}`,
    values: { from, to, ...(timed ? { time: { quantity: seconds, unit: "s" } } : {}) },
  };
}

/** As one text; `print` writes what is counted or measured. */
export function filterText(filter: Filter, print: (quantity: number, unit: string) => string): string {
  const { text, values } = filterWords(filter);
  return text.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const value = values[name];
    return typeof value === "object" ? print(value.quantity, value.unit) : (value ?? "");
  });
}
