/** The slot for a change that is supposed: its kind, step, factor and condition. */
import { z } from "zod";
import type { Filter } from "../../../../tools/inputs.ts";
import type { Link } from "../link/links.ts";
import { hasRole, type Reading } from "../link/reading.ts";
import { stateOf } from "../state.ts";
import { entryOf } from "../text/entry.ts";
import { phrases } from "../text/lexicon.ts";
import { kindMeant, kindsOf } from "./change.ts";
import { type Field, fieldsOf, objectFields } from "./fields.ts";
import type { FoundFilter } from "./filters.ts";
import { fractionsIn } from "./fractions.ts";
import { type Filled, freeOf, type SlotContext } from "./slot-context.ts";

/** The fields of the kind that is meant are filled like a tool's own; a factor comes from "half", "twice", "20 %". */
export function fillChange(
  context: SlotContext,
  { schema }: Field,
  fillField: (context: SlotContext, field: Field) => Filled | null,
): Filled | null {
  const kind = kindMeant(kindsOf(schema), context.reading);
  if (!kind) return null;
  const value: Record<string, unknown> = { [kind.field]: kind.name };
  const links: Link[] = [];
  for (const field of objectFields(kind.schema)) {
    if (field.name === kind.field) continue;
    const filled = condition(context, field) ?? fillField(context, field) ?? factor(context, field);
    if (!filled) continue;
    value[field.name] = filled.value;
    links.push(...filled.links);
  }
  const complete = schema.safeParse(value).success;
  return complete || leansOnThread(context, kind.schema, value) ? { value, links } : null;
}

/** "a gdyby był dwa razy szybszy?": where the verb alone says "it", the supposition leads. */
const supposes = ({ senses }: Reading): boolean =>
  senses.some(({ meaning, from }) => from === 0 && meaning.value === "what-if");

/** "à cette étape", "at this step". */
const pointsAtStep = ({ senses, tokens, language }: Reading): boolean =>
  senses.some(
    ({ meaning, from }) =>
      meaning.value === "activity" && phrases(language.time.current).includes(tokens[from - 1]?.lower ?? ""),
  );

/** Only the activity is missing, and the thread may know it ("what if we skip it"). */
const leansOnThread = (
  context: SlotContext,
  schema: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
): boolean =>
  (hasRole(context.reading, "pronoun") ||
    supposes(context.reading) ||
    pointsAtStep(context.reading) ||
    changedBefore(context)) &&
  objectFields(schema).every(({ name, required, slot }) => !required || name in value || slot === "activity");

/** The thread's last call supposed a change, too: "and with two people more?" is about its step. */
const changedBefore = ({ briefing, tool }: SlotContext): boolean => {
  const [last] = stateOf(briefing.state).frames;
  return last !== undefined && last.tool === tool.name;
};

/** What a time is multiplied with: "half as long" 0.5, "twice as fast" 0.5, "20 % faster" 0.8. */
function factor(context: SlotContext, field: Field): Filled | null {
  if (!(field.schema instanceof z.ZodNumber) || field.slot !== null) return null;
  if (field.schema.isInt) return counted(context);
  const share = freeOf(context, "share")[0];
  if (share) return { value: Math.round((1 - share.share) * 1e6) / 1e6, links: [share] };
  const [fraction] = fractionsIn(context.reading);
  if (fraction) return { value: Math.round((1 - fraction.share) * 1e6) / 1e6, links: [] };
  if (context.reading.concepts.has("automate")) return { value: 0, links: [] };
  const halved = context.reading.senses.some(
    ({ meaning }) => meaning.kind === "option" && meaning.value === "faster",
  );
  return halved ? { value: 0.5, links: [] } : null;
}

/** "two people", "one more". */
function counted({ reading }: SlotContext): Filled | null {
  const { values } = reading.language.numbers;
  const word = reading.tokens.find(
    ({ lower }) => Number.isInteger(entryOf(values, lower)) || /^\d{1,2}$/u.test(lower),
  );
  if (word) return { value: entryOf(values, word.lower) ?? Number(word.lower), links: [] };
  const inside = countedInside(reading);
  return inside === null ? null : { value: inside, links: [] };
}

/** "加三个人手", "二人増やす": where words are not set apart, the figure may be a part of the word for adding people. */
function countedInside({ text, senses, language }: Reading): number | null {
  if (language.script === null) return null;
  const added = senses
    .filter(({ meaning }) => meaning.kind === "option" && meaning.value === "add-resource")
    .map(({ start, end }) => text.slice(start, end).toLowerCase());
  const numerals = Object.entries(language.numbers.values)
    .filter(([, value]) => Number.isInteger(value) && value > 0 && value < 100)
    .sort(([left], [right]) => right.length - left.length);
  for (const words of added) {
    const figure = /\d{1,2}/u.exec(words);
    if (figure) return Number(figure[0]);
    const found = numerals.find(([numeral]) => words.includes(numeral));
    if (found) return found[1];
  }
  return null;
}

/** Names of more than one word stand in backquotes in a condition. */
const quotedName = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_.:]*$/u.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;

/** "under 500" as a rule's condition: the change applies to these cases only. */
function condition(context: SlotContext, field: Field): Filled | null {
  if (field.name !== "when") return null;
  const compared = context.filters.filter(
    ({ filter }) => filter.kind === "attribute" && typeof filter.value === "number",
  );
  const value = conditionOf(compared.map(({ filter }) => filter));
  return value === null ? null : { value, links: compared.flatMap(({ links }) => links) };
}

/** Comparisons of amounts as a condition; null where there is none, or another filter among them. */
export function conditionOf(filters: readonly Filter[]): string | null {
  const parts = filters.map((filter) =>
    filter.kind === "attribute" && typeof filter.value === "number"
      ? `${quotedName(filter.attribute)} ${filter.comparator} ${String(filter.value)}`
      : null,
  );
  return parts.length === 0 || parts.includes(null) ? null : parts.join(" and ");
}

/** A change that has a condition of its own takes comparisons of amounts. */
export const movesToChange = ({ tool, reading }: SlotContext, { filter }: FoundFilter): boolean => {
  const change = fieldsOf(tool).find(({ slot }) => slot === "change");
  if (!change || filter.kind !== "attribute" || typeof filter.value !== "number") return false;
  const kind = kindMeant(kindsOf(change.schema), reading);
  return kind !== null && "when" in kind.schema.shape;
};
