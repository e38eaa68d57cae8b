import { z } from "zod";
import {
  type Answer,
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { activity, filters, log } from "../inputs.ts";
import { type OffsetSpan, offsetSpans } from "../logs/core/local-time.ts";
import { timedSteps } from "./core/business-steps.ts";
import type { Steps } from "./core/steps.ts";
import { HOURS, type WaitingHours, WEEKDAYS, waitingHourSql, waitingHours } from "./core/waiting-hours.ts";
import { type WaitingPeriods, waitingPeriods } from "./core/waiting-periods.ts";
import { NoStartsError, NoTimesError, UnknownActivityError } from "./errors.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { text, where } from "./sql.ts";

const Input = z.object({ log, filters, activity: activity.optional() });
type Input = z.infer<typeof Input>;

interface Data {
  /** Hour of the week (Monday 0:00 is 0) whose waiting is longest among those with enough waits; null without any. */
  readonly worst: number | null;
  /** Mean seconds of waiting by hour of the week; null where none began. */
  readonly hours: readonly (number | null)[];
}

/** An hour is called the worst only if this many waits began in it. */
const ENOUGH_WAITS = 20;
const MOST_ACTIVITIES = 15;

export default readTool<Input, Data>({
  name: "mining.waiting-hours",
  version: 1,
  description:
    "When cases wait: mean waiting by weekday and hour at which the waiting began, and by activity over time, as heat maps.",
  examples: {
    en: [
      "at what time of day do cases wait?",
      "on which weekdays do we wait longest?",
      "heat map of waiting",
      "show waiting by weekday and hour",
      "when during the week does work pile up?",
      "is it worse on Mondays?",
      "heatmap of waiting time by hour",
      "which hours are the worst for waiting?",
      "do cases wait longer over the weekend?",
      "waiting by time of day",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const { log: own, open } = selection;
  if (own.completed === null) throw new NoTimesError(open.name);
  const code = input.activity === undefined ? null : own.activities.indexOf(input.activity);
  if (code === -1) throw new UnknownActivityError(input.activity!, own.activities);
  const { steps, times } = timedSteps(own, null);
  if (!steps.hasStarts) throw new NoStartsError(open.name);
  const waiting = code === null ? times.waiting : only(steps, times.waiting, code);
  const spans = spansOf(steps, context.zone);
  const hours = waitingHours(steps, waiting, spans);
  const periods = waitingPeriods(steps, waiting, context.zone, MOST_ACTIVITIES);
  const worst = worstHour(hours);
  const facts = hourFacts(selection, input, hours, worst, spans);
  const given = assumptions(context, selection, input.filters);
  return {
    data: { worst, hours: Array.from(hours.seconds, (sum, hour) => meanOf(sum, hours.steps[hour]!)) },
    facts: [...facts, ...given.facts],
    views: [weekView(hours), ...(periods === null ? [] : [periodView(periods, own.activities)])],
    answer: {
      headline: headline(input, facts, worst),
      figures: facts,
      assumptions: [
        ...given.lines,
        { text: "by the hour at which the waiting began, in {zone}", values: { zone: context.zone } },
      ],
      next: next(input),
    },
  };
}

const meanOf = (sum: number, count: number): number | null => (count === 0 ? null : sum / count);

/** The waiting of one activity's steps. */
const only = (steps: Steps, waiting: Float64Array, code: number): Float64Array =>
  waiting.map((waited, step) => (steps.activity[step] === code ? waited : Number.NaN));

function spansOf(steps: Steps, zone: string): readonly OffsetSpan[] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of [steps.started, steps.completed]) {
    for (const instant of time) {
      if (instant < first) first = instant;
      if (instant > last) last = instant;
    }
  }
  return offsetSpans(zone, first, last);
}

function worstHour({ seconds, steps }: WaitingHours): number | null {
  let worst: number | null = null;
  for (let hour = 0; hour < seconds.length; hour++) {
    if (steps[hour]! < ENOUGH_WAITS) continue;
    if (worst === null || seconds[hour]! / steps[hour]! > seconds[worst]! / steps[worst]!) worst = hour;
  }
  return worst;
}

const nameOf = (hour: number): string => {
  const clock = hour % HOURS;
  const weekday = WEEKDAYS[Math.floor(hour / HOURS)]!;
  return `${weekday}, ${clock}:00 to ${clock + 1}:00`;
};

/** Mean waiting of the worst hour, that of all, and how many waits began in that hour. */
function hourFacts(
  selection: Selection,
  input: Input,
  { seconds, steps }: WaitingHours,
  worst: number | null,
  spans: readonly OffsetSpan[],
): Fact[] {
  if (worst === null) return [];
  const of = input.activity === undefined ? "" : ` before ${input.activity}`;
  const own = input.activity === undefined ? null : `activity = ${text(input.activity)}`;
  const inHour = where(own, waitingHourSql(worst, spans), selection.condition);
  const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
  const [n, all] = [steps[worst]!, sum(steps)];
  const fact = (value: number, unit: string, label: string, sql: string, rows: number) =>
    selection.fact({ value, unit, label, sql, rows });
  return [
    fact(
      seconds[worst]! / n,
      "s",
      `Mean waiting${of} that began on ${nameOf(worst)}`,
      `select avg(waiting_s) from steps${inHour}`,
      n,
    ),
    fact(
      sum(seconds) / all,
      "s",
      `Mean waiting${of}, all hours`,
      `select avg(waiting_s) from steps${where(own, selection.condition)}`,
      all,
    ),
    fact(n, "waits", `Waits${of} that began on ${nameOf(worst)}`, `select count(*) from steps${inHour}`, n),
  ];
}

function headline({ activity: step }: Input, facts: readonly Fact[], worst: number | null): Message {
  if (worst === null) {
    return {
      text: "No hour of the week has {enough} waits or more, too few to compare hours.",
      values: { enough: { quantity: ENOUGH_WAITS, unit: "" } },
    };
  }
  const values = { hour: nameOf(worst), mean: facts[0]!, all: facts[1]!, n: facts[2]!, activity: step ?? "" };
  return {
    text:
      step === undefined
        ? "What begins to wait on {hour} waits longest: {mean} on average ({n}), against {all} over all hours."
        : "What begins to wait for {activity} on {hour} waits longest: {mean} on average ({n}), against {all} over all hours.",
    values,
  };
}

const next = ({ activity: step }: Input): NonNullable<Answer["next"]> =>
  step === undefined
    ? { label: { text: "See which step is waited for" }, ask: "where do we wait?" }
    : { label: { text: "See where else cases wait" }, ask: "where do we wait?" };

function weekView({ seconds, steps }: WaitingHours): View {
  const grid = <Value>(cell: (hour: number) => Value): Value[][] =>
    WEEKDAYS.map((_, day) => Array.from({ length: HOURS }, (__, hour) => cell(day * HOURS + hour)));
  return {
    kind: "heat-map",
    title: "Mean waiting by the hour it began",
    unit: "s",
    rows: WEEKDAYS,
    columns: Array.from({ length: HOURS }, (_, hour) => `${hour}:00`),
    cells: grid((hour) => meanOf(seconds[hour]!, steps[hour]!)),
    counts: grid((hour) => steps[hour]!),
    counted: "waits",
  };
}

function periodView(
  { buckets, activities, seconds, steps, period }: WaitingPeriods,
  names: readonly string[],
): View {
  return {
    kind: "heat-map",
    title: `Mean waiting by activity and ${period}`,
    unit: "s",
    rows: activities.map((code) => names[code]!),
    columns: buckets.map(({ key }) => key),
    cells: seconds.map((row, r) => Array.from(row, (sum, at) => meanOf(sum, steps[r]![at]!))),
    counts: steps.map((row) => [...row]),
    counted: "waits",
  };
}
