/** What of the last call holds for the next: its filters, its step, its metric. */
import type { Tool } from "../../../../tools/define.ts";
import type { Filter } from "../../../../tools/inputs.ts";
import type { Briefing } from "../../provider.ts";
import { fieldsOf } from "../frame/fields.ts";
import type { PlannerState } from "../state.ts";

export type Input = Readonly<Record<string, unknown>>;

export const stepOfChange = (change: unknown): unknown =>
  (change as Readonly<Record<string, unknown>> | null | undefined)?.["activity"];

/** What a filter is about. */
export const subject = (filter: Filter): string => {
  if (filter.kind === "attribute") return `attribute ${filter.attribute}`;
  if (filter.kind === "follows") return `follows ${filter.from} ${filter.to}`;
  if (filter.kind === "endpoint") return `endpoint ${filter.at}`;
  return filter.kind === "activity" ? `activity ${filter.activities.join(" ")}` : filter.kind;
};

/** A new filter takes the place of one about the same thing. */
export function mergeFilters(before: readonly Filter[], given: readonly Filter[]): Filter[] {
  const replaced = new Set(given.map(subject));
  return [...before.filter((filter) => !replaced.has(subject(filter))), ...given.map(countedAs(before))];
}

/** "how many came in in May? and in June?": cases are told by the same end of theirs. */
const countedAs = (before: readonly Filter[]): ((filter: Filter) => Filter) => {
  const window = before.find(({ kind }) => kind === "window");
  return (filter) =>
    filter.kind === "window" && window?.kind === "window" && filter.by === "completed"
      ? { ...filter, by: window.by }
      : filter;
};

/** Whether two sets of filters say the same, in the same order. */
export const sameFilters = (one: readonly Filter[], other: readonly Filter[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The filters of a call, whichever way it holds them. */
export function filtersOf(input: Input): readonly Filter[] {
  const own = input["filters"] ?? (input["a"] as { filters?: unknown } | undefined)?.filters;
  return Array.isArray(own) ? (own as Filter[]) : [];
}

/** "what if we skip it": the activity of the last call or of its change, or the first that its result listed. */
export function completeChange(tool: Tool, input: Input, state: PlannerState): Input | null {
  const field = fieldsOf(tool).find(({ slot }) => slot === "change");
  const change = field && (input[field.name] as Record<string, unknown> | undefined);
  if (!field || !change || "activity" in change) return input;
  const last = state.frames[0]?.input;
  const activity =
    stepOfChange(last?.[field.name]) ??
    last?.["activity"] ??
    state.shown.find(({ kind }) => kind === "activity")?.name;
  return activity === undefined ? null : { ...input, [field.name]: { ...change, activity } };
}

/** Fields that a new question keeps from the last one when it leans on it. */
export const kept = new Set(["filters", "activity", "metric", "proposal", "calendar", "rule-words"]);

export function carry(tool: Tool, input: Input, last: Input): Input {
  const next: Record<string, unknown> = { ...input };
  for (const { name, slot, schema } of fieldsOf(tool)) {
    if (!slot || !kept.has(slot)) continue;
    if (slot === "filters") {
      const merged = mergeFilters(filtersOf(last), filtersOf(input));
      if (merged.length > 0) next[name] = merged;
    } else if (!(name in next) && last[name] !== undefined && schema.safeParse(last[name]).success) {
      next[name] = last[name];
    }
  }
  return next;
}

/** A call for another log: without the steps and attributes that this one does not have. */
export function knownHere(tool: Tool, input: Input, { log }: Briefing): Input {
  const activities = new Set(log?.vocabulary.activities.map(({ name }) => name));
  const attributes = new Set(log?.vocabulary.attributes.map(({ name }) => name));
  const known = (filter: Filter): boolean => {
    if (filter.kind === "attribute") return attributes.has(filter.attribute);
    if (filter.kind === "activity" || filter.kind === "endpoint")
      return filter.activities.every((name) => activities.has(name));
    if (filter.kind === "follows") return activities.has(filter.from) && activities.has(filter.to);
    if (filter.kind === "waiting") return filter.activity === undefined || activities.has(filter.activity);
    return filter.kind !== "variant";
  };
  const next: Record<string, unknown> = { ...input };
  for (const { name, slot } of fieldsOf(tool)) {
    const value = next[name];
    if (slot === "filters") next[name] = filtersOf(input).filter(known);
    if (slot === "activity" && typeof value === "string" && !activities.has(value)) delete next[name];
    if (slot === "attribute" && typeof value === "string" && value !== "activity" && !attributes.has(value))
      delete next[name];
    if (slot === "measure" && typeof value === "string" && !attributes.has(value)) {
      delete next[name];
      if (next["metric"] === "attribute") delete next["metric"];
    }
  }
  return next;
}
