import { z } from "zod";
import {
  type Fact,
  type FactDraft,
  type LargeLog,
  type OpenLog,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { log } from "../inputs.ts";
import type { Flattening } from "./core/flattening.ts";
import { type LogProfile, profileLog, type Vocabulary } from "./core/profile.ts";

const tool = readTool({
  name: "logs.profile",
  version: 1,
  description:
    "Says what is in an event log: cases, events, activities, time span, attributes with their values.",
  examples: {
    en: [
      "what is in this log?",
      "describe the log",
      "profile the data",
      "how many cases and events are there?",
      "which activities are there?",
      "which attributes does the log have?",
      "what period does the data cover?",
      "when does the log start?",
    ],
    de: ["was ist in diesem Log?", "wie viele Fälle und Ereignisse gibt es?", "welche Aktivitäten gibt es?"],
    fr: ["que contient ce journal ?", "combien de cas y a-t-il ?"],
    es: ["¿qué hay en este registro?", "¿cuántos casos hay?"],
  },
  computes: true,
  input: z.object({ log }),
  async execute(input, context) {
    const opened = await context.logs.open(input.log);
    const result = answer(profileLog(opened.log), opened, context);
    return { ...result, views: [...result.views, ...flatteningView(opened.log.flattening)] };
  },
  // The facts' SQL counts again what is known from the import.
  inSql: (_, context, opened) => {
    const { vocabulary, ...counts } = opened.large as LargeLog;
    return Promise.resolve(answer({ ...counts, vocabulary: vocabulary as Vocabulary }, opened, context));
  },
});

export default tool;

function answer(profile: LogProfile, opened: OpenLog, context: ToolContext): ToolResult<LogProfile> {
  const { activities } = profile.vocabulary;
  const fact = (draft: Omit<FactDraft, "log">): Fact => context.fact({ ...draft, log: opened.id });
  const cases = fact({
    value: profile.cases,
    unit: "cases",
    label: "cases in the log",
    sql: "select count(distinct case_id) from events",
    rows: profile.events,
  });
  const events = fact({
    value: profile.events,
    unit: "events",
    label: "events in the log",
    sql: "select count(*) from events",
    rows: profile.events,
  });
  const distinct = fact({
    value: activities.length,
    unit: "activities",
    label: "different activities",
    sql: "select count(distinct activity) from events",
    rows: profile.events,
  });
  const span = { first: profile.first?.slice(0, 10) ?? "", last: profile.last?.slice(0, 10) ?? "" };
  const figures = { cases, events, activities: distinct };
  return {
    data: profile,
    facts: [cases, events, distinct],
    views: viewsOf(profile),
    answer: {
      headline: profile.first
        ? {
            text: "{log} has {cases} with {events} of {activities}, from {first} to {last}.",
            values: { log: opened.name, ...figures, ...span },
          }
        : {
            text: "{log} has {cases} with {events} of {activities}, without any times.",
            values: { log: opened.name, ...figures },
          },
      figures: [cases, events, distinct],
      assumptions: [{ text: "every row is an event; times in UTC" }],
      next: { label: { text: "Is the data sound?" }, ask: "check the data quality" },
    },
  };
}

/** Of an object-centric log: what reading it by one type of objects lost. */
function flatteningView(flattening: Flattening | undefined): View[] {
  if (!flattening) return [];
  const lost = [
    ["events of several objects, counted for each (convergence)", flattening.convergence],
    ["activities repeated for different other objects (divergence)", flattening.divergence],
    ["events of no object, left out (deficiency)", flattening.deficiency],
  ] as const;
  return [
    {
      kind: "table",
      title: `Lost by reading the log by ${flattening.objectType}`,
      columns: [
        { key: "what", label: "What", kind: "text" },
        { key: "count", label: "Count", kind: "number" },
        { key: "example", label: "For example", kind: "text" },
      ],
      rows: lost.map(([what, { count, examples }]) => ({ what, count, example: examples[0] ?? null })),
    },
  ];
}

function viewsOf({ events, vocabulary }: LogProfile): View[] {
  return [
    {
      kind: "table",
      title: "Activities",
      columns: [
        { key: "activity", label: "Activity", kind: "text" },
        { key: "events", label: "Events", kind: "number", unit: "events" },
        { key: "share", label: "Share", kind: "number", unit: "share" },
      ],
      rows: vocabulary.activities.map(({ name, count }) => ({
        activity: name,
        events: count,
        share: count / events,
      })),
    },
    {
      kind: "table",
      title: "Attributes",
      columns: [
        { key: "attribute", label: "Attribute", kind: "text" },
        { key: "of", label: "Of", kind: "text" },
        { key: "kind", label: "Kind", kind: "text" },
        { key: "distinct", label: "Different values", kind: "number" },
        { key: "values", label: "For example", kind: "text" },
      ],
      rows: vocabulary.attributes.map(({ name, of, kind, distinct, values }) => ({
        attribute: name,
        of,
        kind,
        distinct,
        values: values.slice(0, 5).join(", "),
      })),
    },
  ];
}
