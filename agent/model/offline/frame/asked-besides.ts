/** What a text asks besides the figure of the call. */
import { comparatorAt } from "../link/comparing.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { phrases } from "../text/lexicon.ts";
import { overlap } from "../text/utterance.ts";
import { wordings } from "../text/wording.ts";
import { exclusionOf } from "./exclusions.ts";
import type { Field } from "./fields.ts";
import type { Filling } from "./filling.ts";
import { freeOf, type SlotContext } from "./slot-context.ts";

/** Several statistics or metrics joined by "and" are asked for one after the other. */
export function alsoAsked(
  context: SlotContext,
  fields: readonly Field[],
  input: Readonly<Record<string, unknown>>,
): Filling["also"] {
  const field = fields.find(({ slot, name }) => slot === "statistic" && name in input);
  if (!field) return [];
  const named = freeOf(context, "statistic").map(({ statistic }) => statistic);
  const others = [...new Set(named)].filter(
    (statistic) => statistic !== input[field.name] && field.choices.includes(statistic),
  );
  const summed = named.includes("count") || named.includes("share") || named.includes("sum");
  return summed ? [] : others.map((statistic) => ({ ...input, [field.name]: statistic }));
}

/** "how long …", "what share …": the answer is one figure, not a list. */
export const asksFigure = (reading: Reading): boolean =>
  reading.concepts.has("duration") || linksOf(reading, "statistic").length > 0;

export const conditional = ({ tokens, language }: Reading): boolean =>
  tokens.some(({ lower }) => phrases(language.conditions).includes(lower));

export const compares = (reading: Reading): boolean =>
  reading.links.some(
    (link) => ["duration", "money", "number"].includes(link.kind) && comparatorAt(reading, link) !== null,
  );

/** Something is to be done; what never happened ("but were never escalated") is none of it. */
export function isOrdered(reading: Reading): boolean {
  const undone = linksOf(reading, "thing").filter(
    (link) => link.thing.kind === "activity" && exclusionOf(reading, link) === "negated",
  );
  const never = [...wordings(reading, "never"), ...wordings(reading, "not-done")];
  // "Leite mir Regeln ab": rules are to be drafted, and nothing is to be done.
  const drafts = reading.senses.filter(({ meaning }) => meaning.value === "draft");
  return reading.senses.some(
    (sense) =>
      sense.meaning.kind === "concept" &&
      sense.meaning.value === "act" &&
      !drafts.some((draft) => overlap(draft, sense)) &&
      !undone.some((step) => overlap(step, sense)) &&
      !never.some(({ to }) => to === sense.from),
  );
}
