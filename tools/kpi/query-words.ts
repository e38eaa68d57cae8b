/** What is said of a KPI: headline, assumptions, notes. */
import type { Fact, Message } from "../define.ts";
import type { BusinessTime } from "../logs/core/business-time.ts";
import { describeCalendar } from "../logs/core/calendar-definition.ts";
import { type Asked, countsCases, nameOf, outcomeInWords, populationOf, wholeInWords } from "./asked.ts";
import type { Group, PeriodValue } from "./core/breakdown.ts";
import { moneyNames } from "./core/currency.ts";
import { isPart, isYesOrNo } from "./core/words.ts";
import type { MainFacts } from "./query-facts.ts";

export function headline(
  asked: Asked,
  facts: MainFacts,
  grouped: readonly Fact[],
  groups: readonly Group[],
): Message {
  const name = nameOf(asked);
  const is = opening(asked);
  const [worst, group] = [grouped[0], groups[0]];
  const { breaches, n, value } = facts;
  const whole = asked.input.groupBy === undefined ? wholeInWords(asked) : null;
  const about = {
    name,
    value,
    filters: whole === null ? populationOf(asked) : outcomeInWords(asked),
    measure: asked.kpi.measure?.attribute ?? "",
    ...(whole === null ? {} : { whole }),
  };
  if (worst !== undefined && group !== undefined && asked.input.groupBy !== undefined) {
    const values = { ...about, worst, attribute: asked.input.groupBy, group: group.name ?? "(none)" };
    if (isPart(asked.kpi, asked.statistic))
      return { text: "The largest {name} is {worst}, for {attribute} {group}.", values };
    return { text: `${is}; the largest is {worst} for {attribute} {group}.`, values };
  }
  return breaches === null ? { text: `${is}.`, values: about } : broken(asked, is, { ...about, breaches, n });
}

/** How many broke the limit, were late or in error. */
function broken(asked: Asked, is: string, values: NonNullable<Message["values"]>): Message {
  const opens = countsCases(asked) ? "" : `${is}; `;
  if (asked.kpi.metric === "error_rate") return { text: `${opens}{breaches} of {n} are in error.`, values };
  const { deadline } = asked.kpi;
  if (deadline !== null)
    return { text: `${opens}{breaches} of {n} were later than {deadline}.`, values: { ...values, deadline } };
  const limit = { quantity: asked.limit ?? 0, unit: asked.kpi.metric === "attribute" ? asked.unit : "s" };
  if (opens === "" && asked.kpi.activities !== null)
    return {
      text: "{activities}: {breaches} of {n} were over the limit of {limit}.",
      values: { ...values, limit, activities: asked.kpi.activities.join(", ") },
    };
  return {
    text: `${opens}{breaches} of {n} were over the limit of {limit}.`,
    values: { ...values, limit },
  };
}

/** A count is said by its noun ("608 cases finished"), everything else by its name. */
function opening(asked: Pick<Asked, "statistic" | "kpi" | "wholeFilters" | "input">): string {
  const { statistic, kpi, input } = asked;
  if (statistic === "sum" && isYesOrNo(kpi.metric))
    return kpi.metric === "rework" ? "{value} have rework" : "{value} are in error";
  if (isPart(kpi, statistic))
    return kpi.metric === "attribute"
      ? "{value} of the sum of {measure}: {filters}"
      : input.groupBy === undefined && wholeInWords(asked) !== null
        ? "{value} of the cases with {whole}: {filters}"
        : "{value} of all cases: {filters}";
  if (statistic !== "count") return "The {name} is {value}";
  if (kpi.metric === "attribute") return "{value} have {measure}";
  return kpi.metric === "throughput" ? "{value} finished" : "{value} measured";
}

/** Amounts in several currencies: each by itself. */
export function inCurrencies(attribute: string, figures: readonly Fact[]): Message {
  const [first, second, third] = figures;
  const two = { attribute, first: first!, second: second! };
  if (third === undefined)
    return {
      text: "{attribute} is in several currencies, which are not added up: {first} and {second}.",
      values: two,
    };
  const values = { ...two, third };
  return figures.length === 3
    ? {
        text: "{attribute} is in several currencies, which are not added up: {first}, {second} and {third}.",
        values,
      }
    : {
        text: "{attribute} is in several currencies, which are not added up: {first}, {second}, {third} and others.",
        values,
      };
}

export const calendarSentence = (time: BusinessTime | null): Message[] =>
  time === null
    ? []
    : [
        {
          text: "Only time in {calendar} counts ({hours}); a day is 24 of those hours.",
          values: { calendar: time.calendar.name, hours: describeCalendar(time.calendar) },
        },
      ];

/** What of an attribute was measured, where that is not plain. */
export function measuredSentence({ kpi }: Asked): Message[] {
  const { activities, measure } = kpi;
  if (measure?.observed !== "case" || activities === null) return [];
  return [
    {
      text: "Of the cases with {activities}, each at the first of these steps.",
      values: { activities: activities.join(", ") },
    },
  ];
}

export function notesOf(
  asked: Asked,
  periods: readonly PeriodValue[],
  missing: Fact | null,
): readonly Message[] {
  const partial = periods.filter(({ isPartial }) => isPartial).map(({ key }) => key);
  const { kpi } = asked;
  const notes: Message[] = [];
  if (partial.length > 0) {
    notes.push({
      text: "Not complete in this log, so not comparable: {periods}.",
      values: { periods: partial.join(", ") },
    });
  }
  if (kpi.metric === "error_rate" && kpi.activities === null) {
    const means = kpi.deadline === null ? "took longer than the limit" : `ended after ${kpi.deadline}`;
    notes.push({ text: "A case counts as in error when it {means}.", values: { means } });
  }
  const attribute = kpi.measure?.attribute ?? "";
  if (missing !== null && missing.value > 0)
    notes.push({
      text: "{missing} have no {attribute} and are left out.",
      values: { missing, attribute },
    });
  if (asked.unit === "" && moneyNames.test(attribute))
    notes.push({ text: "The log does not say in which currency {attribute} is.", values: { attribute } });
  return notes;
}
