/** "just Austria", after June was held against May: both sides are narrowed down, and stay what they were otherwise. */
import type { Tool } from "../../../../tools/define.ts";
import type { Filter } from "../../../../tools/inputs.ts";
import type { Briefing } from "../../provider.ts";
import { fieldsOf, hasSlot } from "../frame/fields.ts";
import { fill } from "../frame/slots.ts";
import { hasRole, type Reading } from "../link/reading.ts";
import { filtersOf, type Input, mergeFilters, sameFilters, subject } from "./carried.ts";

interface Side {
  readonly label: string;
  readonly filters: readonly Filter[];
}

/** The last call with both sides narrowed down; null where it compares nothing, or the text says which sides to compare. */
export function narrowedSides(reading: Reading, tool: Tool, last: Input, briefing: Briefing): Input | null {
  const names = (["selection-a", "selection-b"] as const).map(
    (slot) => fieldsOf(tool).find((field) => field.slot === slot)?.name,
  );
  const [one, other] = names.map((name) =>
    name === undefined ? undefined : (last[name] as Side | undefined),
  );
  if (one === undefined || other === undefined || hasRole(reading, "versus")) return null;
  const given = selectedBy(reading, briefing);
  if (given.length === 0 || given.some((filter) => tellsApart(one, other, filter))) return null;
  return { ...last, [names[0]!]: narrowed(one, given), [names[1]!]: narrowed(other, given) };
}

/** Values and times that select cases, whatever tool they are asked of. */
function selectedBy(reading: Reading, briefing: Briefing): readonly Filter[] {
  const tool = briefing.tools.find(
    (known) => known.risk === "read" && hasSlot(known, "filters") && hasSlot(known, "measure"),
  );
  if (!tool) return [];
  return filtersOf(fill(tool, reading, briefing).input).filter(
    ({ kind }) => kind === "attribute" || kind === "window",
  );
}

const about = ({ filters }: Side, filter: Filter): readonly Filter[] =>
  filters.filter((own) => subject(own) === subject(filter));

/** It is about what the sides differ by. */
const tellsApart = (one: Side, other: Side, filter: Filter): boolean =>
  !sameFilters(about(one, filter), about(other, filter));

function narrowed(side: Side, given: readonly Filter[]): Side {
  const replaced = given.flatMap((filter) => about(side, filter)).map((filter) => `, ${wordOf(filter)}`);
  const label = replaced.reduce((sofar, word) => sofar.replace(word, ""), side.label);
  return {
    label: [label, ...given.map(wordOf)].join(", "),
    filters: mergeFilters(side.filters, given),
  };
}

/** What a filter adds to the name of a side. */
function wordOf(filter: Filter): string {
  if (filter.kind === "window") return filter.label ?? [filter.from, filter.to].join(" – ");
  if (filter.kind !== "attribute") return filter.kind;
  const value = Array.isArray(filter.value) ? filter.value.join(", ") : String(filter.value);
  return filter.comparator === "=" || filter.comparator === "in"
    ? value
    : `${filter.attribute} ${filter.comparator} ${value}`;
}
