/** The last call with what a follow-up says changed. */
import type { Tool } from "../../../../tools/define.ts";
import type { Filter } from "../../../../tools/inputs.ts";
import type { Briefing } from "../../provider.ts";
import { conditionOf } from "../frame/change-slots.ts";
import { exclusionOf } from "../frame/exclusions.ts";
import { fieldsOf } from "../frame/fields.ts";
import type { Filling } from "../frame/filling.ts";
import { type Ranked, rank } from "../frame/rank.ts";
import { fill } from "../frame/slots.ts";
import type { TimeUnit } from "../languages/language.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { movedWindow, unitNamed } from "../moved-window.ts";
import type { PlannerState } from "../state.ts";
import { says, wordCount } from "../text/wording.ts";
import { anotherFigure } from "./another-figure.ts";
import { carry, filtersOf, type Input, mergeFilters, stepOfChange } from "./carried.ts";
import { startsSo } from "./ellipsis.ts";
import { narrowedSides } from "./narrowed-sides.ts";
import { isAllTaken, placed, plainly, ranked } from "./placed.ts";

/** The last call with what the text says changed; null when the text fits none of its fields. */
export function amend(reading: Reading, briefing: Briefing, state: PlannerState): Ranked | null {
  const last = state.frames[0]!;
  const tool = briefing.tools.find(({ name }) => name === last.tool);
  if (!tool) return null;
  const figure = anotherFigure(reading, tool, last.input);
  if (figure) return figure;
  const filling = fill(tool, reading, briefing);
  const sides = narrowedSides(reading, tool, last.input, briefing);
  if (sides) return { ...ranked(reading, tool, filling, sides), likelihood: plainly };
  const when = otherCondition(tool, last.input, filling);
  if (when) return { ...ranked(reading, tool, filling, when), likelihood: plainly };
  const step = otherStep(reading, tool, last.input, filling) ?? otherStepOfCases(reading, tool, last.input);
  if (step) return ranked(reading, tool, filling, step);
  const moved = movedWindow(reading, filtersOf(last.input), briefing.zone);
  if (moved) return ranked(reading, tool, filling, amended(tool, last.input, { filters: [moved] }));
  const bySlot = new Map(fieldsOf(tool).map(({ name, slot }) => [name, slot]));
  const worded = (name: string): boolean => ["calendar", "order", "change"].includes(bySlot.get(name) ?? "");
  const given = [
    ...Object.entries(filling.input).filter(
      ([name]) =>
        worded(name) ||
        (filling.used.size > 0 &&
          explained(filling, name) &&
          !(bySlot.get(name) === "metric" && onlyImplied(reading))),
    ),
    ...otherPeriod(tool, reading, last.input),
    ...aroundTheClock(tool, reading),
  ];
  if (given.length > 0 && placed(reading, filling)) {
    const found = ranked(reading, tool, filling, amended(tool, last.input, Object.fromEntries(given)));
    return isAllTaken(reading, filling) ? { ...found, likelihood: plainly } : found;
  }
  return elsewhere(reading, briefing, last.input);
}

/** "and under 500?", after a change to cases under 300: the change applies to those. */
function otherCondition(tool: Tool, last: Input, { input, used }: Filling): Input | null {
  const field = fieldsOf(tool).find(({ slot }) => slot === "change");
  const change = field && (last[field.name] as Readonly<Record<string, unknown>> | undefined);
  const filters = filtersOf(input);
  const when = conditionOf(filters);
  const others = Object.keys(input).some((name) => name !== "filters" && last[name] === undefined);
  if (!field || change?.["when"] === undefined || others || used.size === 0) return null;
  return filters.length > 0 && when !== null ? { ...last, [field.name]: { ...change, when } } : null;
}

/** "without the rejected ones": a word of a step's name measures nothing. */
const onlyImplied = (reading: Reading): boolean =>
  linksOf(reading, "metric").length === 0 &&
  linksOf(reading, "thing").some(({ thing }) => thing.kind !== "attribute");

/** "and at the specialist's step?", after a change of another step: the same change of that one. */
function otherStep(reading: Reading, tool: Tool, last: Input, { input }: Filling): Input | null {
  const field = fieldsOf(tool).find(({ slot }) => slot === "change");
  const change = field && (last[field.name] as Readonly<Record<string, unknown>> | undefined);
  const [step, ...more] = linksOf(reading, "thing");
  if (!field || change?.["activity"] === undefined || field.name in input || more.length > 0) return null;
  if (step?.thing.kind !== "activity" || exclusionOf(reading, step) !== null) return null;
  return { ...last, [field.name]: { ...change, activity: step.thing.name } };
}

/** "no, I meant Handle return", after the cases with another step were counted: those with this one. */
function otherStepOfCases(reading: Reading, tool: Tool, last: Input): Input | null {
  const before = filtersOf(last);
  const [filter, ...others] = before.filter(({ kind }) => kind === "activity");
  const [step, ...more] = linksOf(reading, "thing");
  const named = fieldsOf(tool).some(({ name, slot }) => slot === "activity" && name in last);
  if (filter?.kind !== "activity" || filter.mode !== "any" || others.length > 0 || named) return null;
  if (!startsSo(reading) || step?.thing.kind !== "activity" || more.length > 0) return null;
  if (exclusionOf(reading, step) !== null || linksOf(reading, "metric").length > 0) return null;
  const meant = { ...filter, activities: [step.thing.name] };
  return { ...last, filters: before.map((each) => (each === filter ? meant : each)) };
}

/** "calendar days": whatever hours were counted in, they no longer are. */
const aroundTheClock = (tool: Tool, reading: Reading): [string, undefined][] =>
  reading.concepts.has("calendar") && says(reading, "calendar-time")
    ? fieldsOf(tool).flatMap(({ name, slot }): [string, undefined][] =>
        slot === "calendar" ? [[name, undefined]] : [],
      )
    : [];

/** "months will do", after figures by week. */
function otherPeriod(tool: Tool, reading: Reading, last: Input): [string, TimeUnit][] {
  const field = fieldsOf(tool).find(({ slot, name }) => slot === "period" && name in last);
  const unit = unitNamed(reading);
  const said = linksOf(reading, "window").length > 0 || linksOf(reading, "period").length > 0;
  return field && unit !== null && !said ? [[field.name, unit]] : [];
}

/** "slowest first", after a list: the same list in that order. */
export function reorder(reading: Reading, briefing: Briefing, state: PlannerState): Ranked | null {
  const last = state.frames[0];
  const tool = briefing.tools.find(({ name }) => name === last?.tool);
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "order");
  if (!last || !field || wordCount(reading) > mostInOrder || linksOf(reading, "thing").length > 0)
    return null;
  const filling = fill(tool, reading, briefing);
  const order = filling.input[field.name];
  if (order === undefined || order === last.input[field.name]) return null;
  return ranked(reading, tool, filling, { ...last.input, [field.name]: order });
}

/** Longer texts ask for something of their own. */
const mostInOrder = 3;

/** What was added to the last question: the same tool with all that was said for it before. */
export const added = (reading: Reading, tool: Tool, input: Input, { frames }: PlannerState): Input =>
  frames[0]?.tool === tool.name && startsSo(reading) ? amended(tool, frames[0].input, input) : input;

const explained = (filling: Filling, name: string): boolean => filling.input[name] !== undefined;

/** A tool of the same kind of question that has room for what the last one had no field for. */
function elsewhere(reading: Reading, briefing: Briefing, last: Input): Ranked | null {
  const found = rank(reading, briefing).find(
    ({ filling, tool }) => filling.used.size > 0 && placed(reading, filling) && tool.risk === "read",
  );
  return found
    ? {
        ...found,
        filling: {
          ...found.filling,
          input: carry(found.tool, found.filling.input, last),
          missing: stillMissing(found, last),
        },
      }
    : null;
}

const stillMissing = (found: Ranked, last: Input): Filling["missing"] =>
  found.filling.missing.filter((field) => !(field.name in carry(found.tool, found.filling.input, last)));

/** Filters are merged, everything else is replaced. */
function amended(tool: Tool, last: Input, given: Input): Input {
  const next: Record<string, unknown> = { ...last };
  for (const field of fieldsOf(tool)) {
    if (!(field.name in given)) continue;
    next[field.name] =
      field.slot === "filters"
        ? mergeFilters(filtersOf(last), given[field.name] as Filter[])
        : field.slot === "change"
          ? ofSameStep(last[field.name], given[field.name])
          : given[field.name];
  }
  const kept = withoutGroups(tool, withoutMeasure(tool, next, given), given);
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

/** "and with two people more?", after a change of a step: of that step, where none is named. */
function ofSameStep(last: unknown, given: unknown): unknown {
  const step = stepOfChange(last);
  return typeof given !== "object" || given === null || "activity" in given || step === undefined
    ? given
    : { ...given, activity: step };
}

/** "and Poland?", after figures by country: the figure of that one, and no table of a single row. */
function withoutGroups(tool: Tool, next: Input, given: Input): Input {
  const field = fieldsOf(tool).find(
    ({ slot, name }) => slot === "attribute" && name in next && !(name in given),
  );
  const single = filtersOf(given).some(
    (filter) =>
      filter.kind === "attribute" &&
      filter.comparator === "=" &&
      filter.attribute === next[field?.name ?? ""],
  );
  if (!field || !single) return next;
  const { [field.name]: _groups, ...rest } = next;
  return rest;
}

/** "and the cycle time?", after a sum of amounts: another metric takes the attribute's place. */
function withoutMeasure(tool: Tool, next: Input, given: Input): Input {
  const nameOf = (slot: string) => fieldsOf(tool).find((field) => field.slot === slot)?.name ?? "";
  const metric = given[nameOf("metric")];
  if (metric === undefined || metric === "attribute") return next;
  const { [nameOf("measure")]: _measure, ...rest } = next;
  return rest;
}
