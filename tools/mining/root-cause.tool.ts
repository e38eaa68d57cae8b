import { z } from "zod";
import { readTool, type ToolContext, type ToolResult } from "../define.ts";
import { activity, calendar, filters, log, metric, suspects } from "../inputs.ts";
import { isTeam, MOST_VALUES } from "./core/causes/case-features.ts";
import type { Feature, SeparatingFeature } from "./core/separating-features.ts";
import { NoTimesError, TooManyValuesError, UnknownSuspectError } from "./errors.ts";
import { explainSeparation } from "./explain-separation.ts";
import { caseMeasure } from "./measures.ts";
import { type Selection, select } from "./selection.ts";

const Input = z.object({
  log,
  filters,
  /** Waiting where an activity is named, else cycle time. */
  metric: metric.optional(),
  activity: activity.optional(),
  suspects: suspects.optional(),
  calendar: calendar.optional(),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly metric: string;
  /** Strongest first; empty where nothing separates slow from fast beyond chance. */
  readonly features: readonly SeparatingFeature[];
}

export default readTool<Input, Data>({
  name: "mining.root-cause",
  version: 1,
  description:
    "What slow cases have in common: attributes and steps that separate high from low cycle time, waiting or rework, with " +
    "effect size and 95 % interval, checked on held-out cases. Association, not cause.",
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
      "does the new supplier cause longer cases?",
      "root cause of the long waiting time",
      "why is there so much rework?",
      "why are some cases slow in business hours?",
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
  const measure = caseMeasure(asked, selection.log, input.activity, selection.calendar);
  const isTautology = (feature: Feature) => asked === "rework" && isRepetition(feature);
  const named = (input.suspects ?? []).map((name) => knownSuspect(selection, name));
  const found = explainSeparation(context, selection, input.filters, measure, isTautology, named);
  return { ...found, data: { metric: asked, features: found.data } };
}

/** That a step repeats says of a case's rework what rework is. */
const isRepetition = (feature: Feature): boolean =>
  feature.kind === "repeats" || (feature.kind === "follows" && feature.from === feature.to);

/** An attribute of the cases, or a team of the events: what cases can be told apart by. */
function knownSuspect({ log }: Selection, name: string): string {
  const known = [...log.caseAttributes.keys(), ...[...log.attributes.keys()].filter(isTeam)];
  if (!known.includes(name)) throw new UnknownSuspectError(name, known);
  const column = log.caseAttributes.get(name) ?? log.attributes.get(name);
  if (column?.kind === "text" && column.dictionary.length > MOST_VALUES)
    throw new TooManyValuesError(name, column.dictionary.length, MOST_VALUES);
  return name;
}
