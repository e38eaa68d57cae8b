import { type OpenLog, readTool, type ToolContext, type ToolResult } from "../define.ts";
import { businessTimeBetween } from "../logs/core/business-time.ts";
import { chooseCalendar } from "../logs/core/calendar-definition.ts";
import { understand } from "./asked.ts";
import { assumptionsOf, describeFilters } from "./core/assumptions.ts";
import { knownAttributes } from "./core/known-attributes.ts";
import { selectCases, spanOf } from "./core/selection.ts";
import { inMemory } from "./figures-in-memory.ts";
import { attributesOf, inStore } from "./figures-in-sql.ts";
import { answerOf } from "./query-answer.ts";
import { type Data, type Input, input } from "./query-input.ts";

/** Of a log too large for memory. */
async function inSql(own: Input, context: ToolContext, open: OpenLog): Promise<ToolResult<Data>> {
  const calendar = businessTimeBetween(
    chooseCalendar(own.calendar, open.calendars ?? [], context.zone),
    open.large?.first,
    open.large?.last,
  );
  const asked = await understand(own, context, open, calendar, () => attributesOf(open));
  const filters = describeFilters(own.filters);
  return answerOf(asked, inStore(open), {
    assumptions: [{ text: "{log}, {filters}", values: { log: open.name, filters } }],
    span: "in the whole log",
  });
}

export default readTool<Input, Data>({
  name: "kpi.query",
  version: 1,
  description:
    "A KPI of the log: cycle time (lead time, throughput time), time to an activity, waiting time, finished cases, rework, error rate, or a numeric attribute (order value, amount, score) summed up or averaged; as one figure, by group or over time, and how many cases break the SLA.",
  examples: {
    en: [
      "how long does a case take?",
      "what is the median cycle time?",
      "how long does an order take from creation to delivery?",
      "how many cases were completed last week?",
      "average waiting time by team",
      "throughput per week",
      "how many orders missed the SLA this month?",
      "what share of cases has rework?",
      "cycle time by region",
      "p90 lead time last month",
      "what is the error rate?",
      "how many cases take longer than 5 days?",
      "how long until the first credit check?",
      "show the weekly trend of lead time",
      "is lead time getting longer?",
      "average order value by country",
      "sum of the amounts per month",
    ],
  },
  input,
  inSql,
  async execute(own, context): Promise<ToolResult<Data>> {
    const open = await context.logs.open(own.log);
    const calendar = chooseCalendar(own.calendar, open.calendars ?? [], context.zone);
    const selection = selectCases(open, own.filters, calendar);
    const asked = await understand(own, context, open, selection.calendar, () => knownAttributes(open.log));
    const scope = { name: selection.name, zone: context.zone, ...spanOf(selection.whole) };
    const { from = "", to = "" } = assumptionsOf({ ...scope, filters: [] })[0]?.values ?? {};
    return answerOf(asked, inMemory(open, selection), {
      assumptions: assumptionsOf({ ...scope, filters: own.filters }),
      span: `from ${from} to ${to}`,
      next: { label: { text: "See where the time goes" }, ask: "where do we wait?" },
    });
  },
});
