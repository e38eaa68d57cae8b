import type { Fact, Message, ToolContext, ToolResult, View } from "../define.ts";
import type { Filter } from "../inputs.ts";
import { instantToLocal } from "../logs/core/zones.ts";
import { subjectOf } from "./core/causes/case-features.ts";
import {
  type Feature,
  LEVEL,
  type SeparatingFeature,
  SMALLEST_GROUP,
  separatingFeatures,
} from "./core/separating-features.ts";
import { NoTimesError, NoValuesError } from "./errors.ts";
import type { CaseMeasure } from "./measures.ts";
import { quoteName } from "./quote-name.ts";
import { assumptions, type Selection } from "./selection.ts";
import { clockSql, type EffectFacts, effectFacts, plain } from "./separation-facts.ts";

/** How many features get facts of their own; the table has them all. */
const TOLD = 3;

/**
 * What separates cases by a measure, as an answer; `features` are strongest first, empty where nothing does beyond chance.
 * `suspects` are the only attributes that are asked about, where there are any.
 */
export function explainSeparation(
  context: ToolContext,
  selection: Selection,
  filters: readonly Filter[],
  measure: CaseMeasure,
  isTautology: (feature: Feature) => boolean,
  suspects: readonly string[] = [],
): ToolResult<readonly SeparatingFeature[]> {
  if (selection.log.completed === null) throw new NoTimesError(selection.open.name);
  const values = measure.values(selection.log);
  if (values.every(Number.isNaN)) throw new NoValuesError(measure.name, selection.open.name);
  const local = instantToLocal(context.zone);
  const clock = clockSql(selection.log.completed, context.zone);
  const isAsked = (feature: Feature): boolean =>
    "attribute" in feature && suspects.includes(feature.attribute);
  const features = separatingFeatures(selection.log, values, {
    local,
    isTautology,
    ...(suspects.length === 0 ? {} : { isAsked }),
  });
  const strongest = oneOfEach(features).slice(0, TOLD);
  const told = strongest.map((found) => effectFacts(selection, clock, measure, found));
  const given = assumptions(context, selection, filters);
  const best = strongest[0];
  return {
    data: features,
    facts: [...told.map(({ difference }) => difference), ...told.flatMap(({ rest }) => rest), ...given.facts],
    views: best === undefined ? [] : [table(measure, features)],
    answer: {
      headline: best === undefined ? nothing(measure, suspects) : headline(measure, best, told[0]!),
      figures: told.map(({ difference }) => difference),
      assumptions: [...given.lines, ...search(best !== undefined)],
      notes: best === undefined ? [] : notes(best, told[0]!),
      ...nextOf(best, selection),
    },
  };
}

/**
 * One feature of each attribute, step or hour, in the order of the strongest of each: that the waiting is longer of one
 * category is told rather than that it is shorter of another, where both hold.
 */
function oneOfEach(features: readonly SeparatingFeature[]): SeparatingFeature[] {
  const bySubject = Map.groupBy(features, ({ feature }) => subjectOf(feature));
  return [...bySubject.values()].map(
    (own) => own.find(({ effect, within }) => effect.difference > 0 && within?.holds !== false) ?? own[0]!,
  );
}

/** How it was searched, so that silence means something. */
function search(found: boolean): Message[] {
  if (found) return [];
  const values = {
    level: { quantity: LEVEL, unit: "share" },
    smallest: { quantity: SMALLEST_GROUP, unit: "cases" },
  };
  return [
    {
      text: "looked for groups of at least {smallest} in each half; chance would show any of them in at most {level} of such logs",
      values,
    },
  ];
}

function nothing({ name: measure }: CaseMeasure, suspects: readonly string[]): Message {
  if (suspects.length > 0)
    return {
      text: "No value of {attributes} separates cases by {measure} beyond chance.",
      values: { measure, attributes: suspects.join(", ") },
    };
  return {
    text: "Nothing in this log separates cases by {measure} beyond chance: neither their attributes nor their steps.",
    values: { measure },
  };
}

function headline(measure: CaseMeasure, best: SeparatingFeature, facts: EffectFacts): Message {
  const values = { measure: measure.name, feature: plain(best.feature), difference: facts.difference };
  return best.effect.difference > 0
    ? { text: "Cases where {feature} have a higher {measure}: {difference} more on average.", values }
    : { text: "Cases where {feature} have a lower {measure}: {difference} on average.", values };
}

function notes({ within }: SeparatingFeature, { low, high, above, within: alike }: EffectFacts): Message[] {
  return [
    {
      text: "95 % interval from {low} to {high}; of a case with it and one without, the first is the higher in {above} of pairs.",
      values: { low, high, above },
    },
    ...(within === null ? [] : [confounding(within, alike)]),
    {
      text: "Association, not cause: checked on held-out cases and corrected for the number of comparisons.",
    },
  ];
}

/** Whether it goes with the mix of cases instead. */
function confounding(within: NonNullable<SeparatingFeature["within"]>, alike: Fact | null): Message {
  const values = { other: plain(within.by), ...(alike === null ? {} : { alike }) };
  if (alike === null) {
    return { text: "It cannot be told apart from whether {other}: the same cases have both.", values };
  }
  return within.holds
    ? { text: "Among cases alike in whether {other} it holds: {alike}.", values }
    : { text: "Among cases alike in whether {other} nothing certain is left of it: {alike}.", values };
}

/** Business hours are offered once. */
function nextOf(best: SeparatingFeature | undefined, { calendar }: Selection) {
  const begins = best?.feature.kind === "begins-on" || best?.feature.kind === "begins-in";
  return best === undefined || (begins && calendar !== null) ? {} : { next: nextStep(best.feature) };
}

function nextStep(feature: Feature) {
  if (feature.kind === "happens" || feature.kind === "repeats") {
    return {
      label: { text: "Compare cases with and without {activity}", values: { activity: feature.activity } },
      ask: `compare cases with ${quoteName(feature.activity)} to those without`,
    };
  }
  if (feature.kind === "begins-on" || feature.kind === "begins-in") {
    return { label: { text: "Count business hours only" }, ask: "in business hours only" };
  }
  return {
    label: { text: "Draft a rule from this" },
    ask: "draft rules for that",
  };
}

function table(measure: CaseMeasure, features: readonly SeparatingFeature[]): View {
  const number = (key: string, label: string, unit: string) => ({
    key,
    label,
    unit,
    kind: "number" as const,
  });
  return {
    kind: "table",
    title: `What separates cases by ${measure.name}`,
    columns: [
      { key: "feature", label: "Cases where", kind: "text" },
      { key: "cases", label: "Cases", kind: "number" },
      number("mean", "Mean", measure.unit),
      number("others", "Mean of the others", measure.unit),
      number("difference", "Difference", measure.unit),
      number("low", "95 % from", measure.unit),
      number("high", "to", measure.unit),
      number("shift", "Typical difference", measure.unit),
      { key: "delta", label: "Cliff's delta", kind: "number" },
      number("explained", "Share of the spread", "share"),
      number("within", "Among alike cases", measure.unit),
      { key: "alike", label: "Alike in whether", kind: "text" },
      { key: "holds", label: "Holds there", kind: "text" },
    ],
    rows: features.slice(0, 30).map((found) => ({
      feature: plain(found.feature),
      cases: found.cases,
      mean: found.mean,
      others: found.otherMean,
      difference: found.effect.difference,
      low: found.effect.low,
      high: found.effect.high,
      shift: found.shift.difference,
      delta: found.delta.difference,
      explained: found.explained,
      within: found.within?.effect?.difference ?? null,
      alike: found.within === null ? null : plain(found.within.by),
      holds: found.within === null ? null : found.within.holds ? "yes" : "no",
    })),
    total: features.length,
  };
}
