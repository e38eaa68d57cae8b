/**
 * An attribute that is added up or averaged: "average order value", "how much money is in open orders". One that cases are
 * told apart by ("lead time by order value") or that selects them ("orders above 500 euros") is no measure.
 */
import type { Statistic } from "../languages/language.ts";
import { sumVerbs } from "../languages/sum-verbs.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { moneyWords } from "../link/money-words.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { any, matching } from "../memory/phrase-pattern.ts";
import { phrases } from "../text/lexicon.ts";
import { overlap, type Span } from "../text/utterance.ts";
import { isArticle, says, wordings } from "../text/wording.ts";
import { inRanges, preceded } from "./preceded.ts";
import { asksWhich } from "./which.ts";

export interface Measured {
  readonly attribute: string;
  /** Others that the same words may mean. */
  readonly others: readonly string[];
  /** As said, or as such amounts are usually meant. */
  readonly statistic: Statistic;
  readonly links: readonly Link[];
  /** It is not named: words for money stand for it. */
  readonly assumed: boolean;
}

/** `taken`: by filters. Null where no attribute is measured. */
export function measured(reading: Reading, taken: ReadonlySet<Link>): Measured | null {
  const { index, concepts } = reading;
  if (index === null || concepts.has("conformance") || concepts.has("deviating")) return null;
  if (timed(reading) && stuckBefore(reading) === null) return null;
  return named(reading, taken) ?? money(reading, taken) ?? ofCases(reading);
}

/** "what do the orders add up to?", "the largest loan": what cases are worth, though no word says so. */
function ofCases(reading: Reading): Measured | null {
  const [first, ...others] = reading.index!.money;
  const spoken = linksOf(reading, "statistic");
  if (first === undefined) return null;
  if (addsUp(reading) && reading.concepts.has("case"))
    return {
      attribute: first,
      others,
      statistic: "sum",
      links: [...spoken, ...beside(reading)],
      assumed: true,
    };
  if (spoken.some(({ statistic }) => statistic === "count" || statistic === "share")) return null;
  const found = spoken.find(
    (link) =>
      (link.statistic === "sum" && says(reading, "how-much") && reading.concepts.has("case")) ||
      (extremes.has(link.statistic) && isSizeOfCase(reading, link)),
  );
  if (!found) return null;
  return { attribute: first, others, statistic: found.statistic, links: beside(reading), assumed: true };
}

const addsUp = ({ text, language }: Reading): boolean => {
  const verbs = sumVerbs[language.code];
  return verbs !== undefined && matching(any(verbs.split(", "))).test(text);
};

/** The word stands beside one for a case, and is about no length of time. */
const isSizeOfCase = (reading: Reading, link: Span): boolean =>
  reading.senses.some(
    ({ meaning, start, end }) =>
      meaning.kind === "concept" &&
      meaning.value === "case" &&
      tokensBetween(reading, Math.min(link.end, end), Math.max(link.start, start)).length === 0,
  ) &&
  !reading.senses.some(
    (sense) => sense.meaning.kind === "concept" && ofTime.has(sense.meaning.value) && overlap(sense, link),
  );

const ofTime: ReadonlySet<string> = new Set(["slow", "fast", "late", "duration", "wait"]);

/** What takes time is measured in time, whatever cases it is asked of. */
const timed = (reading: Reading): boolean =>
  linksOf(reading, "metric").some(({ metric }) => metric !== "throughput") ||
  reading.concepts.has("duration") ||
  reading.concepts.has("late") ||
  reading.concepts.has("sla");

/** "how much money is stuck in credit check?": the step that cases with such amounts have before them. */
export function stuckBefore(reading: Reading): LinkOf<"thing"> | null {
  const { concepts, index } = reading;
  const waits =
    concepts.has("bottleneck") ||
    concepts.has("wait") ||
    linksOf(reading, "metric").some(({ metric }) => metric === "waiting_time");
  if (index === null || concepts.has("duration") || !waits) return null;
  const steps = linksOf(reading, "thing").filter(
    (link) => link.thing.kind === "activity" && !isMoney(reading, link),
  );
  // "la espera antes de la facturación": the step's own word is no money besides.
  const ofMoney = moneyWords(reading).filter((word) => !steps.some((step) => overlap(step, word)));
  const amounts = amountsIn(reading).length > 0 || (index.money.length > 0 && ofMoney.length > 0);
  const [surest] = steps.toSorted((left, right) => right.score - left.score);
  return amounts ? (surest ?? null) : null;
}

/** "combien d'argent", "cuánta plata": money rather than the tier "silver", where it is asked how much of it. */
export function isMoney(reading: Reading, link: LinkOf<"thing">): boolean {
  const { tokens, index } = reading;
  const inLog = tokens.some(
    ({ start, end, lower }) => start >= link.start && end <= link.end && index?.words.has(lower),
  );
  if (inLog || !moneyWords(reading).some((word) => overlap(word, link))) return false;
  return wordings(reading, "how-much").some(
    ({ start, end }) => start < link.start && tokensBetween(reading, end, link.start).length <= 1,
  );
}

/** Columns of numbers that are named, and do not tell cases apart. */
function amountsIn(reading: Reading): LinkOf<"thing">[] {
  const isAmount = ({ thing }: LinkOf<"thing">): boolean =>
    thing.kind === "attribute" && reading.index!.numbers.has(thing.name);
  return linksOf(reading, "thing").filter((link) => isAmount(link) && !dividesBy(reading, link));
}

function named(reading: Reading, taken: ReadonlySet<Link>): Measured | null {
  const { numbers, money: ofMoney } = reading.index!;
  for (const link of amountsIn(reading)) {
    if (spread(reading)) continue;
    const statistic = statisticFor(reading, link);
    if (taken.has(link) && (statistic === null || !adjacent(reading, statistic, link))) continue;
    const chosen = statistic?.statistic ?? usual(reading, link, ofMoney.includes(link.thing.name));
    if (chosen === null) continue;
    const others = link.alternatives.filter(({ kind, name }) => kind === "attribute" && numbers.has(name));
    return {
      attribute: link.thing.name,
      others: others.map(({ name }) => name),
      statistic: chosen,
      links: [link, ...beside(reading)],
      assumed: false,
    };
  }
  return null;
}

/** "by order value": and not "by country order value", where the country stands between. */
function dividesBy(reading: Reading, link: Span): boolean {
  const between = linksOf(reading, "thing").some(
    (other) => other.end <= link.start && tokensBetween(reading, other.end, link.start).length === 0,
  );
  return preceded(reading, link, "group-by", between ? 0 : 1) || inRanges(reading, link);
}

/** "The distribution of the order values": cases by ranges of them. */
export const spread = (reading: Reading): boolean =>
  reading.concepts.has("distribution") &&
  !linksOf(reading, "statistic").some(({ statistic }) => statistic === "share") &&
  linksOf(reading, "thing").filter(({ thing }) => thing.kind === "attribute").length === 1;

/** Several columns of money can be meant by a word for it. */
function money(reading: Reading, taken: ReadonlySet<Link>): Measured | null {
  const [first, ...others] = reading.index!.money;
  const things = linksOf(reading, "thing");
  const inNames = things.filter(
    (link) => link.score > 0.9 && asWritten(reading, link) && !isMoney(reading, link),
  );
  const words = moneyWords(reading).filter(
    (word) => !inNames.some((name) => overlap(name, word)) && ![...taken].some((link) => overlap(link, word)),
  );
  const word = words.find((own) => !dividesBy(reading, own)) ?? totalled(reading);
  if (first === undefined || word === undefined) return null;
  const said = statisticFor(reading, word)?.statistic;
  return {
    attribute: first,
    others,
    statistic: said === undefined || (said === "max" && ranks(reading)) ? "sum" : said,
    links: [...things.filter((link) => overlap(link, word)), ...beside(reading)],
    assumed: true,
  };
}

/** "先月の融資実行額の合計": a sum of nothing that is named is one of money. */
function totalled(reading: Reading): Span | undefined {
  const statistics = linksOf(reading, "statistic");
  const counted = statistics.some(({ statistic }) => statistic === "count" || statistic === "share");
  const measured = linksOf(reading, "metric").length > 0 || reading.language.script === null;
  return counted || measured ? undefined : statistics.find(({ statistic }) => statistic === "sum");
}

/** Named in the log's own words; "facturación" is revenue rather than the step "Create invoice". */
const asWritten = ({ tokens, index }: Reading, { thing, start, end }: LinkOf<"thing">): boolean =>
  thing.kind !== "activity" ||
  tokens.some((token) => token.start >= start && token.end <= end && index!.words.has(token.lower));

/** What is said along with it: the statistic, and "paid out", "completed" of the cases it is asked of. */
const beside = (reading: Reading): Link[] => [
  ...linksOf(reading, "statistic"),
  ...linksOf(reading, "metric"),
];

type Said = Span & { readonly statistic: Statistic };

/** Words for a statistic; where none speaks for itself, those inside of names ("Summe" is an amount, too). */
function statisticsIn(reading: Reading): readonly Said[] {
  const links = linksOf(reading, "statistic");
  if (links.some(({ statistic }) => statistic !== "count")) return links;
  return reading.senses.flatMap(({ meaning, start, end }) =>
    meaning.kind === "statistic" ? [{ statistic: meaning.value, start, end }] : [],
  );
}

/**
 * The statistic that is asked of it. "Which country has the highest average …?" ranks countries by an average; a count is one
 * of cases, unless they are asked to have it.
 */
function statisticFor(reading: Reading, span: Span): Said | null {
  const all = statisticsIn(reading);
  const summaries = all.filter(({ statistic }) => statistic !== "count");
  const ranked = summaries.filter(({ statistic }) => !extremes.has(statistic));
  const [first] = ranks(reading) ? ranked : summaries;
  if (first !== undefined) return first;
  const counted = all.find(({ statistic }) => statistic === "count");
  return counted && preceded(reading, span, "having", 2) ? counted : null;
}

export const extremes: ReadonlySet<Statistic> = new Set(["min", "max"]);

/** "which tier …", "the country with the most …": the groups are put in order. */
export const ranks = (reading: Reading): boolean =>
  linksOf(reading, "thing").some(
    ({ thing, start }) => thing.kind === "attribute" && asksWhich(reading, start),
  ) &&
  (rolesAt(reading, "superlative").length > 0 || statisticsIn(reading).length > 0);

/**
 * Without a word for it: sums of money where several cases are spoken of, means of all else. Nothing where cases are counted;
 * "wie viel Bestellwert", "ile pieniędzy" counts no cases.
 */
function usual(reading: Reading, link: Span, inMoney: boolean): Statistic | null {
  const counts = linksOf(reading, "statistic").filter(({ statistic }) => statistic === "count");
  const ofIt = counts.some(
    ({ start, end }) =>
      end <= link.start && start < link.start && tokensBetween(reading, end, link.start).length <= 1,
  );
  if (counts.length > 0 && !ofIt) return null;
  return inMoney && (ofIt || ofMany(reading)) ? "sum" : "mean";
}

/** By group, over time, of cases that something tells apart; or "how much", but not of "an order". */
function ofMany(reading: Reading): boolean {
  const kinds = new Set(linksOf(reading, "thing").map(({ thing }) => thing.kind));
  const grouped = rolesAt(reading, "group-by").length > 0 || linksOf(reading, "period").length > 0;
  const selected = kinds.has("value") || kinds.has("activity") || linksOf(reading, "window").length > 0;
  const { indefinite } = reading.language;
  const each = reading.tokens.some(
    ({ lower }, at) =>
      phrases(indefinite).includes(lower) &&
      reading.senses.some(({ meaning, from }) => meaning.value === "case" && from === at + 1),
  );
  return grouped || selected || says(reading, "open-cases") || (says(reading, "how-much") && !each);
}

/** "average order value", "order value on average". */
function adjacent(reading: Reading, one: Span, other: Span): boolean {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  const between = tokensBetween(reading, first.end, second.start);
  return between.filter((token) => !isArticle(token, reading.language)).length <= 1;
}
