/**
 * The pieces of tool inputs that people's words fill. A tool builds its zod input from these, so the built-in planner
 * can fill any tool: `slot` in a field's metadata says what kind of thing goes there.
 */
import { z } from "zod";
import { CalendarChoice, parseCalendar } from "./logs/core/calendar-definition.ts";

export type Slot =
  | "log"
  | "filters"
  | "activity"
  | "activities"
  | "attribute"
  | "second-attribute"
  | "suspects"
  | "metric"
  | "measure"
  | "statistic"
  | "threshold"
  | "kpi"
  | "period"
  | "limit"
  | "share"
  | "proposal"
  | "rule-words"
  | "called"
  | "document"
  | "words"
  | "money"
  | "hours"
  | "algorithm"
  | "noise"
  | "order"
  | "order-attribute"
  | "selection-a"
  | "selection-b"
  | "change"
  | "calendar"
  | "case"
  | "connector"
  | "operation"
  | "times"
  | "bins"
  | "top"
  | "rule-kind"
  | "rule-state"
  | "suite"
  | "person"
  | "decision";

const slot = <Schema extends z.ZodType>(schema: Schema, name: Slot, description: string): Schema =>
  schema.meta({ slot: name, description }) as Schema;

export const metrics = [
  "cycle_time",
  "time_to",
  "waiting_time",
  "throughput",
  "rework",
  "error_rate",
] as const;
export const statistics = ["mean", "median", "p90", "p95", "min", "max", "sum", "count", "share"] as const;
export const comparators = ["=", "!=", ">", ">=", "<", "<="] as const;

/** Filters select whole cases; several are combined with "and". */
export const FilterSchema = z.discriminatedUnion("kind", [
  /** Cases in which (`mode`) any, all or none of the activities happen. */
  z.object({
    kind: z.literal("activity"),
    activities: z.array(z.string()).min(1),
    mode: z.enum(["any", "all", "none"]),
  }),
  /** Cases whose case attribute, or any of whose events' attribute, compares so. `in` takes a list. */
  z.object({
    kind: z.literal("attribute"),
    attribute: z.string(),
    comparator: z.enum([...comparators, "in", "not-in"]),
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]),
  }),
  /**
   * Cases by where they lie to [from, to), ISO 8601 instants: whose last event (`completed`, default) or first event
   * (`started`) lies in it, both do (`contained`), or that run at some time in it (`intersecting`).
   */
  z.object({
    kind: z.literal("window"),
    from: z.string().nullable(),
    to: z.string().nullable(),
    by: z.enum(["completed", "started", "contained", "intersecting"]).default("completed"),
    /** The words it came from, for the assumptions line: "last week (9 to 15 November)". */
    label: z.string().optional(),
  }),
  /** Cases whose throughput time compares so; seconds. */
  z.object({ kind: z.literal("duration"), comparator: z.enum(comparators), seconds: z.number() }),
  /** Cases of these variants (activity sequences). */
  z.object({ kind: z.literal("variant"), variants: z.array(z.array(z.string())).min(1) }),
  /** Cases of the most frequent variants of the log: so many, or as many as cover a share of all cases; ties included. */
  z.object({
    kind: z.literal("top-variants"),
    unit: z.enum(["variants", "share"]),
    most: z.number().positive(),
  }),
  /** Cases that start or end with one of the activities. */
  z.object({
    kind: z.literal("endpoint"),
    at: z.enum(["start", "end"]),
    activities: z.array(z.string()).min(1),
  }),
  /**
   * Cases in which an occurrence of `from` is followed by `to`, at once (`directly`) or by the next `to` that comes
   * (`eventually`); with a comparator, only where the time between the completions compares so. `never`: the others.
   */
  z.object({
    kind: z.literal("follows"),
    from: z.string(),
    to: z.string(),
    how: z.enum(["directly", "eventually"]),
    mode: z.enum(["some", "never"]).default("some"),
    comparator: z.enum(comparators).optional(),
    seconds: z.number().optional(),
  }),
  /** Cases in which a step (of the activity, or any) waited so long; seconds. */
  z.object({
    kind: z.literal("waiting"),
    activity: z.string().optional(),
    comparator: z.enum(comparators),
    seconds: z.number(),
  }),
  /**
   * Cases that have not ended: fewer than one in ten of the cases that have their last activity end with it. `next`: only
   * those whose last activity it most often follows directly.
   */
  z.object({ kind: z.literal("open"), next: z.string().optional() }),
  /** A random sample of cases, the same every time for the same seed and log. */
  z.object({
    kind: z.literal("sample"),
    unit: z.enum(["cases", "share"]),
    size: z.number().positive(),
    seed: z.int().nonnegative().default(1),
  }),
]);
export type Filter = z.infer<typeof FilterSchema>;

export const log = slot(z.string().optional(), "log", "Log by id or name; the thread's log when absent");
/** Of a tool that tells of all logs where none is meant: nobody is asked which. */
export const oneOrAllLogs = z.string().optional().meta({
  slot: "log",
  across: true,
  description: "Log by id or name; the thread's log when absent, all where there is none",
});
export const filters = slot(z.array(FilterSchema).default([]), "filters", "Which cases");
export const activity = slot(z.string(), "activity", "An activity, exactly as in the log");
export const activities = slot(z.array(z.string()), "activities", "Activities, exactly as in the log");
export const attribute = slot(
  z.string(),
  "attribute",
  "An attribute of cases or events; `activity` or `resource` too",
);
/** The other side of a table with two attributes. */
export const secondAttribute = slot(
  z.string(),
  "second-attribute",
  "A second attribute to split by, for a table of both",
);
/** What is asked about as a cause. */
export const suspects = slot(z.array(z.string()).min(1).max(5), "suspects", "Only these case attributes");
export const metric = slot(z.enum(metrics), "metric", "What to measure");
/** A metric, or a numeric attribute of the log in its place. */
export const metricOrAttribute = slot(z.enum([...metrics, "attribute"]), "metric", "What to measure");
/** What is added up or averaged in the place of a metric of times and counts. */
export const measure = slot(
  z.string(),
  "measure",
  "A numeric attribute to summarise (order value, amount, score) instead of a metric",
);
export const statistic = slot(z.enum(statistics), "statistic", "How to summarise it");
export const kpi = slot(z.string(), "kpi", "Name of a KPI: it says what is measured and what is late");
export const threshold = slot(
  z.number().nonnegative(),
  "threshold",
  "Seconds; of a measured attribute, its own unit",
);
export const period = slot(z.enum(["day", "week", "month", "quarter", "year"]), "period", "Split over time");
/** Durations count only while work is done. */
export const calendar = slot(
  CalendarChoice,
  "calendar",
  "Measure in business time: a calendar's name, `business hours`, or a calendar; clock time when absent",
);
/** A calendar as a channel hands it on, or the name of one. Throws `CalendarError` that names the place. */
export const readCalendar = (given: unknown): CalendarChoice =>
  typeof given === "string" ? given : parseCalendar(given);
export { isPersonal } from "./logs/core/personal.ts";
export { CalendarChoice };
export const limit = slot(z.int().positive(), "limit", "How many to show");
export const share = slot(z.number().min(0).max(1), "share", "A share between 0 and 1");
export const noise = slot(
  z.number().min(0).max(1),
  "noise",
  "How much rare behaviour may be left out, 0 to 1",
);
/** What a list is put in order by. */
export const orderAttribute = slot(
  z.string(),
  "order-attribute",
  "An attribute that is a number or a time; the order goes by it",
);
/** A connected system, and something it can be asked. */
export const connector = slot(z.string(), "connector", "Connector id");
export const operation = slot(z.string(), "operation", "Operation id");
export const proposal = slot(z.string(), "proposal", "A proposal's id");
export const ruleWords = slot(z.string(), "rule-words", "The person's own words of a rule");
/** All of what the person said. */
export const words = slot(z.string().min(1), "words", "The person's own words");
export const money = slot(z.number().nonnegative(), "money", "An amount of money");
export const hours = slot(z.number().positive(), "hours", "Hours of work");
/** One side of a comparison: a label and its filters. */
export const Selection = z.object({ label: z.string(), filters: z.array(FilterSchema) });
export const selectionA = slot(Selection, "selection-a", "The population or period in question");
export const selectionB = slot(Selection, "selection-b", "What it is compared with");

/** `PromisedEffect` of tools/define.ts, where an input carries one. */
export const PromisedEffectSchema = z.object({
  log: z.string(),
  metric: z.enum(metrics),
  activity: z.string().optional(),
  unit: z.string(),
  before: z.number(),
  expected: z.number(),
  low: z.number(),
  high: z.number(),
  minimumCases: z.int().positive(),
  sql: z.string(),
});
