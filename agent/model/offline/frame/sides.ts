/** What is compared with what: two windows, two values, a value and the rest, a window and the one before. */
import type { Filter } from "../../../../tools/inputs.ts";
import { againstTheRest } from "../link/comparing.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { hasRole, linksOf, type Reading, rolesAt } from "../link/reading.ts";
import { previousWindow } from "../link/windows/previous.ts";
import { inside } from "../text/utterance.ts";
import { type FoundFilter, valueFilter, windowFilter } from "./filters.ts";
import type { Filled, SlotContext } from "./slot-context.ts";

export const namesTwoSides = (context: SlotContext): boolean =>
  (comparing(context.reading) || (hasRole(context.reading, "question") && !counts(context.reading))) &&
  (twoWindows(context) ?? twoValues(context) ?? twoSteps(context)) !== null;

/** "how many from Germany and Poland?" asks for one figure of both. */
const counts = (reading: Reading): boolean =>
  linksOf(reading, "statistic").some(({ statistic }) => statistic === "count");

interface Sides {
  readonly a: Filled;
  readonly b: Filled;
}

/** What is compared with what: two windows, two values, a value and the rest, a window and the one before. */
export function selections(context: SlotContext): Sides | null {
  return (
    twoWindows(context) ??
    twoValues(context) ??
    twoSteps(context) ??
    valueAndRest(context) ??
    windowAndBefore(context)
  );
}

const side = (label: string, filters: readonly Filter[], links: readonly Link[]): Filled => ({
  value: { label, filters },
  links,
});

function twoWindows(context: SlotContext): Sides | null {
  const [first, second] = linksOf(context.reading, "window");
  if (!first || !second) return null;
  const make = (link: LinkOf<"window">): Filled =>
    side(link.window.label, [windowFilter(link).filter], [link]);
  return { a: make(first), b: make(second) };
}

function twoValues(context: SlotContext): Sides | null {
  const left = context.filters.flatMap(({ filter, links }) =>
    filter.kind === "attribute" && (filter.comparator === "!=" || filter.comparator === "not-in")
      ? links
      : [],
  );
  const values = linksOf(context.reading, "thing").flatMap((link) =>
    link.thing.kind === "value" && !left.includes(link) ? [{ link, thing: link.thing }] : [],
  );
  const [first, second] = values;
  if (!first || !second || first.thing.attribute !== second.thing.attribute) return null;
  const make = ({ link, thing }: (typeof values)[number]): Filled =>
    side(thing.name, [valueFilter(thing.attribute, [thing.name], false)], [link]);
  return { a: make(first), b: make(second) };
}

/** "those solved by the first line and those by a specialist": cases with the one step and with the other. */
function twoSteps(context: SlotContext): Sides | null {
  const steps = linksOf(context.reading, "thing").filter(({ thing }) => thing.kind === "activity");
  const [first, second] = steps;
  if (!first || !second || !comparing(context.reading)) return null;
  const names = new Set(steps.map(({ thing }) => thing.name));
  if (names.size === 1) return withAndWithout(first);
  const make = (link: LinkOf<"thing">): Filled =>
    side(link.thing.name, [{ kind: "activity", activities: [link.thing.name], mode: "any" }], [link]);
  return names.size === 2 && steps.length === 2 ? { a: make(first), b: make(second) } : null;
}

/** "orders with a reminder and orders without a reminder": the step is named on both sides. */
function withAndWithout(link: LinkOf<"thing">): Sides | null {
  const without: Filter = { kind: "activity", activities: [link.thing.name], mode: "none" };
  const kept = negate(without)!;
  const label = link.thing.name;
  return { a: side(label, [kept], [link]), b: side(`not ${label}`, [without], [link]) };
}

function valueAndRest(context: SlotContext): Sides | null {
  const found = context.filters.find(
    ({ filter }) => filter.kind === "attribute" || filter.kind === "activity" || filter.kind === "duration",
  );
  if (
    !found ||
    (!hasRole(context.reading, "rest") && !comparing(context.reading) && !againstTheRest(context.reading))
  )
    return null;
  const opposite = negate(found.filter);
  if (!opposite) return null;
  const label = nameOf(found) ?? context.reading.text.slice(found.links[0]!.start, found.links[0]!.end);
  return { a: side(label, [found.filter], found.links), b: side(`not ${label}`, [opposite], found.links) };
}

/** A value is called as in the log: "Germany" where German orders were said. */
const nameOf = ({ filter }: FoundFilter): string | null =>
  filter.kind === "attribute" && filter.comparator === "=" && typeof filter.value === "string"
    ? filter.value
    : null;

const comparing = (reading: Reading): boolean =>
  reading.concepts.has("compare") ||
  rolesAt(reading, "versus").some(
    (versus) =>
      !linksOf(reading, "comparator").some((link) => link.comparator === "!=" && inside(versus, link)),
  );

const opposites = {
  "=": "!=",
  "!=": "=",
  ">": "<=",
  "<=": ">",
  ">=": "<",
  "<": ">=",
  in: "not-in",
  "not-in": "in",
} as const;

/** The cases that a filter leaves out. */
export function negate(filter: Filter): Filter | null {
  if (filter.kind === "attribute") return { ...filter, comparator: opposites[filter.comparator] };
  if (filter.kind === "duration") return { ...filter, comparator: opposites[filter.comparator] };
  if (filter.kind === "activity" && filter.mode !== "all") {
    return { ...filter, mode: filter.mode === "any" ? "none" : "any" };
  }
  return null;
}

function windowAndBefore(context: SlotContext): Sides | null {
  const link = linksOf(context.reading, "window")[0];
  if (!link?.window.from) return null;
  const { now, zone } = context.briefing;
  const [current, before] = previousWindow(link.window, now, zone, context.reading.language.code);
  const make = (window: typeof current): Filled =>
    side(
      window.label,
      [{ kind: "window", from: window.from, to: window.to, label: window.label, by: "completed" }],
      [link],
    );
  return { a: make(current), b: make(before) };
}
