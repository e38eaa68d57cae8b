/** Figures that the log does not hold. */
import type { Briefing } from "../../provider.ts";
import { countedNoun } from "../frame/amount-filters.ts";
import { fieldsOf, hasSlot } from "../frame/fields.ts";
import type { Ranked } from "../frame/rank.ts";
import { moneyNames } from "../languages/log-words.ts";
import { confidenceIn, sureFrom } from "../learned/confidence.ts";
import { committedModel } from "../learned/model.ts";
import { comparatorAt } from "../link/comparing.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import type { Spoken } from "../spoken.ts";
import { stateOf } from "../state.ts";
import { overlap } from "../text/utterance.ts";
import { unheldFigure } from "../unheld-figure.ts";
import { unknownFigure, unknownSpending } from "../unknown-object.ts";
import { amountStatistics, cannot, columns, limits, line, noAttribute } from "./telling.ts";

/** "what is our NPS?": a quantity that no log has of itself. */
export function noLogHas(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  const name = briefing.log ? unheldFigure(reading, best) : null;
  if (name === null) return null;
  return noAttribute(name, briefing);
}

/** "What is the rate of …?", where nothing of what follows was understood: all of all cases would be no answer. */
export function shareOfAll(best: Ranked | undefined): boolean {
  if (!best) return false;
  const { input } = best.filling;
  const { filters = [] } = input;
  const narrowed = ["kpi", "threshold", "deadline", "groupBy", "period", "measure", "activity", "activities"];
  return (
    input["statistic"] === "share" &&
    hasSlot(best.tool, "metric") &&
    ["throughput", "cycle_time", undefined].includes(input["metric"] as string | undefined) &&
    Array.isArray(filters) &&
    filters.length === 0 &&
    narrowed.every((name) => !(name in input))
  );
}

/** "How many orders are late?" where nothing says when one is: a count of all would be no answer. */
export function lateWithoutLimit({ concepts }: Reading, best: Ranked | undefined): Spoken | null {
  if (!best || !concepts.has("late")) return null;
  const takes = fieldsOf(best.tool).map(({ name }) => name);
  const { input } = best.filling;
  if (!limits.every((name) => takes.includes(name)) || limits.some((name) => name in input)) return null;
  if (input["statistic"] !== "count" && input["statistic"] !== "share") return null;
  const headline = line("I need one thing more for that: {what}.", { what: "limit" });
  const example = "how long do cases take?";
  return {
    say: "clarify",
    confidence: 0.8,
    said: { headline, next: { label: line("Ask instead: {example}", { example }), ask: example } },
  };
}

/** "What's the average for Hamburg?": nobody said of what, and it is not plain from elsewhere. */
export function statisticOfNothing(
  reading: Reading,
  best: Ranked | undefined,
  briefing: Briefing,
): Spoken | null {
  if (!best || stateOf(briefing.state).frames.length > 0) return null;
  const fields = fieldsOf(best.tool);
  const metric = fields.find(({ slot, required }) => slot === "metric" && !required);
  const { input } = best.filling;
  const measured = fields.some(
    ({ slot, name }) =>
      ["metric", "measure", "kpi", "activity", "threshold"].includes(slot ?? "") && name in input,
  );
  const statistic = input[fields.find(({ slot }) => slot === "statistic")?.name ?? ""];
  if (!metric || measured || !amountStatistics.has(String(statistic))) return null;
  if (confidenceIn(best.likelihood, reading.language.code, committedModel()) >= sureFrom) return null;
  const headline = line("I need one thing more for that: {what}.", { what: metric.description });
  const example = "how long do cases take?";
  return {
    say: "clarify",
    confidence: 0.8,
    said: { headline, next: { label: line("For example: {example}", { example }), ask: example } },
  };
}

/** "Sum of the invoice amounts" in a log without amounts: the sum of something else would be no answer. */
export function noAmounts(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  const field = best && fieldsOf(best.tool).find(({ slot }) => slot === "measure");
  if (!field || !briefing.log || field.name in best.filling.input) return null;
  const summed = linksOf(reading, "statistic").some(({ statistic }) => amountStatistics.has(statistic));
  const ofMetric = ["metric", "kpi", "threshold"].some((name) => name in best.filling.input);
  if (!summed || ofMetric || !speaksOfAmounts(reading)) return null;
  const headline = line("The log has no such amounts to add up or average.");
  return cannot(headline, columns(briefing), "how long do cases take?");
}

/** "orders with more than 3 items": the log does not say how many, and all orders would be no answer. */
export function unknownCount(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  if (!best || !briefing.log || !hasSlot(best.tool, "filters") || hasSlot(best.tool, "rule-words"))
    return null;
  for (const link of linksOf(reading, "number")) {
    const noun = comparatorAt(reading, link) === null ? null : countedNoun(reading, link);
    if (noun === null || best.filling.used.has(link)) continue;
    return noAttribute(noun.text, briefing);
  }
  return null;
}

/** "alert me if more than 10 % of orders are rejected": watches hold times and amounts, and would hold another limit. */
export function unwatchable(reading: Reading, best: Ranked | undefined): Spoken | null {
  if (!best || best.tool.risk === "read" || !hasSlot(best.tool, "threshold") || !hasSlot(best.tool, "metric"))
    return null;
  const { input, used } = best.filling;
  const limits = reading.links.filter(
    (link) =>
      (link.kind === "share" || link.kind === "number") &&
      !used.has(link) &&
      comparatorAt(reading, link) !== null,
  );
  if (limits.length === 0 || "threshold" in input) return null;
  return cannot(line("I cannot {ability} yet.", { ability: "watch counts and shares of cases" }));
}

/** "what was the NPS in June?" */
export function noSuchFigure(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  if (!best || !briefing.log || !hasSlot(best.tool, "metric") || hasSlot(best.tool, "words")) return null;
  const name = unknownSpending(reading) ?? unknownFigure(reading, best);
  if (name === null) return null;
  return noAttribute(name, briefing);
}

/** Money, or a word that columns of money are called by. */
const speaksOfAmounts = (reading: Reading): boolean => {
  const statistics = linksOf(reading, "statistic");
  return (
    reading.concepts.has("money") ||
    reading.tokens.some(
      (token) => moneyNames.test(token.lower) && !statistics.some((other) => overlap(other, token)),
    )
  );
};
