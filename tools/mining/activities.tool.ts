import { z } from "zod";
import { type Fact, type Message, readTool } from "../define.ts";
import { activity, filters, limit, log } from "../inputs.ts";
import { type Occurrences, occurrences } from "./core/occurrences.ts";
import { UnknownActivityError } from "./errors.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { text, where } from "./sql.ts";

const Input = z.object({
  log,
  filters,
  activity: activity.optional(),
  order: z
    .enum(["rarest", "frequency"])
    .default("frequency")
    .meta({ slot: "order", description: "Most frequent or rarest first" }),
  limit: limit.default(50),
});

export default readTool({
  name: "mining.activities",
  version: 1,
  description:
    "How often activities (steps) happen: events, cases with the activity, and cases that repeat it. For one activity or all, most frequent or rarest first.",
  examples: {
    en: [
      "how often does this step happen?",
      "which activities are most frequent?",
      "how many times was the step done?",
      "in how many cases does the activity occur?",
      "what share of cases has this step?",
      "what is the most common activity?",
      "count the activities",
      "which steps are repeated most often?",
      "list the steps with their counts",
      "how many cases repeat the step?",
      "how frequently is the activity executed?",
      "rarest activities",
    ],
  },
  computes: true,
  input: Input,
  async execute(input, context) {
    const selection = await select(context, input);
    const frequent = occurrences(selection.log);
    const all = input.order === "rarest" ? frequent.toReversed() : frequent;
    const one = all.find((found) => found.activity === input.activity);
    if (input.activity !== undefined && one === undefined) {
      throw new UnknownActivityError(
        input.activity,
        all.map((found) => found.activity),
      );
    }
    const about = one ?? all[0]!;
    const facts = factsOf(selection, about);
    const given = assumptions(context, selection, input.filters);
    return {
      data: { activities: all },
      facts: [...facts, ...given.facts],
      views: [tableOf(all, input.limit)],
      answer: {
        headline: headline(about, facts, one === undefined ? input.order : null),
        figures: facts,
        assumptions: given.lines,
        next: { label: { text: "See how they follow each other" }, ask: "show me the process" },
      },
    };
  },
});

/** Events, share of cases, cases that repeat it. */
function factsOf(selection: Selection, about: Occurrences): Fact[] {
  const name = text(about.activity);
  const mine = where(`activity = ${name}`, selection.condition);
  const among = where(selection.condition);
  return [
    selection.fact({
      value: about.events,
      unit: "times",
      label: `${about.activity} happens`,
      sql: `select count(*) from events${mine}`,
      rows: about.events,
    }),
    selection.fact({
      value: about.cases / selection.log.cases,
      unit: "share",
      label: `Share of cases with ${about.activity}`,
      sql: `select (select count(distinct case_id) from events${mine}) / (select count(*) from cases${among})`,
      rows: selection.log.cases,
    }),
    selection.fact({
      value: about.repeating,
      unit: "cases",
      label: `Cases that repeat ${about.activity}`,
      sql: `select count(*) from (select case_id from events${mine} group by case_id having count(*) > 1)`,
      rows: about.cases,
    }),
  ];
}

const headlines = {
  rarest: "{activity} is the rarest step: {times}, in {share} of the cases.",
  frequency: "{activity} is the most frequent step: {times}, in {share} of the cases.",
} as const;

/** Of the first of an order, or of the step that was asked for. */
function headline(
  { activity: name }: Occurrences,
  [times, share]: readonly Fact[],
  order: keyof typeof headlines | null,
): Message {
  const values = { activity: name, times: times!, share: share! };
  return order === null
    ? { text: "{activity} happens {times}, in {share} of the cases.", values }
    : { text: headlines[order], values };
}

function tableOf(all: readonly Occurrences[], most: number) {
  return {
    kind: "table" as const,
    title: "How often each step happens",
    columns: [
      { key: "activity", label: "Activity", kind: "text" as const },
      { key: "events", label: "Events", kind: "number" as const },
      { key: "cases", label: "Cases", kind: "number" as const },
      { key: "repeating", label: "Cases that repeat it", kind: "number" as const },
    ],
    rows: all.slice(0, most).map((found) => ({ ...found })),
    total: all.length,
  };
}
