import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { type Fact, readTool } from "../define.ts";
import { activities, calendar, filters, log } from "../inputs.ts";
import { workedSql } from "../logs/core/business-sql.ts";
import { timesBetween } from "./core/occurrences.ts";
import { quantile } from "./core/quantiles.ts";
import { NoTimesError, UnknownActivityError } from "./errors.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { text, where } from "./sql.ts";

/** No case goes from the one step to the other. */
class NeverInThisOrderError extends MillwrightError {
  constructor(from: string, to: string) {
    super("never-in-this-order", 422, `No case goes from “${from}” to “${to}”.`, {
      remedy: "Ask the other way round, or look at the process map.",
    });
  }
}

const Input = z.object({ log, filters, activities: activities.length(2), calendar: calendar.optional() });

export default readTool({
  name: "mining.between",
  version: 1,
  description:
    "How long it takes from one activity to another: from the first completion of the first to the next completion of the second, over the cases that have both in this order.",
  examples: {
    en: [
      "how long does it take from one step to another?",
      "time from A to B",
      "average time from A to B",
      "median time between A and B",
      "how long between A and B?",
      "how much time passes between the two steps?",
      "from A until B, how many days?",
      "duration from A to B",
    ],
  },
  computes: true,
  input: Input,
  async execute(input, context) {
    const selection = await select(context, input);
    const [from, to] = pairOf(input.activities, selection);
    const values = timesBetween(selection.timed, from, to);
    if (values === null) throw new NoTimesError(selection.open.name);
    if (values.length === 0) throw new NeverInThisOrderError(from, to);
    const [median, mean, p95, n] = factsOf(selection, from, to, values);
    const given = assumptions(context, selection, input.filters);
    return {
      data: { from, to, cases: values.length },
      facts: [median!, mean!, p95!, n!, ...given.facts],
      views: [],
      answer: {
        headline: {
          text: "From {from} to {to} it takes {median} in the middle case, {mean} on average.",
          values: { from, to, median: median!, mean: mean! },
        },
        figures: [median!, mean!, p95!],
        assumptions: [
          {
            text: "{n} have both in this order, from first completion to next completion",
            values: { n: n! },
          },
          ...given.lines,
        ],
        next: { label: { text: "See where the time goes" }, ask: "where do we lose time?" },
      },
    };
  },
});

function pairOf(names: readonly string[], { log: { activities: known } }: Selection): [string, string] {
  for (const name of names) if (!known.includes(name)) throw new UnknownActivityError(name, known);
  return [names[0]!, names[1]!];
}

/** Median, mean, 95th percentile and the number of cases, each with its SQL. */
function factsOf(selection: Selection, from: string, to: string, values: Float64Array): Fact[] {
  const event = `select case_id, activity, position, completed from events${where(selection.condition)}`;
  const begun = `select case_id, min(position) as position, arg_min(completed, position) as completed from e where activity = ${text(from)} group by case_id`;
  const ended = `select e.case_id, arg_min(e.completed, e.position) as completed from e join b on e.case_id = b.case_id where e.activity = ${text(to)} and e.position > b.position group by e.case_id`;
  const elapsed =
    selection.calendar === null
      ? "(epoch_us(f.completed) - epoch_us(b.completed))"
      : workedSql("b.completed", "f.completed");
  const taken = `with e as (${event}), b as (${begun}), f as (${ended}), taken as (select ${elapsed} / 1e6 as seconds from f join b on f.case_id = b.case_id)`;
  const fact = (value: number, unit: string, label: string, expression: string): Fact =>
    selection.fact({
      value,
      unit,
      label,
      sql: `${taken} select ${expression} from taken`,
      rows: values.length,
    });
  return [
    fact(quantile(values, 0.5), "s", `Median time from ${from} to ${to}`, "quantile_cont(seconds, 0.5)"),
    fact(
      values.reduce((sum, value) => sum + value, 0) / values.length,
      "s",
      `Mean time from ${from} to ${to}`,
      "avg(seconds)",
    ),
    fact(
      quantile(values, 0.95),
      "s",
      `95 % take at most, from ${from} to ${to}`,
      "quantile_cont(seconds, 0.95)",
    ),
    fact(values.length, "cases", `Cases that go from ${from} to ${to}`, "count(*)"),
  ];
}
