/**
 * A rule that somebody says in a language other than English, as rules are written down: "If order_value > 500 and
 * waiting("Credit check") > 2h, then escalate". What says no condition or no action is no rule.
 */
import type { Filter } from "../../../../tools/inputs.ts";
import type { Briefing } from "../../provider.ts";
import type { Concept, Phrases } from "../languages/language.ts";
import { type RuleWords, recipients, ruleActions, ruleWords } from "../languages/rule-words.ts";
import { comparatorAt } from "../link/comparing.ts";
import type { LinkOf } from "../link/links.ts";
import { read } from "../link/read.ts";
import { linksOf, type Reading, rolesAt } from "../link/reading.ts";
import { phrases } from "../text/lexicon.ts";
import { inOwnCharacters, inside, type Span } from "../text/utterance.ts";
import { filtersIn, ofAttributes } from "./filters.ts";

/** Null where the language is English, whose rules the tools read, and where the text is no whole rule. */
export function formalRule(reading: Reading, briefing: Briefing): string | null {
  const words = ruleWords[reading.language.code];
  if (words === undefined) return null;
  return quotedRule(reading, briefing) ?? ruleIn(reading, words, briefing);
}

/** "「…を超えたら…」というルール": the quotation is the rule. */
function quotedRule(reading: Reading, briefing: Briefing): string | null {
  const words = ruleWords[reading.language.code]!;
  for (const { start, end } of reading.quotes) {
    const inner = read(reading.text.slice(start, end), reading.language, briefing);
    const rule = ruleIn({ ...inner, quotes: [] }, words, briefing);
    if (rule !== null) return rule;
  }
  return null;
}

function ruleIn(reading: Reading, words: RuleWords, briefing: Briefing): string | null {
  const action = actionIn(reading, words);
  if (action === null) return null;
  const conditions = new Set([...attributesIn(reading, briefing, action.to), ...durationsIn(reading)]);
  return conditions.size === 0 ? null : `if ${[...conditions].join(" and ")}, then ${action.name}`;
}

interface Action {
  readonly name: string;
  /** The name in the log that it goes to. */
  readonly to: LinkOf<"thing"> | null;
}

function actionIn(reading: Reading, words: RuleWords): Action | null {
  const verb = ruleActions.find(
    (action) =>
      spoken(reading, words.actions[action]) || reading.tokens.some(({ lower }) => lower === action),
  );
  if (verb === undefined) return null;
  if (verb !== "notify" && verb !== "escalate" && verb !== "assign_to") return { name: verb, to: null };
  const to = addressed(reading, words);
  const who = recipients.find((recipient) => spoken(reading, words.recipients[recipient]));
  const name = to === null ? who : to.thing.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_");
  if (name === undefined) return { name: verb === "assign_to" ? "assign" : verb, to: null };
  return { name: `${verb}${verb === "escalate" ? "_to" : ""}_${name}`, to };
}

/** "an das Team Gdansk", "グダニスクに": a value that is no condition. */
function addressed(reading: Reading, { to, toFollows }: RuleWords): LinkOf<"thing"> | null {
  const list = phrases(to);
  const found = linksOf(reading, "thing").find(({ thing, start, end }) => {
    const beside = toFollows
      ? reading.tokens.find((token) => token.start >= end)
      : reading.tokens.findLast((token) => token.end <= start);
    return thing.kind === "value" && beside !== undefined && list.includes(beside.lower);
  });
  return found ?? null;
}

/** "Leite Regeln ab", "anticipar esperas": they lead to a rule, and do nothing in one. */
const elsewhere: ReadonlySet<Concept> = new Set(["draft", "wait", "rule"]);

/** A phrase of the list begins a word of the text; names of steps, words for waiting and for drafting rules aside. */
function spoken(reading: Reading, list: Phrases): boolean {
  const { text, language, links, senses } = reading;
  const lower = inOwnCharacters(text, language).toLowerCase();
  const names: readonly Span[] = [
    ...links.filter(
      (link) => link.kind === "metric" || (link.kind === "thing" && link.thing.kind === "activity"),
    ),
    ...senses.filter(({ meaning }) => meaning.kind === "concept" && elsewhere.has(meaning.value)),
    // "para anticipar", of which "para" alone would hold something.
    ...rolesAt(reading, "include"),
  ];
  const begins = (at: number): boolean => language.script !== null || !/\p{L}/u.test(lower[at - 1] ?? "");
  return phrases(list).some((phrase) => {
    for (let at = lower.indexOf(phrase); at >= 0; at = lower.indexOf(phrase, at + 1)) {
      const span: Span = { start: at, end: at + phrase.length };
      if (begins(at) && !names.some((name) => inside(span, name))) return true;
    }
    return false;
  });
}

function attributesIn(reading: Reading, briefing: Briefing, to: Action["to"]): string[] {
  const found = filtersIn(reading, ofAttributes(briefing.log?.vocabulary ?? null));
  return found
    .filter(({ links }) => to === null || !links.includes(to))
    .flatMap(({ filter }) => (filter.kind === "attribute" ? [compared(filter)] : []));
}

function compared({ attribute, comparator, value }: Extract<Filter, { kind: "attribute" }>): string {
  const name = /^[\p{L}_][\p{L}\p{N}_.:]*$/u.test(attribute)
    ? attribute
    : `\`${attribute.replaceAll("`", "``")}\``;
  const written = (one: unknown): string =>
    typeof one === "string" ? `"${one.replaceAll('"', '""')}"` : String(one);
  if (!Array.isArray(value)) return `${name} ${comparator} ${written(value)}`;
  const list = `${name} in (${value.map(written).join(", ")})`;
  return comparator === "not-in" ? `not ${list}` : list;
}

/** "waits longer than 2 hours at A", "takes more than 3 days", "is more than a day late". */
function durationsIn(reading: Reading): string[] {
  const step = linksOf(reading, "thing").find(({ thing }) => thing.kind === "activity")?.thing.name;
  const at = step === undefined ? "" : `"${step.replaceAll('"', '""')}"`;
  const { concepts } = reading;
  const measure = concepts.has("wait")
    ? `waiting(${at})`
    : step === undefined && concepts.has("late") && !concepts.has("slow") && !concepts.has("duration")
      ? "delay"
      : `${step === undefined ? "elapsed" : "service"}(${at})`;
  return linksOf(reading, "duration").map(
    (link) => `${measure} ${sizeAt(reading, link)} ${writtenDuration(link.seconds)}`,
  );
}

/** "after 4 hours" is more than 4 hours. */
function sizeAt(reading: Reading, link: Span): string {
  const comparator = comparatorAt(reading, link);
  return comparator === null || comparator === "=" || comparator === "!=" ? ">" : comparator;
}

/** In hours, which every language's amounts know. */
export const writtenDuration = (seconds: number): string =>
  seconds % 3_600 === 0 ? `${seconds / 3_600}h` : `${seconds}s`;

export const isFormalRule = (words: string): boolean => /^if .+, then [a-z_]+$/su.test(words);
