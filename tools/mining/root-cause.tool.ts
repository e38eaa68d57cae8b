import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { activity, filters, log, metric } from "../inputs.ts";
import { Z95 } from "./core/effects.ts";
import { type Feature, type SeparatingFeature, separatingFeatures } from "./core/separating-features.ts";
import { NoTimesError, NoValuesError } from "./errors.ts";
import { type CaseMeasure, caseMeasure } from "./measures.ts";
import { quoteName } from "./quote-name.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { column, text, where } from "./sql.ts";

const Input = z.object({
  log,
  filters,
  /** Waiting where an activity is named, else cycle time. */
  metric: metric.optional(),
  activity: activity.optional(),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly metric: string;
  /** Strongest first; empty where nothing separates slow from fast beyond chance. */
  readonly features: readonly SeparatingFeature[];
}

/** How many features get facts of their own; the table has them all. */
const TOLD = 3;

export default readTool<Input, Data>({
  name: "mining.root-cause",
  version: 1,
  description:
    "What slow cases have in common: attributes and steps that separate high from low cycle time, waiting or rework, with " +
    "effect size, 95 % interval, correction for many comparisons and a check on held-out cases. Association, not cause.",
  examples: {
    en: [
      "why?",
      "why are some cases slow?",
      "why does it take so long?",
      "what causes the delay?",
      "why did lead time go up?",
      "why do we wait before approval?",
      "what do late orders have in common?",
      "which customers or regions are slower?",
      "what drives cycle time?",
      "root cause of the long waiting time",
      "does the sales channel cause slower cases?",
      "why is there so much rework?",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  if (selection.log.completed === null) throw new NoTimesError(selection.open.name);
  const asked = input.metric ?? (input.activity === undefined ? "cycle_time" : "waiting_time");
  const measure = caseMeasure(asked, selection.log, input.activity);
  const values = measure.values(selection.log);
  if (values.every(Number.isNaN)) throw new NoValuesError(measure.name, selection.open.name);
  const features = separatingFeatures(selection.log, values);
  const told = features.slice(0, TOLD).map((found) => effectFacts(selection, measure, found));
  const given = assumptions(context, selection, input.filters);
  const best = features[0];
  return {
    data: { metric: asked, features },
    facts: [...told.map(({ difference }) => difference), ...told.flatMap(({ rest }) => rest), ...given.facts],
    views: best === undefined ? [] : [table(measure, features)],
    answer: {
      headline: headline(measure, best, told[0]),
      figures: told.map(({ difference }) => difference),
      assumptions: given.lines,
      notes: best === undefined ? [] : notes(told[0]!),
      ...(best === undefined ? {} : { next: nextStep(best.feature) }),
    },
  };
}

interface EffectFacts {
  readonly difference: Fact;
  readonly low: Fact;
  readonly high: Fact;
  readonly rest: readonly Fact[];
}

function effectFacts(selection: Selection, measure: CaseMeasure, found: SeparatingFeature): EffectFacts {
  const has = featureSql(found.feature);
  const relation = measure.sql(selection.condition);
  const rows = found.cases + found.others;
  const of = (expression: string, own: string) => `(select ${expression} from ${relation}${where(own)})`;
  const [own, other] = [`case_id in ${has}`, `case_id not in ${has}`];
  const difference = `${of("avg(value)", own)} - ${of("avg(value)", other)}`;
  const error = `sqrt(${of("var_samp(value) / count(*)", own)} + ${of("var_samp(value) / count(*)", other)})`;
  const label = `Mean ${measure.name} of cases where ${plain(found.feature)}, less that of the others`;
  const fact = (value: number, name: string, sql: string, unit: string = measure.unit) =>
    selection.fact({ value, unit, label: name, sql, rows });
  const low = fact(
    found.effect.low,
    `${label}, lower end of the 95 % interval`,
    `select ${difference} - ${Z95} * ${error}`,
  );
  const high = fact(
    found.effect.high,
    `${label}, upper end of the 95 % interval`,
    `select ${difference} + ${Z95} * ${error}`,
  );
  const n = fact(
    found.cases,
    `Cases where ${plain(found.feature)}`,
    `select count(*) from ${relation}${where(own)}`,
    "cases",
  );
  return {
    difference: fact(found.effect.difference, label, `select ${difference}`),
    low,
    high,
    rest: [low, high, n],
  };
}

/** A subquery of the cases that have the feature. */
function featureSql(feature: Feature): string {
  switch (feature.kind) {
    case "value":
      return `(select case_id from cases where ${column(feature.attribute)}::varchar = ${text(feature.value)})`;
    case "above":
      return `(select case_id from cases where ${column(feature.attribute)} > ${feature.value})`;
    case "happens":
      return `(select case_id from events where activity = ${text(feature.activity)})`;
    case "repeats":
      return `(select case_id from events where activity = ${text(feature.activity)} group by case_id having count(*) > 1)`;
  }
}

function plain(feature: Feature): string {
  switch (feature.kind) {
    case "value":
      return `${feature.attribute} is ${feature.value}`;
    case "above":
      return `${feature.attribute} is above ${feature.value}`;
    case "happens":
      return `${feature.activity} happens`;
    case "repeats":
      return `${feature.activity} happens more than once`;
  }
}

function headline(
  measure: CaseMeasure,
  best: SeparatingFeature | undefined,
  facts: EffectFacts | undefined,
): Message {
  if (best === undefined || facts === undefined) {
    return {
      text: "Nothing in this log separates cases by {measure} beyond chance: neither their attributes nor their steps.",
      values: { measure: measure.name },
    };
  }
  const values = { measure: measure.name, feature: plain(best.feature), difference: facts.difference };
  return best.effect.difference > 0
    ? { text: "Cases where {feature} have a higher {measure}: {difference} more on average.", values }
    : { text: "Cases where {feature} have a lower {measure}: {difference} on average.", values };
}

const notes = ({ low, high }: EffectFacts): Message[] => [
  { text: "95 % interval from {low} to {high}.", values: { low, high } },
  { text: "Association, not cause: checked on held-out cases and corrected for the number of comparisons." },
];

function nextStep(feature: Feature) {
  if (feature.kind === "happens" || feature.kind === "repeats") {
    return {
      label: { text: "Compare cases with and without {activity}", values: { activity: feature.activity } },
      ask: `compare cases with ${quoteName(feature.activity)} to those without`,
    };
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
      number("explained", "Share of the spread", "share"),
    ],
    rows: features.slice(0, 30).map((found) => ({
      feature: plain(found.feature),
      cases: found.cases,
      mean: found.mean,
      others: found.otherMean,
      difference: found.effect.difference,
      low: found.effect.low,
      high: found.effect.high,
      explained: found.explained,
    })),
    total: features.length,
  };
}
